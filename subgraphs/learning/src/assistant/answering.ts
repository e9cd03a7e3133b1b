import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { AiClient } from '@tutorgraph/kit/ai/ai-client';
import type { StreamLimits } from '@tutorgraph/kit/ai/answer-stream';
import { AiUnavailableError } from '@tutorgraph/kit/ai/failure';
import type { LocalEmbedder } from '@tutorgraph/kit/ai/local-embedder';
import type { Messages } from '@tutorgraph/kit/messages/messages';
import type { Logger } from '@tutorgraph/kit/telemetry/logger';
import type { Metrics } from '@tutorgraph/kit/telemetry/metrics';
import { KnowledgeEntry } from '../knowledge/knowledge.entity.js';
import { localKnowledge } from '../knowledge/knowledge-embedder.js';
import type { Passage } from '../knowledge/retrieval.js';
import { AnswerGuard, AnswerRejected, type Verdict } from './answer-guard.js';
import { type AnswerEnd, AnswerWriter, type WrittenAnswer } from './answer-writer.js';
import { type Citation, MOST_ANSWER } from './assistant.rules.js';
import { type Extract, extractOf } from './local-answer.js';
import { type EarlierTurn, promptOf } from './prompt.rules.js';
import { QuestionSearch, type Searched } from './question-search.js';

/** What is asked, and which answer it gets. */
export interface AskedQuestion extends Omit<Searched, 'signal' | 'before'> {
  answer: WrittenAnswer;
  /** The conversation so far, the latest last. */
  earlier: readonly EarlierTurn[];
}

/** How answers are made. */
export interface AnsweringOptions {
  em: EntityManager;
  ai: AiClient;
  messages: Messages;
  /** @see assistantSettings */
  model: string;
  limits: StreamLimits;
  metrics: Metrics;
}

interface Work {
  asked: AskedQuestion;
  passages: readonly Passage[];
  logger: Logger;
  signal: AbortSignal;
}

/** An answer of the sources' own sentences, all but complete. */
interface LocalAnswer {
  writer: AnswerWriter;
  end: AnswerEnd;
}

/** Whoever waits longer for the model is shown the sources' own sentences meanwhile. */
const MEANWHILE_MS = 700;
/** A second source is quoted when it fits nearly as well as the first. */
const NEARLY = 0.85;
/** Most characters that are quoted of each. */
const OF_FIRST = 900;
const OF_SECOND = 400;

/** Makes answers: by the model while it keeps to the sources, and from the sources' own sentences otherwise. */
export class Answering {
  private readonly search: QuestionSearch;
  private readonly unused;

  constructor(private readonly options: AnsweringOptions) {
    this.search = new QuestionSearch(options.em, options.ai);
    this.unused = options.metrics.counter({
      name: 'assistant_unused_answers_total',
      help: 'Answers of the language model that nobody was shown to the end, by why',
      labelNames: ['reason'],
    });
  }

  /**
   * Writes an answer to its end.
   *
   * @param isRetry somebody has waited for a writer that did not come to the end: no model is waited for any more
   * @throws AnswerTakenOver when it is complete, or another process writes it
   */
  async write(asked: AskedQuestion, isRetry: boolean, logger: Logger, signal: AbortSignal): Promise<void> {
    const before = asked.earlier.at(-1)?.question;
    const passages = await this.search.find({ ...asked, before, signal });
    const isForModel = !isRetry && passages.length > 0 && this.options.ai.hasProvider;
    const offer = isForModel ? await this.writeByModel({ asked, passages, logger, signal }) : undefined;
    if (offer === 'written') return;
    const { writer, end } = offer ?? (await this.begin(asked, passages));
    await writer.finish(end);
  }

  /** @returns what was offered meanwhile and is to be the answer, or undefined when one has to be begun anew */
  private async writeByModel({ asked, passages, logger, signal }: Work): Promise<'written' | LocalAnswer | undefined> {
    const { ai, em, model, limits } = this.options;
    const secret = randomBytes(9).toString('base64url');
    const sources = passages.map(({ title, text }, index) => ({ number: index + 1, title, text }));
    const prompt = promptOf(asked.question, asked.language, sources, asked.earlier, secret);
    let offer: LocalAnswer | undefined;
    const unread = new AbortController();
    try {
      const opening = ai.stream(prompt, { model, limits, signal: AbortSignal.any([signal, unread.signal]) });
      if (!(await isSoon(opening))) offer = await this.begin(asked, passages);
      const { pieces } = await opening;
      offer = undefined;
      const guard = new AnswerGuard({
        sources,
        instructions: prompt.instructions,
        secret,
        mostCharacters: MOST_ANSWER,
      });
      const writer = await AnswerWriter.begin(em, asked.answer);
      for await (const piece of pieces) await writer.append(guard.push(piece));
      await this.finish(writer, guard.finish(), asked, passages);
      return 'written';
    } catch (error) {
      if (!(error instanceof AnswerRejected || error instanceof AiUnavailableError)) throw error;
      this.unused.inc({ reason: error.reason });
      logger.warn({ answerId: asked.answer.id, reason: error.reason }, 'The model’s answer was not used');
      return offer;
    } finally {
      unread.abort();
    }
  }

  private async finish(
    writer: AnswerWriter,
    verdict: Verdict,
    asked: AskedQuestion,
    passages: readonly Passage[],
  ): Promise<void> {
    const { model } = this.options;
    if (verdict.kind === 'answer') {
      await writer.append(verdict.rest);
      const citations = citationsOf(passages).filter(({ number }) => verdict.cited.includes(number));
      return writer.finish({ outcome: 'ANSWERED', citations, degraded: false, model });
    }
    const outcome = verdict.kind === 'off topic' ? 'DECLINED' : 'NOTHING_FOUND';
    await writer.append(this.say(asked, outcome));
    return writer.finish({ outcome, citations: [], degraded: false, model });
  }

  /** Writes what the sources themselves say, but for the end. */
  private async begin(asked: AskedQuestion, passages: readonly Passage[]): Promise<LocalAnswer> {
    const { embedder } = await localKnowledge();
    const writer = await AnswerWriter.begin(this.options.em, asked.answer);
    const end: AnswerEnd = { outcome: 'NOTHING_FOUND', citations: [], degraded: true, model: embedder.model };
    const extracts = await this.extract(asked, passages, embedder);
    if (extracts.length === 0) {
      await writer.append(this.say(asked, 'NOTHING_FOUND'));
      return { writer, end };
    }
    const quoted = extracts.map(({ text }, index) => `${text} [${index + 1}]`);
    await writer.append([this.say(asked, 'FROM_SOURCES'), ...quoted].join('\n\n'));
    const citations = citationsOf(passages.slice(0, extracts.length)).map((citation, index) => {
      const { startsAt = citation.startsAt, endsAt = citation.endsAt } = extracts[index] ?? {};
      return { ...citation, startsAt, endsAt };
    });
    return { writer, end: { ...end, outcome: 'ANSWERED', citations } };
  }

  /** What the best source says, and the second one when it fits nearly as well. */
  private async extract(
    { question }: AskedQuestion,
    passages: readonly Passage[],
    embedder: LocalEmbedder,
  ): Promise<Extract[]> {
    const [first, second] = passages;
    if (!first) return [];
    const isNear = second && (second.similarity ?? 0) >= NEARLY * (first.similarity ?? 1);
    const read = isNear ? [first, second] : [first];
    const ids = read.map(({ entryId }) => entryId);
    const entries = await this.options.em.fork().find(KnowledgeEntry, { id: { $in: ids } });
    return read.flatMap((passage, index) => {
      const entry = entries.find(({ id }) => id === passage.entryId);
      const source = entry && { title: entry.title, body: entry.body, ...spanOf(passage) };
      return source ? [extractOf(question, source, index === 0 ? OF_FIRST : OF_SECOND, embedder)] : [];
    });
  }

  private say({ language }: AskedQuestion, what: 'FROM_SOURCES' | 'NOTHING_FOUND' | 'DECLINED'): string {
    return this.options.messages(language, `ASSISTANT_${what}`);
  }
}

function citationsOf(passages: readonly Passage[]): Citation[] {
  return passages.map(({ entryId, lessonId, title, startsAt, endsAt }, index) => {
    return { number: index + 1, entryId, lessonId, title, startsAt, endsAt };
  });
}

/** Does it settle, one way or the other, before one has to be shown something? */
function isSoon(opening: Promise<unknown>): Promise<boolean> {
  const settled = opening.then(
    () => true,
    () => true,
  );
  return Promise.race([settled, delay(MEANWHILE_MS, false, { ref: false })]);
}

function spanOf({ startsAt, endsAt }: Passage): { startsAt: number; endsAt: number } {
  return { startsAt, endsAt };
}
