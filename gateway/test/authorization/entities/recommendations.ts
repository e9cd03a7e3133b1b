import { newId } from '@tutorgraph/kit/database/id';
import { runSql } from '@tutorgraph/kit/testing/run-sql';
import type { EntityRights, MadeEntity } from '../entity.js';
import type { World } from '../world.js';

const EVERYBODY = ['student', 'owner', 'staff', 'somebody', 'nobody'];

/** Entities of the recommendations room. */
export const recommendationsEntities: readonly EntityRights[] = [
  {
    title: 'a tutor whom students praise',
    room: 'recommendations',
    type: 'Tutor',
    make: async (world) => (await makeScene(world, false)).tutor,
    // Who asks by an id has it.
    seenBy: { id: EVERYBODY, praise: EVERYBODY, strengths: EVERYBODY, matchFor: ['student'] },
  },
  {
    title: 'a tutor whom students praised and who is hidden',
    room: 'recommendations',
    type: 'Tutor',
    make: async (world) => (await makeScene(world, true)).tutor,
    seenBy: { id: EVERYBODY, praise: [], strengths: [], matchFor: [] },
  },
  {
    title: 'an application, as recommendations know it',
    room: 'recommendations',
    type: 'Application',
    make: async (world) => (await makeScene(world, false)).application,
    seenBy: { id: EVERYBODY, matchScore: ['student', 'owner'] },
  },
];

/** A tutor with all that this room knows of somebody, who has applied to an order; straight in the database. */
async function makeScene({ graph }: World, isHidden: boolean): Promise<Record<'tutor' | 'application', MadeEntity>> {
  const sql = (statement: string, values: unknown[]) => runSql(graph.databaseUrl, statement, values);
  const [tutorId, subjectId, orderId, applicationId] = [newId(), newId(), newId(), newId()];
  const [student, owner] = [await graph.person('STUDENT'), await graph.person('TUTOR')];
  const [staff, somebody] = [await graph.person('SUPERVISOR'), await graph.person('STUDENT')];
  await sql(
    `insert into recommendations.tutors (id, user_id, hidden, currency, languages, formats, experience_years, premium,
       verified, headline, created_at, changed_at, last_active_at)
     values ($1, $2, $3, 'EUR', '{en}', '{ONLINE}', 1, false, false, 'Maths', now(), now(), now())`,
    [tutorId, owner.userId, isHidden],
  );
  await sql(
    `insert into recommendations.offers (tutor_id, subject_id, levels, rate_minor, currency, hidden, languages, formats,
       tutor_created_at)
     values ($1, $2, '{EXAM}', 2500, 'EUR', $3, '{en}', '{ONLINE}', now())`,
    [tutorId, subjectId, isHidden],
  );
  await sql(
    `insert into recommendations.tutor_insights (tutor_id, topics, styles, source_hash, updated_at)
     values ($1, $2, '{}', 'a hash', now())`,
    [tutorId, JSON.stringify([{ topic: 'PATIENCE', mentions: 3, praises: 3, complaints: 0, isClaimed: true }])],
  );
  await sql(
    `insert into recommendations.orders (id, student_id, subject_id, level, format, title, languages, status, created_at)
     values ($1, $2, $3, 'EXAM', 'ONLINE', 'Algebra before the exam', '{en}', 'OPEN', now())`,
    [orderId, student.userId, subjectId],
  );
  await sql(
    `insert into recommendations.applications (id, order_id, tutor_id, status, rate_minor, created_at)
     values ($1, $2, $3, 'PENDING', 2500, now())`,
    [applicationId, orderId, tutorId],
  );
  const viewers = {
    student: student.authorization,
    owner: owner.authorization,
    staff: staff.authorization,
    somebody: somebody.authorization,
    nobody: undefined,
  };
  return {
    tutor: { key: { id: tutorId }, viewers, arguments: { matchFor: `(orderId: "${orderId}")` } },
    application: { key: { id: applicationId }, viewers },
  };
}
