import { present } from './content.js';
import type { ContentState } from './moderation.states.js';
import type { ProfileTexts } from './profile-text.entity.js';

/** The fields of a profile that are moderated. */
export const profileFields = ['headline', 'biography', 'education'] as const;
/** @see profileFields */
export type ProfileField = (typeof profileFields)[number];

/** Stands where a headline must be and none has been accepted. */
export const NO_HEADLINE = '[…]';

/** The texts of a profile that everybody sees. */
export type PublicTexts = {
  headline: string;
  biography?: string | null | undefined;
  education?: string | null | undefined;
};

/** What moderation keeps beside them. */
export interface KeptTexts {
  state: ContentState;
  accepted: ProfileTexts;
  held: ProfileTexts;
  updatedAt: Date;
}

/** Public texts that have not passed every check. */
export function unaccepted(shown: PublicTexts, { accepted }: KeptTexts): Record<string, string> {
  const texts = present(textsOf(shown));
  return Object.fromEntries(
    Object.entries(texts).filter(([field, text]) => text !== NO_HEADLINE && accepted[field as ProfileField] !== text),
  );
}

/** The moderated texts of a profile. */
export function textsOf({ headline, biography, education }: PublicTexts): Record<ProfileField, string | null> {
  return { headline, biography: biography ?? null, education: education ?? null };
}

/** Shows what the tutor wants instead of what they had, and keeps it as accepted. */
export function publishHeld(shown: PublicTexts, kept: KeptTexts, now: Date): void {
  for (const field of profileFields) {
    const text = kept.held[field];
    if (text) show(shown, field, text);
  }
  const waiting = profileFields.filter((field) => kept.held[field]);
  Object.assign(kept, { held: {}, state: 'PUBLISHED' });
  acceptTexts(shown, kept, waiting, now);
}

/** Keeps public texts back: what was accepted last comes back in their place. */
export function hold(
  shown: PublicTexts,
  kept: KeptTexts,
  fields: readonly string[],
  state: ContentState,
  now: Date,
): void {
  const texts = textsOf(shown);
  const held = { ...kept.held };
  for (const field of profileFields.filter((name) => fields.includes(name))) {
    if (held[field] || !texts[field] || texts[field] === NO_HEADLINE) continue;
    held[field] = texts[field];
    const fallback = kept.accepted[field] === texts[field] ? null : kept.accepted[field];
    show(shown, field, fallback ?? null);
  }
  const accepted = Object.fromEntries(
    Object.entries(kept.accepted).filter(([field, text]) => held[field as ProfileField] !== text),
  );
  Object.assign(kept, { held, accepted, state, updatedAt: now });
}

/** Notes that public texts have passed every check. */
export function acceptTexts(shown: PublicTexts, kept: KeptTexts, fields: readonly string[], now: Date): void {
  const texts = textsOf(shown);
  const passed = profileFields.filter((field) => fields.includes(field) && texts[field] !== NO_HEADLINE);
  kept.accepted = { ...kept.accepted, ...Object.fromEntries(passed.map((field) => [field, texts[field]])) };
  kept.updatedAt = now;
}

/** Shows a text, or that there is none. */
export function show(shown: PublicTexts, field: ProfileField, text: string | null): void {
  if (field === 'headline') shown.headline = text ?? NO_HEADLINE;
  else shown[field] = text;
}
