import { openPool } from '@tutorgraph/kit/bench/database';
import { newId } from '@tutorgraph/kit/database/id';
import type { OpenTutor } from './open-tutor.ts';

const CONNECTIONS = 8;
const HOUR_MS = 3_600_000;
const TAKEN = `select from marketplace.bookings
  where tutor_id = $1 and status in ('HELD', 'PENDING_PAYMENT', 'CONFIRMED', 'IN_PROGRESS')
    and tstzrange(starts_at, ends_at) && tstzrange($2, $3) and (expires_at is null or expires_at > now())`;
const LOCK = 'select from marketplace.calendars where user_id = any($1) order by id for update';
const INSERT = `insert into marketplace.bookings (id, tutor_id, student_id, subject_id, price_minor, amount_minor, currency,
    policy_id, commission_percent, status, starts_at, ends_at, expires_at, created_at, updated_at)
  values ($1, $2, $3, $4, 2500, 2500, 'EUR', (select id from marketplace.policies limit 1), 33, 'PENDING_PAYMENT', $5, $6,
    now() + interval '35 minutes', now(), now())`;

/** The statements that booking a slot cannot do without, in the same tables, by as many connections as a process has. */
export async function bareBooking(databaseUrl: string, { tutorId, userId, subjectId }: OpenTutor) {
  const pool = openPool(databaseUrl, CONNECTIONS);
  await pool.query(
    'insert into marketplace.calendars (id, user_id, created_at) values (gen_random_uuid(), $1, now()) on conflict do nothing',
    [userId],
  );
  return {
    async book(startsAt: Date): Promise<boolean> {
      const endsAt = new Date(startsAt.getTime() + HOUR_MS);
      const client = await pool.connect();
      const isTaken = async () => (await client.query(TAKEN, [tutorId, startsAt, endsAt])).rowCount !== 0;
      try {
        await client.query('begin');
        let isFree = !(await isTaken());
        if (isFree) await client.query(LOCK, [[userId]]);
        isFree = isFree && !(await isTaken());
        if (isFree) await client.query(INSERT, [newId(), tutorId, newId(), subjectId, startsAt, endsAt]);
        await client.query(isFree ? 'commit' : 'rollback');
        return isFree;
      } finally {
        client.release();
      }
    },
    close: () => pool.end(),
  };
}
