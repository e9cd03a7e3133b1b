import type { EntityManager } from '@mikro-orm/postgresql';
import type { ConsumerOptions } from '@tutorgraph/kit/events/consumer';
import type { DomainEvent } from '@tutorgraph/kit/events/event';
import { accountErased, userUpdated, userVerified } from '@tutorgraph/schema/events/accounts';
import { sql } from 'kysely';
import { studentAdded, studentClaimed } from '../events.js';
import type { Accounts, ProvenAccount } from '../people/accounts.js';
import { learningPrivacy } from '../privacy/learning-privacy.js';
import { claimStudent } from './claim-student.js';

type StudentConsumer = Pick<ConsumerOptions, 'name' | 'stream' | 'handlers'>;

/**
 * Gives imported and invited students to whoever proves their address, and keeps what accounts call themselves. Whoever is erased
 * is forgotten here once more: what accounts said of them before must not come back after it.
 */
export function accountsConsumer(em: EntityManager, accounts: Accounts): StudentConsumer {
  const known = {
    // Most accounts are of no student, and nobody waits for them: then accounts is not asked.
    prepare: async ({ subject }: DomainEvent) =>
      (await isAwaited(em.fork(), subject)) ? accounts.findProven(subject) : null,
    apply: async (tx: EntityManager, { subject }: DomainEvent, prepared: unknown) => {
      // What `prepare` has asked.
      const account = prepared as ProvenAccount | null;
      if (account?.email) await claimByAddress(tx, account.email, subject);
      if (account) await keepName(tx, subject, account);
    },
  };
  return {
    name: 'student-accounts',
    stream: 'accounts',
    handlers: {
      [userVerified.type]: known,
      [userUpdated.type]: known,
      [accountErased.type]: {
        apply: (tx: EntityManager, { subject }: DomainEvent) => learningPrivacy.erase(tx, subject),
      },
    },
  };
}

/** Asks what somebody calls themselves who has become a student. */
export function studentNamesConsumer(accounts: Accounts): StudentConsumer {
  const named = {
    prepare: ({ data }: DomainEvent) => {
      const { userId } = studentClaimed.schema.parse(data);
      return userId ? accounts.findProven(userId) : Promise.resolve(null);
    },
    apply: async (tx: EntityManager, { data }: DomainEvent, prepared: unknown) => {
      // What `prepare` has asked.
      const account = prepared as ProvenAccount | null;
      const { userId } = studentClaimed.schema.parse(data);
      if (account && userId) await keepName(tx, userId, account);
    },
  };
  return {
    name: 'student-names',
    stream: 'learning',
    handlers: { [studentAdded.type]: named, [studentClaimed.type]: named },
  };
}

/** Is the account a student's, or does anybody wait for an address to be proven? */
async function isAwaited(em: EntityManager, userId: string): Promise<boolean> {
  const { rows } = await sql<{ is_awaited: boolean }>`
    select exists (select from learning.students where user_id = ${userId})
      or exists (select from learning.students where user_id is null and email is not null) as is_awaited`.execute(
    em.getKysely(),
  );
  return rows[0]?.is_awaited ?? false;
}

/** Nobody is named any more whom accounts has erased meanwhile: then no student has the account. */
async function keepName(tx: EntityManager, userId: string, { displayName }: ProvenAccount): Promise<void> {
  await sql`update learning.students set account_name = ${displayName}
    where user_id = ${userId} and account_name is distinct from ${displayName}`.execute(tx.getKysely());
}

async function claimByAddress(tx: EntityManager, email: string, userId: string): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select id from learning.students where user_id is null and lower(email) = lower(${email})`.execute(tx.getKysely());
  for (const { id } of rows) await claimStudent(tx, id, userId, new Date());
}
