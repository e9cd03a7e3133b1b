import { idempotencyKey } from '@tutorgraph/kit/idempotency/idempotency';
import { roles } from '@tutorgraph/kit/viewer/viewer';
import { z } from 'zod';
import { topic } from '../devices/device.rules.js';
import { text } from '../input.rules.js';
import { notificationChannels, urgencies } from '../notifications/notification.rules.js';
import { announcementLanguages } from './announcement.rules.js';

/** Most people whom one message of staff is for. */
const MOST_PEOPLE = 1_000;
const MOST_METADATA = 20;
const MOST_DAYS = 3_650;
const moment = z.date();

const texts = z
  .array(z.object({ language: z.enum(announcementLanguages), title: text(1, 200), body: text(1, 4_000) }))
  .min(1)
  .refine((all) => new Set(all.map(({ language }) => language)).size === all.length)
  .transform((all) => Object.fromEntries(all.map(({ language, ...words }) => [language, words])));

const metadata = z
  .array(z.object({ key: z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,39}$/), value: text(0, 500) }))
  .max(MOST_METADATA)
  .nullish()
  .transform((all) => Object.fromEntries((all ?? []).map(({ key, value }) => [key, value])));

const message = {
  channels: z
    .array(z.enum(notificationChannels))
    .min(1)
    .transform((all) => notificationChannels.filter((channel) => all.includes(channel))),
  urgency: z
    .enum(urgencies)
    .nullish()
    .transform((urgency) => urgency ?? 'NORMAL'),
  texts,
  // The scalar gives an object.
  url: z
    .preprocess(
      (given) => (given instanceof URL ? given.href : given),
      z
        .url({ protocol: /^https?$/ })
        .max(2_000)
        .nullish(),
    )
    .transform((url) => url ?? null),
  metadata,
  idempotencyKey,
};

const segment = z
  .object({
    role: z.enum(roles).nullish(),
    locale: z.enum(announcementLanguages).nullish(),
    registeredAfter: moment.nullish(),
    registeredBefore: moment.nullish(),
    inactiveSinceDays: z.number().int().min(1).max(MOST_DAYS).nullish(),
    emailVerified: z.boolean().nullish(),
  })
  .transform((given) => ({
    role: given.role ?? null,
    locale: given.locale ?? null,
    registeredAfter: given.registeredAfter?.toISOString() ?? null,
    registeredBefore: given.registeredBefore?.toISOString() ?? null,
    inactiveSinceDays: given.inactiveSinceDays ?? null,
    emailVerified: given.emailVerified ?? null,
  }));

/** To whom an announcement goes: exactly one of these. */
const audience = z
  .object({
    role: z.enum(roles).nullish(),
    segment: segment.nullish(),
    topic: topic.nullish(),
  })
  .refine((given) => Object.values(given).filter((one) => one !== null && one !== undefined).length === 1)
  .transform(({ role, segment: traits, topic: listened }) => ({
    ...(role && { role }),
    ...(traits && { segment: traits }),
    ...(listened && { topic: listened }),
  }));

/** What staff writes to single people. */
export const newMessage = z.object({
  userIds: z
    .array(z.uuid().toLowerCase())
    .min(1)
    .max(MOST_PEOPLE)
    .transform((ids) => [...new Set(ids)].sort()),
  ...message,
});

/** What staff tells many. */
export const newAnnouncement = z.object({ audience, ...message });

/** What every sending says. */
export type Sending = Omit<z.output<typeof newAnnouncement>, 'audience' | 'idempotencyKey'>;
