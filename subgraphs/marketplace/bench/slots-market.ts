import { newId } from '@tutorgraph/kit/database/id';

/** Runs a statement. */
type Run = (statement: string, values?: unknown[]) => Promise<unknown>;

/** A market in which one tutor is asked for. */
export interface MarketOfTutors {
  tutorId: string;
}

const OTHERS = 1_000;
const LESSONS_OF_OTHERS = 40;
const POLICY = '(select id from marketplace.policies order by version limit 1)';
const BOOKING_COLUMNS = `(id, tutor_id, student_id, subject_id, price_minor, currency, policy_id, commission_percent,
  status, starts_at, ends_at, created_at, updated_at)`;

/** A thousand tutors with forty lessons each, and one whose next two months are full. */
export async function addMarket(run: Run): Promise<MarketOfTutors> {
  const [tutorId, subjectId] = [newId(), newId()];
  await run(
    `insert into marketplace.subjects (id, slug, name_en, name_ru, created_at, updated_at)
     values ($1, 'bench', 'Bench', 'Скамья', now(), now())`,
    [subjectId],
  );
  const tutor = `insert into marketplace.tutors (id, user_id, display_name, headline, currency, languages, formats,
    experience_years, created_at, updated_at)`;
  const profile = `'Anna K.', 'Patient', 'EUR', '{en}', '{ONLINE}', 5, now(), now()`;
  await run(`${tutor} values ($1, gen_random_uuid(), ${profile})`, [tutorId]);
  await run(`${tutor} select gen_random_uuid(), gen_random_uuid(), ${profile} from generate_series(1, ${OTHERS})`);
  await addSchedule(run, tutorId);
  await run(
    `insert into marketplace.bookings ${BOOKING_COLUMNS}
     select gen_random_uuid(), t.id, gen_random_uuid(), $1, 2500, 'EUR', ${POLICY}, 33, 'COMPLETED',
       now() + (n - 20) * interval '1 day', now() + (n - 20) * interval '1 day' + interval '1 hour', now(), now()
     from marketplace.tutors t, generate_series(1, ${LESSONS_OF_OTHERS}) as n where t.id <> $2`,
    [subjectId, tutorId],
  );
  // Four lessons on each of fifty days.
  await run(
    `insert into marketplace.bookings ${BOOKING_COLUMNS}
     select gen_random_uuid(), $1, gen_random_uuid(), $2, 2500, 'EUR', ${POLICY}, 33, 'CONFIRMED', at, at + interval '1 hour', now(), now()
     from generate_series(1, 50) as day, unnest(array[9, 11, 15, 18]) as hour,
       lateral (select date_trunc('day', now()) + day * interval '1 day' + hour * interval '1 hour' as at) as times`,
    [tutorId, subjectId],
  );
  await run('analyze');
  return { tutorId };
}

/** Three windows every day, with buffers, limits, a quarter of an hour between slots, ten other dates and three times off. */
async function addSchedule(run: Run, tutorId: string): Promise<void> {
  await run(
    `insert into marketplace.schedules (tutor_id, time_zone, buffer_before_minutes, buffer_after_minutes, minimum_notice_minutes,
       booking_window_days, daily_limit, weekly_limit, slot_step_minutes, created_at, updated_at)
     values ($1, 'Europe/Berlin', 5, 10, 720, 90, 8, 40, 15, now(), now())`,
    [tutorId],
  );
  await run(
    `insert into marketplace.schedule_rules (id, tutor_id, weekday, starts_at_minute, ends_at_minute)
     select gen_random_uuid(), $1, weekday, window_from, window_from + 240
     from generate_series(1, 7) as weekday, unnest(array[480, 780, 1080]) as window_from`,
    [tutorId],
  );
  await run(
    `insert into marketplace.schedule_overrides (id, tutor_id, date, windows)
     select gen_random_uuid(), $1, current_date + 3 * n, '{[600,780),[840,1200)}' from generate_series(1, 10) as n`,
    [tutorId],
  );
  await run(
    `insert into marketplace.days_off (id, tutor_id, from_date, to_date)
     select gen_random_uuid(), $1, current_date + 20 * n, current_date + 20 * n + 1 from generate_series(1, 3) as n`,
    [tutorId],
  );
}
