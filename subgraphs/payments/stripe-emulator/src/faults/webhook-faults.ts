/** What goes wrong with deliveries of events; probabilities are from 0 to 1. */
export interface WebhookFaultSettings {
  /** An event is delivered twice. */
  duplicate: number;
  /** An event is never delivered; it remains listed with `delivery_success: false`. */
  drop: number;
  /** An event waits until others have overtaken it. */
  reorder: number;
  /** How long each delivery waits, at least and at most. */
  delayMs: readonly [number, number];
  /** Where chance begins: the same seed and the same events meet the same faults. */
  seed: number;
  /** Nothing is delivered until it is flushed or this is false again. */
  paused: boolean;
}

/** What becomes of one delivery. */
export interface DeliveryPlan {
  isDropped: boolean;
  isDoubled: boolean;
  delayMs: number;
}

const NONE: WebhookFaultSettings = { duplicate: 0, drop: 0, reorder: 0, delayMs: [0, 0], seed: 1, paused: false };
const OVERTAKEN_WITHIN_MS = 500;

/** Decides by chance, which a seed decides. */
export class WebhookFaults {
  private settings = NONE;
  private state = NONE.seed;
  private readonly listeners: (() => void)[] = [];

  get current(): WebhookFaultSettings {
    return this.settings;
  }

  /** Replaces all of it; what is not named does not go wrong. */
  set(settings: Partial<WebhookFaultSettings>): void {
    this.settings = { ...NONE, ...settings };
    this.state = this.settings.seed;
    for (const listener of this.listeners) listener();
  }

  /** Hears of every {@link set}. */
  onChange(listener: () => void): void {
    this.listeners.push(listener);
  }

  /** What becomes of the next delivery. */
  plan(): DeliveryPlan {
    const { duplicate, drop, reorder, delayMs } = this.settings;
    const [least, most] = delayMs;
    // Each is drawn always, so that one setting does not shift the chances of another.
    const [dropped, doubled, overtaken, within, delay] = [
      this.draw(),
      this.draw(),
      this.draw(),
      this.draw(),
      this.draw(),
    ];
    const isOvertaken = overtaken < reorder;
    return {
      isDropped: dropped < drop,
      isDoubled: doubled < duplicate,
      delayMs: least + delay * (most - least) + (isOvertaken ? within * OVERTAKEN_WITHIN_MS : 0),
    };
  }

  /** Mulberry32. */
  private draw(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let value = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    value = (value + Math.imul(value ^ (value >>> 7), value | 61)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  }
}
