import type { Speed } from './turns.ts';

/** What one gateway did on one query. */
export interface Row extends Speed {
  name: string;
  /** Requests to subgraphs for each of its own. */
  fetches: number | undefined;
  /** How many times its requests for each second of processor time ours does; undefined of ours itself. */
  times: number | undefined;
  /** How many times it should be. */
  goal: number | undefined;
}

const HEADINGS = ['', 'requests /CPU-s', 'requests /s', 'p95', 'fetches', 'ours does', 'goal', ''];

/** Rows as lines of text. */
export function tableOf(rows: readonly Row[]): string {
  const cells = [HEADINGS, ...rows.map(cellsOf)];
  const widths = HEADINGS.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const pad = (cell: string, column: number): string =>
    column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0);
  return cells.map((row) => row.map(pad).join('  ').trimEnd()).join('\n');
}

function cellsOf({ name, perCpuSecond, perSecond, p95, fetches, times, goal }: Row): string[] {
  return [
    name,
    whole(perCpuSecond),
    whole(perSecond),
    `${p95 < 100 ? p95.toPrecision(3) : whole(p95)} ms`,
    fetches === undefined ? '' : String(fetches),
    times === undefined ? '' : `${times.toFixed(2)} ×`,
    goal === undefined ? '' : `≥ ${Number(goal.toFixed(2))} ×`,
    goal === undefined || times === undefined ? '' : verdict(times >= goal),
  ];
}

function verdict(isMet: boolean): string {
  return isMet ? 'holds' : 'MISSED';
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en');
}
