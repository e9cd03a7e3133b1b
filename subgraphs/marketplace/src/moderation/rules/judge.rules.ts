import type { Finding } from '../finding.js';
import { findContacts } from './contact.rules.js';
import { findBadLanguage } from './language.rules.js';

/** Which version of the local rules judged; change it with them. */
export const LOCAL_RULES = 'local-rules-1';

/** From this confidence on something is kept from others until staff decides. */
export const HOLD_FROM = 0.8;
/** From this confidence on staff is asked to look at what is public meanwhile. */
export const QUEUE_FROM = 0.4;

/** What to do with a text: keep it back, show it and ask staff to look, or show it. */
export type Advice = 'HOLD' | 'QUEUE' | 'CLEAN';

/** What the local rules say of texts. */
export interface Judgement {
  advice: Advice;
  /** Everything that is worth to be kept, the surest first. */
  findings: readonly Finding[];
  /** Fields that must be kept back. */
  heldFields: readonly string[];
}

/** Texts by field; what is empty is not there. */
export type Texts = Readonly<Record<string, string | null | undefined>>;

/** Judges texts by local rules alone: contacts and bad language in Russian and English. */
export function judgeLocally(texts: Texts): Judgement {
  const findings = Object.entries(texts).flatMap(([field, text]) =>
    text ? [...findContacts(text, field), ...findBadLanguage(text, field)] : [],
  );
  return judgementOf(findings);
}

/** What follows from what was found. */
export function judgementOf(findings: readonly Finding[]): Judgement {
  const kept = findings
    .filter(({ confidence }) => confidence >= QUEUE_FROM)
    .sort((a, b) => b.confidence - a.confidence);
  const heldFields = [...new Set(kept.filter(({ confidence }) => confidence >= HOLD_FROM).map(({ field }) => field))];
  return { advice: heldFields.length > 0 ? 'HOLD' : kept.length > 0 ? 'QUEUE' : 'CLEAN', findings: kept, heldFields };
}
