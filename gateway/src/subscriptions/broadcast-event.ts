import type { BroadcastAudience } from './broadcast-audience.js';
import type { UpstreamEvent } from './upstream-event.js';

/** One event of a broadcast. */
export interface BroadcastEvent {
  readonly position: number;
  readonly cursor: string;
  /** Users whose right to hear ended with it: they hear neither it nor what follows. */
  readonly endedFor: ReadonlySet<string>;
  /** It says that somebody's right ended and nothing else, which the others are not told. */
  readonly isSilent: boolean;
  readonly event: UpstreamEvent;
  /** What each audience asked of it, for as long as the event is held. */
  readonly answers: Map<BroadcastAudience, SharedAnswer>;
}

/** What is written to all clients of an audience for one event, as soon as it is known. */
export class SharedAnswer {
  /** The result's JSON in UTF-8, or why there is none; undefined until it is known. */
  outcome: { readonly text: Buffer | undefined } | { readonly error: unknown } | undefined;

  /** @param cursor the event's position */
  constructor(readonly cursor: string) {}

  /** How long its text is; undefined until it is known. */
  get bytes(): number | undefined {
    const { outcome } = this;
    return outcome && ('text' in outcome ? (outcome.text?.length ?? 0) : 0);
  }

  /** Of an event of which the audience is told nothing but that it has passed. */
  static silent(cursor: string): SharedAnswer {
    const answer = new SharedAnswer(cursor);
    answer.outcome = { text: undefined };
    return answer;
  }
}
