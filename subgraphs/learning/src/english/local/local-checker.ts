import { readFileSync } from 'node:fs';
import type { EnglishCheck, EnglishEdit, ExplanationLanguage } from '../english-check.js';
import { explanationOf } from '../explanations.js';
import { applyEdits } from '../merge-edits.js';
import { type EnglishModel, englishModel } from '../model/english-model.js';
import { HarperLinter, harperVersion } from './harper-linter.js';
import { draftsOf } from './local-check.js';

const MODEL = new URL('../../../data/english-model.bin.br', import.meta.url);
/** Rises when the rules change what is found. */
const RULES_VERSION = 1;

/** The checker itself, in this thread: harper, the model of words and our rules. */
export class LocalChecker {
  readonly name: string;
  readonly #harper: HarperLinter;
  readonly #english: EnglishModel;

  private constructor(harper: HarperLinter, english: EnglishModel) {
    this.#harper = harper;
    this.#english = english;
    this.name = `harper.js ${harperVersion()} with Tutorgraph's rules ${RULES_VERSION}`;
  }

  /** Takes a second or two. */
  static async load(): Promise<LocalChecker> {
    const english = englishModel(readFileSync(MODEL));
    return new LocalChecker(await HarperLinter.load(), english);
  }

  async check(text: string, language: ExplanationLanguage): Promise<EnglishCheck> {
    const drafts = draftsOf(text, await this.#harper.lint(text), this.#english);
    const edits = drafts.map((draft): EnglishEdit => {
      const { start, end, replacement, alternatives, kind, confidence, source } = draft;
      const original = text.slice(start, end);
      const explanation = explanationOf({ ...draft, original }, language);
      return {
        start,
        end,
        original,
        replacement,
        suggestions: [replacement, ...alternatives],
        kind,
        explanation,
        confidence,
        source,
      };
    });
    return { edits, corrected: applyEdits(text, edits), checker: this.name };
  }
}
