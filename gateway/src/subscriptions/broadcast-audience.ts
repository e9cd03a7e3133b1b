import { type BroadcastEvent, SharedAnswer } from './broadcast-event.js';
import type { UpstreamEvent } from './upstream-event.js';

/** A client that hears a broadcast. */
export interface BroadcastListener {
  readonly userId: string;
  /** What it has heard already; nothing at or before it is told again. */
  readonly position: number;
  /** Takes its place in order; it is written when it is known. */
  take(answer: SharedAnswer, position: number): void;
  /** What it took may be known by now. */
  deliver(): void;
  /** Its user may hear no more; what it took before is still delivered. */
  forbid(): void;
}

/** Makes the JSON of an audience's result of an event, in UTF-8. */
export type AnswerWriter = (event: UpstreamEvent, language: string) => Promise<Buffer>;

/** A client that gets several results in one write costs hardly more than one that gets one. */
const TOGETHER_MS = 50;
/** So many wait for one another: far fewer than may wait for a client. */
const MOST_TOGETHER = 4;

/** Listeners of a broadcast who asked the same: an event is answered and written down once for all of them. */
export class BroadcastAudience {
  private readonly listeners = new Set<BroadcastListener>();
  /** Those who left before they could be given what they took. */
  private readonly leaving = new Set<BroadcastListener>();
  private unknownAnswers = 0;
  private isDelivering = false;
  /** Answers that are known and were not delivered yet. */
  private held = 0;
  private timer: NodeJS.Timeout | undefined;
  private deliveredAt = Number.NEGATIVE_INFINITY;

  constructor(
    private answer: AnswerWriter,
    private readonly language: string,
  ) {}

  get isEmpty(): boolean {
    return this.listeners.size === 0;
  }

  /** Answers what comes from now on in another way. */
  answerWith(answer: AnswerWriter): void {
    this.answer = answer;
  }

  /** From now on it hears every event, after those that it has missed. */
  add(listener: BroadcastListener, missed: readonly BroadcastEvent[]): void {
    this.listeners.add(listener);
    for (const event of missed) listener.take(this.answerTo(event), event.position);
    if (missed.length > 0) listener.deliver();
  }

  delete(listener: BroadcastListener): void {
    if (this.listeners.delete(listener) && (this.unknownAnswers > 0 || this.isDelivering)) this.leaving.add(listener);
  }

  /** Tells everybody of an event, aside from those whose right ended with it. */
  tell(event: BroadcastEvent): void {
    const answer = this.answerTo(event);
    for (const listener of this.listeners) {
      if (event.position <= listener.position) continue;
      if (event.endedFor.has(listener.userId)) listener.forbid();
      else listener.take(answer, event.position);
    }
    if (answer.outcome) this.deliverSoon();
  }

  private answerTo(event: BroadcastEvent): SharedAnswer {
    const known = event.answers.get(this);
    if (known) return known;
    const answer = event.isSilent ? SharedAnswer.silent(event.cursor) : new SharedAnswer(event.cursor);
    event.answers.set(this, answer);
    if (!event.isSilent) void this.findOut(answer, event.event);
    return answer;
  }

  private async findOut(answer: SharedAnswer, event: UpstreamEvent): Promise<void> {
    this.unknownAnswers += 1;
    answer.outcome = await this.answer(event, this.language).then(
      (text) => ({ text }),
      (error: unknown) => ({ error }),
    );
    this.unknownAnswers -= 1;
    this.deliverSoon();
  }

  /** At once after a pause; while one event follows another, what becomes known within a moment goes out together. */
  private deliverSoon(): void {
    this.held += 1;
    if (this.held >= MOST_TOGETHER) this.deliver();
    if (this.isDelivering || this.held === 0) return;
    this.isDelivering = true;
    const wait = this.deliveredAt + TOGETHER_MS - performance.now();
    if (wait > 0) this.timer = setTimeout(() => this.deliver(), wait);
    else setImmediate(() => this.deliver());
  }

  private deliver(): void {
    this.isDelivering = false;
    this.held = 0;
    clearTimeout(this.timer);
    for (const listener of this.listeners) listener.deliver();
    for (const listener of this.leaving) listener.deliver();
    if (this.unknownAnswers === 0) this.leaving.clear();
    this.deliveredAt = performance.now();
  }
}
