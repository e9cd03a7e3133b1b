import { randomUUID } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { sql } from 'kysely';

/** Tables whose rows say in `changed_tx` which transaction changed them last. */
const TRACKED = ['notifications', 'chat_rooms', 'chat_members', 'chat_messages', 'followed_changes'] as const;

/**
 * The server, its history and the database in it. A dump that is restored gets another database, a copied server that is
 * promoted another history; in each, numbers of transactions begin anew or go on from an earlier one.
 */
const fingerprint = sql<string>`(
  (select system_identifier::text from pg_control_system())
  || ':' || left(pg_walfile_name(pg_current_wal_lsn()), 8)
  || ':' || (select oid::text from pg_database where datname = current_database())
)`;

/**
 * Begins a new epoch if this is not the database, or not its history, that the last one began in: cursors of devices are
 * of no use then, and rows that were written by transactions which this server has yet to come to are marked anew. Run it
 * before the first request; processes that start together wait for the first one.
 */
export async function keepEpoch(em: EntityManager): Promise<void> {
  await transaction(em, async (tx) => {
    const db = tx.getKysely();
    const { numAffectedRows } = await sql`
      insert into messaging.sync_epoch as known (id, fingerprint, epoch, began_at)
      values (1, ${fingerprint}, ${randomUUID()}, now())
      on conflict (id) do update
        set fingerprint = excluded.fingerprint, epoch = excluded.epoch, began_at = excluded.began_at
        where known.fingerprint <> excluded.fingerprint`.execute(db);
    if (numAffectedRows === 0n) return;
    for (const table of TRACKED) {
      await sql`update ${sql.table(`messaging.${table}`)} set changed_tx = changed_tx
                where changed_tx > pg_current_xact_id()`.execute(db);
    }
    await sql`update messaging.chat_members set joined_tx = joined_tx where joined_tx > pg_current_xact_id()`.execute(
      db,
    );
  });
}
