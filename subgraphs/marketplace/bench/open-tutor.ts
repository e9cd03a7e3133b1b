import { newId } from '@tutorgraph/kit/database/id';

/** Runs a statement. */
type Run = (statement: string, values?: unknown[]) => Promise<unknown>;

/** A tutor who teaches one subject day and night. */
export interface OpenTutor {
  tutorId: string;
  /** The account behind the profile. */
  userId: string;
  subjectId: string;
}

export async function addOpenTutor(run: Run): Promise<OpenTutor> {
  const [tutorId, userId, subjectId] = [newId(), newId(), newId()];
  await run(
    `insert into marketplace.subjects (id, slug, name_en, name_ru, created_at, updated_at)
     values ($1, 'rush', 'Rush', 'Спешка', now(), now())`,
    [subjectId],
  );
  await run(
    `insert into marketplace.tutors (id, user_id, display_name, headline, currency, languages, formats,
       experience_years, created_at, updated_at)
     values ($1, $2, 'Anna K.', 'Patient', 'EUR', '{en}', '{ONLINE}', 5, now(), now())`,
    [tutorId, userId],
  );
  await run(
    `insert into marketplace.offerings (id, tutor_id, subject_id, levels, rate_minor, created_at, updated_at)
     values (gen_random_uuid(), $1, $2, '{EXAM}', 2500, now(), now())`,
    [tutorId, subjectId],
  );
  await run(
    `insert into marketplace.schedules (tutor_id, time_zone, buffer_before_minutes, buffer_after_minutes, minimum_notice_minutes,
       booking_window_days, slot_step_minutes, created_at, updated_at)
     values ($1, 'Europe/Berlin', 0, 0, 0, 365, 30, now(), now())`,
    [tutorId],
  );
  await run(
    `insert into marketplace.schedule_rules (id, tutor_id, weekday, starts_at_minute, ends_at_minute)
     select gen_random_uuid(), $1, weekday, 0, 1440 from generate_series(1, 7) as weekday`,
    [tutorId],
  );
  return { tutorId, userId, subjectId };
}
