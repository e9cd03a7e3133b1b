import { hash } from './random.js';

const FIRST_MOMENT = Date.UTC(2025, 0, 1);
const MARK = '8de0-de30';

/**
 * An id that looks like UUIDv7, is the same for the same seed, kind and index, and carries a mark by which rows of
 * demo data are told from all others.
 */
export function demoId(seed: number, kind: string, index: number): string {
  const time = (FIRST_MOMENT + index).toString(16).padStart(12, '0');
  const low = hash(`${kind}/${seed}/${index}`).toString(16).padStart(8, '0');
  const high = (hash(`${index}/${seed}/${kind}`) & 0xfff).toString(16).padStart(3, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${high}-${MARK}${low}`;
}

/** The SQL pattern (`id::text like …`) that all demo ids match; another id does by a chance of one in 2³⁰. */
export const DEMO_ID_PATTERN = `________-____-7___-${MARK}________`;
