import type { Entry } from './compare.js';

const HEADINGS = ['what', 'p50', 'p95', 'p99', 'per second', 'goal', '', 'beside'];
const RIGHT_ALIGNED = new Set([1, 2, 3, 4]);

/** The entries of one bench file as lines of text. */
export function tableOf(entries: readonly Entry[]): string {
  const rows = [HEADINGS, ...entries.map(cellsOf)];
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => padded(cell, column, widths))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function cellsOf(entry: Entry): string[] {
  const { own, peer, goal, isMet } = entry;
  const name = entry.concurrency > 1 ? `${entry.name}, ${entry.concurrency} at a time` : entry.name;
  return [
    name,
    time(own.p50),
    time(own.p95),
    time(own.p99),
    rate(own.perSecond),
    goal,
    isMet ? 'holds' : 'MISSED',
    beside(entry, peer),
  ];
}

function beside({ ratio, by }: Entry, peer: Entry['peer']): string {
  const figure = by === 'time' ? `p50 ${time(peer.p50)}` : `${rate(peer.perSecond)} /s`;
  return `${significant(ratio)} × ${peer.name} (${figure})`;
}

/** Milliseconds, or microseconds where those read better. */
function time(ms: number): string {
  return ms < 0.1 ? `${significant(ms * 1_000)} µs` : `${significant(ms)} ms`;
}

function rate(perSecond: number): string {
  return perSecond < 100 ? significant(perSecond) : Math.round(perSecond).toLocaleString('en');
}

function significant(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)));
}

function padded(cell: string, column: number, widths: readonly number[]): string {
  const width = widths[column] ?? 0;
  return RIGHT_ALIGNED.has(column) ? cell.padStart(width) : cell.padEnd(width);
}
