import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { defineJob } from '@tutorgraph/kit/jobs/job';
import { z } from 'zod';
import type { Accounts } from '../people/accounts.js';
import { Student } from '../students/student.entity.js';
import { MOST_ROWS } from './admission.inputs.js';
import { againWhenOvertaken, claimStudent } from './claim-student.js';

/** @see findAccountsJob */
export type FindAccountsJob = ReturnType<typeof findAccountsJob>;

/** Gives students who came without an account to whoever has proven that their address is theirs. */
export function findAccountsJob(em: EntityManager, accounts: Accounts) {
  return defineJob({
    name: 'find-accounts',
    description: 'Gives imported and invited students to the accounts that have proven their addresses.',
    payload: z.object({ studentIds: z.array(z.uuid()).max(MOST_ROWS) }),
    retries: 7,
    retryDelaySeconds: 15,
    concurrency: 1,
    handler: async ({ studentIds }) => {
      const students = await em.fork().find(Student, { id: { $in: studentIds }, userId: null, email: { $ne: null } });
      const proven = await accounts.findByAddress(students.flatMap(({ email }) => email ?? []));
      for (const { id, email } of students) {
        const userId = proven.get(email ?? '');
        if (!userId) continue;
        await againWhenOvertaken(() => transaction(em, (tx) => claimStudent(tx, id, userId, new Date())));
      }
    },
  });
}
