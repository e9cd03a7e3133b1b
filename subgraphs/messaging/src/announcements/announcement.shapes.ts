import { roles } from '@tutorgraph/kit/viewer/viewer';
import { z } from 'zod';
import type { Announcement, Audience } from './announcement.entity.js';
import { announcementLanguages, percentOf } from './announcement.rules.js';
import type {
  AnnouncementAudience,
  AnnouncementProgress,
  AnnouncementTextType,
  AudienceSegment,
  MetadataEntry,
} from './announcement.types.js';

const moment = z
  .string()
  .nullish()
  .transform((text) => (text ? new Date(text) : null));
const role = z
  .enum(roles)
  .nullish()
  .transform((value) => value ?? null);

/** A segment as `newAnnouncement` stores it. */
const segment = z.object({
  role,
  locale: z.enum(announcementLanguages).nullable(),
  registeredAfter: moment,
  registeredBefore: moment,
  inactiveSinceDays: z.number().nullable(),
  emailVerified: z.boolean().nullable(),
}) satisfies z.ZodType<AudienceSegment>;

/** For whom a sending is, in the graph. */
export function shapeAudience(audience: Audience): AnnouncementAudience {
  return {
    namedPeople: audience.userIds?.length ?? null,
    role: role.parse(audience.role),
    segment: audience.segment ? segment.parse(audience.segment) : null,
    topic: audience.topic ?? null,
  };
}

/** What a sending says, in the graph. */
export function shapeTexts(texts: Announcement['texts']): AnnouncementTextType[] {
  return announcementLanguages.flatMap((language) => {
    const text = texts[language];
    return text ? [{ language, ...text }] : [];
  });
}

/** What programs want to find again, in the graph. */
export function shapeMetadata(metadata: Readonly<Record<string, unknown>>): MetadataEntry[] {
  return Object.entries(metadata).map(([key, value]) => ({ key, value: String(value) }));
}

/** How far a sending has come, in the graph. */
export function shapeProgress(announcement: Announcement): AnnouncementProgress {
  const { status, done, total } = announcement;
  return { done, total: total ?? null, percent: percentOf({ status, done, total: total ?? null }) };
}
