import type { BackgroundAi } from '@tutorgraph/kit/ai/ai-client';
import { AiUnavailableError } from '@tutorgraph/kit/ai/failure';
import type { EnglishCheck, ExplanationLanguage } from '../english/english-check.js';
import { EnglishCheckError, type EnglishChecker } from '../english/english-checker.js';
import { mergeEdits } from '../english/merge-edits.js';
import type { Homework } from '../homework/homework.entity.js';
import type { CheckDoubt, CheckedEdit, CriterionScore } from './homework-check.rules.js';
import { judge } from './judge.rules.js';
import { countWords } from './local-score.rules.js';
import { summaryOf, supportedEdits } from './model-answer.rules.js';
import { type ModelAnswer, modelQuestion } from './model-question.js';
import { speaksToChecker } from './speaks-to-checker.rules.js';

/** What is checked. */
export interface Checked {
  homework: Pick<Homework, 'title' | 'instructions' | 'rubric' | 'maxScore' | 'minWords' | 'checksEnglish'>;
  text: string;
  hasFiles: boolean;
  /** In which explanations are. */
  language: ExplanationLanguage;
}

/** What was found. */
export interface CheckFindings {
  checker: string | null;
  model: string | null;
  degraded: boolean;
  score: number | null;
  confidence: number;
  scores: readonly CriterionScore[];
  edits: readonly CheckedEdit[];
  summary: string | null;
  doubts: readonly CheckDoubt[];
}

/** How a check may go. */
interface CheckOptions {
  mayDegrade: boolean;
  signal: AbortSignal;
}

/** Checks homework: its English by the local checker always, and by a model on top where there is one. */
export class HomeworkChecker {
  constructor(
    private readonly english: EnglishChecker,
    private readonly ai: BackgroundAi,
    /** Which model is asked. */
    private readonly model: string,
  ) {}

  /**
   * @param options.mayDegrade settle for what can be found when a checker that should answer does not
   * @throws AiUnavailableError, EnglishCheckError when a checker does not answer now and may later
   */
  async check(checked: Checked, options: CheckOptions): Promise<CheckFindings> {
    const { homework, text, hasFiles } = checked;
    const local = await this.checkEnglish(checked, options);
    const words = countWords(text);
    const speaks = speaksToChecker(text);
    const answered = speaks || words === 0 ? null : await this.ask(checked, options);
    const answer = answered?.value ?? null;
    const mistakes = local?.edits.reduce((sum, { confidence }) => sum + confidence, 0) ?? null;
    const findings = { words, mistakes, minWords: homework.minWords ?? null };
    const verdict = judge({ homework, text, findings, answer, speaksToChecker: speaks, hasFiles });
    const supported = answer && homework.checksEnglish ? supportedEdits(answer, text) : [];
    const { edits } = mergeEdits(text, local?.edits ?? [], supported);
    return {
      ...verdict,
      checker: local?.checker ?? null,
      model: answered?.model ?? null,
      degraded: answered === null,
      edits: edits.map((edit, index) => ({ id: `e${index + 1}`, ...edit })),
      summary: answer && summaryOf(answer),
    };
  }

  private async checkEnglish(
    { homework, text, language }: Checked,
    { mayDegrade, signal }: CheckOptions,
  ): Promise<EnglishCheck | null> {
    if (!homework.checksEnglish || text.trim() === '') return null;
    try {
      return await this.english.check(text, { language, signal });
    } catch (error) {
      if (mayDegrade && error instanceof EnglishCheckError) return null;
      throw error;
    }
  }

  private async ask(
    { homework, text, language }: Checked,
    { mayDegrade, signal }: CheckOptions,
  ): Promise<{ value: ModelAnswer; model: string } | null> {
    try {
      return await this.ai.ask({ ...modelQuestion(homework, text, language), model: this.model }, signal);
    } catch (error) {
      if (!(error instanceof AiUnavailableError)) throw error;
      // Without a key, and with one that is refused, there is nothing to wait for.
      if (mayDegrade || error.reason === 'no key' || error.reason === 'refused') return null;
      throw error;
    }
  }
}
