import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { DEMO_ID_PATTERN } from '@tutorgraph/kit/demo/demo-id';
import { DEMO_PASSWORD } from '@tutorgraph/kit/demo/fixed-people';
import { insertRows, rowsOf } from '@tutorgraph/kit/demo/insert-rows';
import { studentCount } from '@tutorgraph/kit/demo/population';
import type { RoomDemo } from '@tutorgraph/kit/room/demo';
import { ActiveDay } from '../dashboards/active-day.entity.js';
import { hashPassword } from '../passwords/password.js';
import { User } from '../users/user.entity.js';
import { activeDaysOf } from './active-days.js';
import { generatePeopleDemo } from './people.js';

/** Accounts of the demo's people and their sessions; accounts that somebody registered stay. */
const CLEARING = [
  `delete from accounts.refresh_tokens where session_id in (select id from accounts.sessions where user_id::text like ?)`,
  `delete from accounts.sessions where user_id::text like ?`,
  `delete from accounts.users where id::text like ?`,
] as const;

/** The people of the demo. */
export const demo: RoomDemo = {
  async isEmpty(em) {
    return (await em.count(User)) === 0;
  },

  clear(em) {
    return transaction(em, async (tx) => {
      for (const statement of CLEARING) await tx.execute(statement, [DEMO_ID_PATTERN]);
    });
  },

  async load(em: EntityManager, { onProgress, ...options }) {
    const people = generatePeopleDemo({ ...options, students: studentCount(options) });
    // One hash for all: argon2id is slow on purpose.
    const passwordHash = await hashPassword(DEMO_PASSWORD);
    const rows = people.map((person) => {
      const { createdAt } = person;
      return { ...person, passwordHash, emailVerifiedAt: createdAt, updatedAt: createdAt };
    });
    await insertRows(em, [rowsOf(User, rows), rowsOf(ActiveDay, activeDaysOf(people, options.now))], onProgress);
  },
};
