import type { Drain } from '../connections/drain.js';
import type { LiveAnswer } from './live-answer.js';

const CLOSE_WITHIN_MS = 2_000;

/** The answers that go on. When the gateway stops they end, with a hint to come back. */
export class LiveAnswers {
  private open = 0;

  constructor(private readonly drain: Drain) {}

  /** How many there are. */
  get size(): number {
    return this.open;
  }

  /** Begins an answer. @param onClosed called once when it has been sent whole or its client has left */
  begin(answer: LiveAnswer, onClosed: () => void): void {
    this.open += 1;
    let forget: (() => void) | undefined;
    let isOver = false;
    answer.begin(() => {
      isOver = true;
      this.open -= 1;
      forget?.();
      onClosed();
    });
    // The client may have left already.
    if (isOver) return;
    forget = this.drain.add({
      leave: (comeBackAfterMs) => answer.leave({ comeBackAfterMs, withinMs: CLOSE_WITHIN_MS }),
    });
  }
}
