import type { EnglishEditKind, EnglishEditSource } from '../english-check.js';

/** An edit that is not yet explained. Offsets are UTF-16 units. */
export interface Draft {
  start: number;
  end: number;
  replacement: string;
  /** Other replacements that may be meant, the likeliest first. */
  alternatives: readonly string[];
  kind: EnglishEditKind;
  rule: string;
  /** From 0 to 1. */
  confidence: number;
  source: EnglishEditSource;
  /** What harper says of it, in English. */
  message?: string;
}

/** Those that do not overlap, in the order of the text; of two that do, the one of more confidence. */
export function withoutOverlaps(drafts: readonly Draft[]): Draft[] {
  const kept: Draft[] = [];
  for (const draft of [...drafts].sort((left, right) => right.confidence - left.confidence || left.start - right.start))
    if (!kept.some((other) => overlaps(draft, other))) kept.push(draft);
  return kept.sort((left, right) => left.start - right.start || left.end - right.end);
}

/** Whether two spans share text, or two insertions a place. */
export function overlaps(left: { start: number; end: number }, right: { start: number; end: number }): boolean {
  return left.start === right.start || (left.start < right.end && right.start < left.end);
}
