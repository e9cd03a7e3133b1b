import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { sql } from 'kysely';
import Stripe from 'stripe';
import { StripeEvent } from './stripe-event.entity.js';

/** How one kind of Stripe's objects is read, and what follows from how it stands. */
export interface ObjectSync<Object> {
  /** Stripe's word in `object`, such as `payment_intent`. */
  kind: string;
  /** Is it followed on tutors' accounts too? Otherwise what happens there is none of ours. */
  isConnected?: boolean;
  /** Reads it with all that `apply` needs. @param account the connected account whose it is */
  fetch(stripe: Stripe, id: string, account: string | undefined): Promise<Object>;
  /**
   * Takes over how it stands now. It only looks at the object, never at which event brought it, and repeating it changes
   * nothing. It locks our row before it decides.
   */
  apply(tx: EntityManager, object: Object, now: Date): Promise<void>;
}

/** An event of Stripe, as far as it matters. */
export interface ArrivedEvent {
  id: string;
  type: string;
  account: string | undefined;
  createdAt: Date;
  /** What it is about. */
  object: { kind: string; id: string };
}

/** What became of an event: it had its effect, it had it before, or it is about nothing of ours. */
export type EventOutcome = 'APPLIED' | 'REPEATED' | 'IGNORED';

/**
 * Keeps what we know of Stripe's objects as they are there. Webhooks say only that something has changed: the object
 * itself is read anew, so that neither order nor repetition of events matters. Each reading draws a ticket before it
 * begins; of two that end in the other order, the one that began earlier is not applied, since the later one has seen all
 * that it has.
 */
export class StripeSync {
  private readonly syncs = new Map<string, ObjectSync<unknown>>();

  constructor(
    private readonly em: EntityManager,
    private readonly stripe: Stripe,
  ) {}

  /** Adds a kind of object; before the room starts. */
  handle<Object>(sync: ObjectSync<Object>): void {
    if (this.syncs.has(sync.kind)) throw new Error(`Two syncs for ${sync.kind}`);
    // Each gets only what its own `fetch` has read.
    this.syncs.set(sync.kind, sync as ObjectSync<unknown>);
  }

  /** Reads an object and takes over how it stands. @throws when Stripe cannot be asked */
  async refresh(kind: string, id: string, account?: string): Promise<void> {
    await this.take(kind, id, account, async () => true);
  }

  /** Gives an event its effect, once. @throws when Stripe cannot be asked: then nothing has happened, and it may come again */
  async receive(event: ArrivedEvent): Promise<EventOutcome> {
    if (await this.em.fork().count(StripeEvent, { id: event.id })) return 'REPEATED';
    const { kind, id } = event.object;
    const record = (tx: EntityManager) => recordEventOnce(tx, event);
    const sync = this.syncs.get(kind);
    // What is only to come, such as the next invoice, has no id.
    if (!sync || !id || (event.account && !sync.isConnected)) {
      return (await transaction(this.em, record)) ? 'IGNORED' : 'REPEATED';
    }
    return (await this.take(kind, id, event.account, record)) ? 'APPLIED' : 'REPEATED';
  }

  private async take(
    kind: string,
    id: string,
    account: string | undefined,
    isFirst: (tx: EntityManager) => Promise<boolean>,
  ): Promise<boolean> {
    const sync = this.syncs.get(kind);
    if (!sync) throw new Error(`Nothing here follows ${kind}`);
    const ticket = await this.drawTicket();
    const object = await found(() => sync.fetch(this.stripe, id, account));
    return transaction(this.em, async (tx) => {
      if (!(await isFirst(tx))) return false;
      if (object !== null && (await claimFreshest(tx, id, ticket))) await sync.apply(tx, object, new Date());
      return true;
    });
  }

  private async drawTicket(): Promise<number> {
    const { rows } = await sql<{ ticket: string }>`select nextval('payments.stripe_tickets') as ticket`.execute(
      this.em.fork().getKysely(),
    );
    return Number(rows[0]?.ticket);
  }
}

async function recordEventOnce(tx: EntityManager, { id, type, account, createdAt }: ArrivedEvent): Promise<boolean> {
  const { rows } = await sql`
    insert into payments.stripe_events (id, type, account, created_at, processed_at)
    values (${id}, ${type}, ${account ?? null}, ${createdAt}, now()) on conflict do nothing returning id`.execute(
    tx.getKysely(),
  );
  return rows.length > 0;
}

/** Locks what we know of an object. @returns false when something fresher is known already */
async function claimFreshest(tx: EntityManager, id: string, ticket: number): Promise<boolean> {
  const { rows } = await sql`
    insert into payments.stripe_objects as o (id, applied_ticket) values (${id}, ${ticket})
    on conflict (id) do update set applied_ticket = excluded.applied_ticket
    where o.applied_ticket < excluded.applied_ticket returning id`.execute(tx.getKysely());
  return rows.length > 0;
}

/** What Stripe does not know (any longer) has no state to take over. */
async function found<Object>(fetch: () => Promise<Object>): Promise<Object | null> {
  try {
    return await fetch();
  } catch (error) {
    if (error instanceof Stripe.errors.StripeError && error.code === 'resource_missing') return null;
    throw error;
  }
}
