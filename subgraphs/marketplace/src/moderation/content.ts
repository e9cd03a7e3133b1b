import type { ContentKind } from './moderation.states.js';

/** One version of something that somebody wrote, as moderation sees it. */
export interface Content {
  kind: ContentKind;
  targetId: string;
  version: number;
  /** The account of whoever wrote it. */
  authorId: string;
  /** The tutor whom it is about, or who wrote it. */
  tutorId: string;
  /** By field; nothing empty. */
  texts: Readonly<Record<string, string>>;
}

/** Texts without those that are not there. */
export function present(texts: Readonly<Record<string, string | null | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).filter((entry): entry is [string, string] => Boolean(entry[1])));
}
