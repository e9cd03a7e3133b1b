import type { EntityManager } from '@mikro-orm/postgresql';
import { type PersonSettings, switchKey } from '../deliveries/plan.rules.js';
import { ChannelDigest, Preference, QuietHours } from './preference.entity.js';

/** What people decided on how they are told, of these types or of all: three statements for any number of people. */
export async function settingsOf(
  em: EntityManager,
  userIds: readonly string[],
  types?: readonly string[],
): Promise<(userId: string) => PersonSettings> {
  const ofPeople = { userId: { $in: [...new Set(userIds)] } };
  const ofTypes = types ? { ...ofPeople, type: { $in: [...new Set(types)] } } : ofPeople;
  const preferences = Map.groupBy(await em.find(Preference, ofTypes), ({ userId }) => userId);
  const quietHours = new Map((await em.find(QuietHours, ofPeople)).map((row) => [row.userId, row]));
  const digests = Map.groupBy(await em.find(ChannelDigest, ofPeople), ({ userId }) => userId);
  return (userId) => ({
    switches: new Map(
      preferences.get(userId)?.map(({ type, channel, enabled }) => [switchKey(type, channel), enabled]),
    ),
    quietHours: quietHours.get(userId) ?? null,
    digests: new Map(digests.get(userId)?.map(({ channel, mode }) => [channel, mode])),
  });
}
