/** Where progress is shown. */
export interface ProgressOutput {
  /** A terminal gets a bar that moves; a file or pipe gets a line at each quarter. */
  isTTY?: boolean;
  write(text: string): unknown;
}

const WIDTH = 30;
const QUARTERS = 4;

/**
 * Shows how much of each named part is done. Hand-written: it is thirty lines, and what libraries print without a
 * terminal is either nothing or the same bar again and again.
 */
export class ProgressBar {
  readonly #output: ProgressOutput;
  readonly #shown = new Map<string, number>();

  constructor(output: ProgressOutput) {
    this.#output = output;
  }

  /** @param share - 0 to 1 */
  show(part: string, share: number): void {
    const percent = `${Math.round(share * 100)} %`.padStart(5);
    if (this.#output.isTTY) {
      const filled = Math.round(share * WIDTH);
      const bar = '█'.repeat(filled) + '░'.repeat(WIDTH - filled);
      this.#output.write(`\r${part.padEnd(16)} ${bar} ${percent}${share >= 1 ? '\n' : ''}`);
      return;
    }
    const quarter = Math.floor(share * QUARTERS);
    if (quarter <= (this.#shown.get(part) ?? 0)) return;
    this.#shown.set(part, quarter);
    this.#output.write(`${part}: ${percent.trim()}\n`);
  }
}
