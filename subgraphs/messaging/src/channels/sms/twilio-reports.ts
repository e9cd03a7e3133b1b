import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { defineJob } from '@tutorgraph/kit/jobs/job';
import { enqueue } from '@tutorgraph/kit/jobs/jobs';
import { z } from 'zod';
import { applyProviderReport } from '../../deliveries/provider-report.js';
import type { AddressHash } from '../../suppressions/address-hash.js';
import { suppress } from '../../suppressions/suppression.repository.js';
import { refusalReasons } from '../delivery-error.js';
import { reasonOf } from './twilio-failure.js';

/** Longer than it takes to write down that a message was taken over. */
const LATER_MS = 30_000;

const report = z.object({
  MessageSid: z.string().min(1).max(100),
  MessageStatus: z.string(),
  To: z.string().max(100).optional(),
  ErrorCode: z.coerce.number().int().catch(0),
});
const settled = z.object({
  providerMessageId: z.string(),
  status: z.enum(['DELIVERED', 'FAILED']),
  reason: z.enum(refusalReasons).optional(),
});
type Settled = z.output<typeof settled>;

/** @see repeatReportJob */
export type RepeatReportJob = ReturnType<typeof repeatReportJob>;

/** Takes a report once more that came before we had written down which message it is about. */
export function repeatReportJob(em: EntityManager) {
  return defineJob({
    name: 'repeat-text-message-report',
    description: 'Takes a report about a text message that was not known yet.',
    payload: settled,
    handler: async (known) => {
      await transaction(em, (tx) => applyProviderReport(tx, { channel: 'SMS', ...known }, new Date()));
    },
  });
}

/** What Twilio reports of text messages. */
export class TwilioReports {
  constructor(
    private readonly em: EntityManager,
    private readonly hash: AddressHash,
    private readonly repeat: RepeatReportJob,
  ) {}

  /** Moves the delivery; a number that no text message can reach gets none any more. What says nothing new is passed over. */
  async take(form: Readonly<Record<string, string>>): Promise<void> {
    const { MessageSid: providerMessageId, MessageStatus: word, To: phone, ErrorCode: code } = report.parse(form);
    const status = statusOf(word);
    if (!status) return;
    const reason = reasonOf(code);
    const known: Settled = { providerMessageId, status, ...(status === 'FAILED' && { reason }) };
    await transaction(this.em, async (tx) => {
      if (status === 'FAILED' && reason === 'HARD_BOUNCE' && phone) {
        await suppress(tx, { channel: 'SMS', addressHash: this.hash.of('SMS', phone) }, reason);
      }
      if (await applyProviderReport(tx, { channel: 'SMS', ...known }, new Date())) return;
      await enqueue(tx, this.repeat, known, { startAfter: new Date(Date.now() + LATER_MS) });
    });
  }
}

/** Twilio's words for the end of a message; queued, sending and sent come before. */
function statusOf(word: string): Settled['status'] | undefined {
  if (word === 'delivered' || word === 'read') return 'DELIVERED';
  return word === 'undelivered' || word === 'failed' ? 'FAILED' : undefined;
}
