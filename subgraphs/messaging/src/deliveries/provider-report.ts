import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { OutsideChannel } from '../channels/channel.rules.js';
import { type DeliveryReason, statusesBefore } from './delivery.rules.js';

/** What a provider says later about a message that it took over. */
interface ProviderReport {
  channel: OutsideChannel;
  providerMessageId: string;
  status: 'DELIVERED' | 'FAILED';
  /** Of a failure. @default REFUSED */
  reason?: DeliveryReason;
}

/**
 * Moves the deliveries of a message as its provider reports. Repeated and late reports change nothing.
 *
 * @returns false when no delivery has this message (yet: a report may overtake the commit of what it is about)
 */
export async function applyProviderReport(tx: EntityManager, report: ProviderReport, now: Date): Promise<boolean> {
  const { channel, providerMessageId, status, reason = 'REFUSED' } = report;
  const { rows } = await sql`
    with reported as (
      select id, status from messaging.deliveries
      where provider_message_id = ${providerMessageId} and channel = ${channel} order by id for update),
    moved as (
      update messaging.deliveries d set status = ${status}, updated_at = ${now},
        reason = ${status === 'FAILED' ? reason : null},
        delivered_at = case when ${status} = 'DELIVERED' then ${now}::timestamptz end
      from reported r where d.id = r.id and r.status = any(${statusesBefore(status)}::text[]))
    select 1 from reported limit 1`.execute(tx.getKysely());
  return rows.length > 0;
}
