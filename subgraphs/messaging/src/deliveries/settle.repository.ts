import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { sql } from 'kysely';
import type { ClaimedDelivery, Dispatch } from './claim.repository.js';
import { type DeliveryReason, endingFor, statusesBefore } from './delivery.rules.js';

/** What became of a claimed delivery. */
export type Outcome =
  | { kind: 'sent'; status: 'SENT' | 'DELIVERED'; providerMessageId: string | null }
  | { kind: 'ended'; reason: DeliveryReason }
  /** It is tried again; `reason` says why it was not taken, if it was tried. */
  | { kind: 'later'; dueAt: Date; wasTried: boolean };

/** Writes down what became of a message: of all its deliveries, and of the digest that they are in. */
export async function settle(
  em: EntityManager,
  dispatch: Dispatch,
  outcomes: ReadonlyMap<ClaimedDelivery, Outcome>,
  now: Date,
): Promise<void> {
  await transaction(em, async (tx) => {
    const byOutcome = Map.groupBy(outcomes, ([, outcome]) => outcome);
    for (const [outcome, entries] of byOutcome) {
      const ids = entries.map(([{ id }]) => id);
      await write(tx, ids, outcome, dispatch.attempts, now);
    }
    if (!dispatch.isDigest) return;
    const later = [...byOutcome.keys()].find((outcome) => outcome.kind === 'later');
    const dueAt = later?.dueAt ?? null;
    await sql`update messaging.digests
      set due_at = coalesce(${dueAt}::timestamptz, due_at),
        finished_at = case when ${dueAt}::timestamptz is null then ${now}::timestamptz end
      where id = ${dispatch.id} and finished_at is null`.execute(tx.getKysely());
  });
}

async function write(
  tx: EntityManager,
  ids: readonly string[],
  outcome: Outcome,
  attempts: number,
  now: Date,
): Promise<void> {
  switch (outcome.kind) {
    case 'sent': {
      const { status, providerMessageId } = outcome;
      // True whoever holds the claim by now: the message is out.
      await sql`update messaging.deliveries
        set status = ${status}, reason = null, provider_message_id = ${providerMessageId}, sent_at = ${now},
          delivered_at = case when ${status} = 'DELIVERED' then ${now}::timestamptz end, updated_at = ${now}
        where id = any(${[...ids]}::uuid[]) and status = any(${statusesBefore(status)}::text[])`.execute(
        tx.getKysely(),
      );
      return;
    }
    case 'ended': {
      const status = endingFor(outcome.reason);
      await sql`update messaging.deliveries set status = ${status}, reason = ${outcome.reason}, updated_at = ${now}
        where id = any(${[...ids]}::uuid[]) and status = any(${statusesBefore(status)}::text[])
          and attempts = ${attempts}`.execute(tx.getKysely());
      return;
    }
    case 'later':
      await sql`update messaging.deliveries
        set due_at = ${outcome.dueAt}, attempts = attempts - ${outcome.wasTried ? 0 : 1},
          reason = ${outcome.wasTried ? 'UNAVAILABLE' : null}, updated_at = ${now}
        where id = any(${[...ids]}::uuid[]) and status = 'QUEUED' and attempts = ${attempts}`.execute(tx.getKysely());
  }
}
