import { transaction } from '@tutorgraph/kit/database/transaction';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import type { Messages } from '@tutorgraph/kit/messages/messages';
import { z } from 'zod';
import { notificationType, notificationTypes } from '../catalogue/catalogue.js';
import { typeTitle } from '../catalogue/render.js';
import { outsideChannels } from '../channels/channel.rules.js';
import { digestModes } from '../deliveries/delivery.rules.js';
import { channelsFor, type PersonSettings } from '../deliveries/plan.rules.js';
import type { MessagingErrorCode } from '../errors.js';
import { notificationChannels } from '../notifications/notification.rules.js';
import { saveDigests, saveQuietHours, saveSwitches, settingsOf } from './preference.repository.js';
import type { NotificationPreferences, UpdateNotificationPreferencesInput } from './preference.types.js';

const MOST_CHANGES = 500;
const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/;

const time = z.string().regex(CLOCK);
const isUnique = (keys: readonly string[]): boolean => new Set(keys).size === keys.length;

const rules = z
  .object({
    changes: z
      .array(
        z.object({
          type: z.string(),
          channel: z.enum(notificationChannels),
          isEnabled: z
            .boolean()
            .nullish()
            .transform((value) => value ?? null),
        }),
      )
      .max(MOST_CHANGES)
      .refine((changes) => isUnique(changes.map(({ type, channel }) => `${type} ${channel}`)))
      .nullish(),
    quietHours: z
      .object({ startsAt: time, endsAt: time })
      .refine(({ startsAt, endsAt }) => startsAt !== endsAt, { path: ['endsAt'] })
      .nullish(),
    clearQuietHours: z.boolean().nullish(),
    digests: z
      .array(z.object({ channel: z.enum(outsideChannels), mode: z.enum(digestModes) }))
      .refine((digests) => isUnique(digests.map(({ channel }) => channel)))
      .nullish(),
  })
  .refine(({ quietHours, clearQuietHours }) => !(quietHours && clearQuietHours), { path: ['clearQuietHours'] });

/** How people want to be told of things. */
export class PreferenceService {
  constructor(private readonly messages: Messages) {}

  /** Everything that the viewer may decide on. */
  async own({ em, user, locale }: RequestContext): Promise<NotificationPreferences> {
    const settings = (await settingsOf(em.fork(), [user.userId]))(user.userId);
    return {
      types: notificationTypes.map(({ type, urgency, channels }) => {
        const used = channelsFor({ type, urgency, channels, timeZone: 'UTC' }, settings);
        return {
          type,
          title: typeTitle(this.messages, type, locale),
          urgency,
          channels: notificationChannels.map((channel) => ({
            channel,
            isEnabled: used.includes(channel),
            isDefault: channels.includes(channel),
            isLocked: urgency === 'CRITICAL' && channels.includes(channel),
          })),
        };
      }),
      quietHours: quietHoursOf(settings),
      digests: outsideChannels.map((channel) => ({ channel, mode: settings.digests.get(channel) ?? 'NONE' })),
    };
  }

  /** Changes what the input names. May be repeated. @throws Refusal INVALID_INPUT, CHANNEL_REQUIRED */
  async update(context: RequestContext, input: UpdateNotificationPreferencesInput): Promise<NotificationPreferences> {
    const { changes, quietHours, clearQuietHours, digests } = accept(rules, input, context.locale);
    changes?.forEach(refuseLocked);
    const { userId } = context.user;
    const now = new Date();
    await transaction(context.em, async (tx) => {
      if (changes?.length) await saveSwitches(tx, userId, changes, now);
      if (quietHours || clearQuietHours) await saveQuietHours(tx, userId, quietHours ?? null, now);
      if (digests?.length) await saveDigests(tx, userId, digests, now);
    });
    return this.own(context);
  }
}

function refuseLocked(
  {
    type,
    channel,
    isEnabled,
  }: { type: string; channel: (typeof notificationChannels)[number]; isEnabled: boolean | null },
  index: number,
): void {
  const known = notificationType(type);
  if (isEnabled !== false || known?.urgency !== 'CRITICAL' || !known.channels.includes(channel)) return;
  throw new Refusal<MessagingErrorCode>('CHANNEL_REQUIRED', ['input', 'changes', String(index), 'isEnabled']);
}

/** Without the seconds that the database adds. */
function quietHoursOf({ quietHours }: PersonSettings): NotificationPreferences['quietHours'] {
  return quietHours && { startsAt: quietHours.startsAt.slice(0, 5), endsAt: quietHours.endsAt.slice(0, 5) };
}
