import type { SubgraphTransport } from '../transports/subgraph-transport.js';
import { type AnswerWriter, BroadcastAudience, type BroadcastListener } from './broadcast-audience.js';
import type { BroadcastEvent } from './broadcast-event.js';
import { type RetryOptions, Upstream, type UpstreamRequest } from './upstream.js';
import { endedFor, isGreeting, positionOf, type UpstreamEvent } from './upstream-event.js';

/** A client that hears a broadcast, or would as soon as it has come as far. */
export interface BroadcastCandidate extends BroadcastListener {
  /** The broadcast is open now: it may be joined. */
  opened(): void;
  /** The broadcast is over; the client goes on by itself from its own position. */
  released(): void;
}

/** What a broadcast is made of. */
export interface BroadcastOptions {
  /** What to ask upstream, and how, on the gateway's own behalf; `after` is where the first client stands. */
  request: UpstreamRequest;
  /** The language in which everybody is answered. */
  language: string;
  retry: RetryOptions;
  /** Names the upstream's requests. */
  requestId: string;
  /** Called once, when the last client has left or the upstream has failed. */
  onEnd: (hasFailed: boolean) => void;
}

/** A service's token lasts a minute; the upstream moves to a fresh one before. */
const RENEW_EVERY_MS = 40_000;
/** For clients that come from an upstream of their own and are a little behind. */
const MOST_RECENT = 128;

/**
 * One upstream subscription on the gateway's own behalf for everybody who may hear it, and its recent events. Who joins
 * has been let in by the subgraph under their own token, and goes on strictly behind the position that they have.
 */
export class Broadcast {
  private readonly candidates = new Set<BroadcastCandidate>();
  private readonly audiences = new Map<string, BroadcastAudience>();
  private readonly joined = new Map<BroadcastCandidate, string>();
  private readonly upstream: Upstream;
  private readonly recent: BroadcastEvent[] = [];
  /** Everything behind this position is in `recent` or yet to come; undefined until the upstream is open. */
  private base: number | undefined;
  private renewal: NodeJS.Timeout | undefined;
  private isOver = false;

  constructor(private readonly options: BroadcastOptions) {
    const { request, retry, language, requestId } = options;
    const metadata = { requestId, acceptLanguage: language };
    const listener = {
      event: (event: UpstreamEvent) => this.pass(event),
      end: () => this.end(true),
    };
    this.upstream = new Upstream(request, () => metadata, listener, retry);
  }

  /** How many clients hear it. */
  get size(): number {
    return this.joined.size;
  }

  /** Waits for a client that has come near; the first opens the upstream. */
  wait(candidate: BroadcastCandidate): void {
    this.candidates.add(candidate);
    if (this.renewal) return;
    this.renewal = setInterval(() => this.upstream.open(), RENEW_EVERY_MS);
    this.renewal.unref();
    this.upstream.open();
  }

  /**
   * Lets a client that waits hear it from its position on.
   *
   * @param audience names what it asked; `answer` is of whoever asked it first
   * @returns false while that position is too old, or when the right of the client's user ended behind it: it may have
   * been given again, which only the subgraph can tell
   */
  join(candidate: BroadcastCandidate, audience: string, answer: AnswerWriter): boolean {
    if (this.isOver || this.base === undefined || candidate.position < this.base) return false;
    const missed = this.recent.filter(({ position }) => position > candidate.position);
    if (missed.some((event) => event.endedFor.has(candidate.userId))) return false;
    let asked = this.audiences.get(audience);
    if (!asked) {
      asked = new BroadcastAudience(answer, this.options.language);
      this.audiences.set(audience, asked);
    }
    this.joined.set(candidate, audience);
    this.candidates.delete(candidate);
    asked.add(candidate, missed);
    return true;
  }

  /** The graph was replaced: an audience is answered so from the next event on, and the upstream's next opening goes so. */
  renewAudience(audience: string, answer: AnswerWriter, transport: SubgraphTransport): void {
    this.audiences.get(audience)?.answerWith(answer);
    this.upstream.openNextOver(transport);
  }

  /** A client hears or waits no more; the last one ends the upstream at once. */
  leave(candidate: BroadcastCandidate): void {
    const name = this.joined.get(candidate);
    if (name !== undefined) {
      const audience = this.audiences.get(name);
      audience?.delete(candidate);
      if (audience?.isEmpty) this.audiences.delete(name);
    }
    const wasHere = this.joined.delete(candidate) || this.candidates.delete(candidate);
    if (wasHere && this.joined.size === 0 && this.candidates.size === 0) this.end(false);
  }

  private pass(event: UpstreamEvent): void {
    const { plan } = this.options.request;
    const position = positionOf(plan, event);
    const ended = endedFor(plan, event);
    if (position === undefined || event.cursor === undefined || !ended) {
      // What cannot be put in its place, or does not say whom it ends, everybody asks for under their own right.
      this.end(true);
      return;
    }
    if (this.base === undefined) {
      this.base = position;
      for (const candidate of [...this.candidates]) candidate.opened();
      return;
    }
    const isSilent = ended.size > 0 && isGreeting(plan, event);
    const told = { position, cursor: event.cursor, endedFor: ended, isSilent, event, answers: new Map() };
    this.remember(told);
    for (const audience of [...this.audiences.values()]) audience.tell(told);
  }

  private remember(event: BroadcastEvent): void {
    this.recent.push(event);
    if (this.recent.length > MOST_RECENT) this.base = this.recent.shift()?.position;
  }

  private end(hasFailed: boolean): void {
    if (this.isOver) return;
    this.isOver = true;
    clearInterval(this.renewal);
    this.upstream.close();
    this.options.onEnd(hasFailed);
    const left = [...this.joined.keys(), ...this.candidates];
    this.joined.clear();
    this.candidates.clear();
    this.audiences.clear();
    for (const candidate of left) candidate.released();
  }
}
