import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { SuppressibleChannel } from './address-hash.js';
import { Suppression } from './suppression.entity.js';

/** A suppressed address, by its hash. */
export interface SuppressedAddress {
  channel: SuppressibleChannel;
  addressHash: string;
}

/** Is nothing sent there? */
export async function isSuppressed(em: EntityManager, address: SuppressedAddress): Promise<boolean> {
  return (await em.count(Suppression, address)) > 0;
}

/** Has nothing sent there any more; what is known already stays as it is. */
export async function suppress(em: EntityManager, address: SuppressedAddress, reason: string): Promise<void> {
  const { channel, addressHash } = address;
  await sql`
    insert into messaging.suppressions (channel, address_hash, reason, created_at)
    values (${channel}, ${addressHash}, ${reason}, now()) on conflict do nothing`.execute(em.getKysely());
}

/** Has messages sent there again. @returns which of them were suppressed */
export async function lift(em: EntityManager, addresses: readonly SuppressedAddress[]): Promise<SuppressibleChannel[]> {
  if (addresses.length === 0) return [];
  const tuples = addresses.map(({ channel, addressHash }) => sql`(${channel}, ${addressHash})`);
  const { rows } = await sql<{ channel: SuppressibleChannel }>`
    delete from messaging.suppressions where (channel, address_hash) in (${sql.join(tuples)})
    returning channel`.execute(em.getKysely());
  return rows.map(({ channel }) => channel).sort();
}

/** Forgets suppressions from before a moment, at most `limit`; answers how many. */
export async function deleteSuppressionsBefore(em: EntityManager, moment: Date, limit: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from messaging.suppressions where (channel, address_hash) in (
      select channel, address_hash from messaging.suppressions where created_at < ${moment} limit ${limit})`.execute(
    em.getKysely(),
  );
  return Number(numAffectedRows ?? 0);
}
