import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import { defineLoader } from '@tutorgraph/kit/graphql/loader';
import { keysetPage, type PageRequest } from '@tutorgraph/kit/pagination/keyset';
import { type RawBuilder, sql } from 'kysely';
import { Interview } from './interview.entity.js';
import { type InterviewStatus, liveInterviewStatuses } from './interview.rules.js';

const LOCKED = { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true } as const;

/** Interviews by id, batched. */
export const interviewsById = defineLoader<string, Interview | null>(
  async ({ em }, ids) => {
    const interviews = await em.find(Interview, { id: { $in: ids.filter(isId) } });
    return new Map(interviews.map((interview) => [interview.id, interview]));
  },
  { absent: () => null },
);

/** Has the tutor of each offering passed an interview about its subject? Batched. */
export const interviewedOfferings = defineLoader<string, boolean>(
  async ({ em }, offeringIds) => {
    const { rows } = await sql<{ id: string }>`
      select o.id from marketplace.offerings o where o.id = any(${[...offeringIds]}::uuid[]) and exists (
        select from marketplace.interviews i
         where i.tutor_id = o.tutor_id and i.subject_id = o.subject_id and i.verdict = 'PASSED')`.execute(
      em.getKysely(),
    );
    return new Map(rows.map(({ id }) => [id, true]));
  },
  { absent: () => false },
);

/** An interview by id. */
export function findInterview(em: EntityManager, id: string): Promise<Interview | null> {
  return isId(id) ? em.findOne(Interview, { id }) : Promise.resolve(null);
}

/** An interview as it is now, locked until the transaction ends; null when it is gone. */
export function lockInterview(tx: EntityManager, id: string): Promise<Interview | null> {
  return tx.findOne(Interview, { id }, LOCKED);
}

/** Interviews of a tutor that are still to come, or those about one offering, locked in the order of their ids. */
export function lockLiveInterviews(
  tx: EntityManager,
  which: { tutorId: string } | { offeringId: string },
): Promise<Interview[]> {
  return tx.find(
    Interview,
    { ...which, status: { $in: [...liveInterviewStatuses] } },
    { ...LOCKED, orderBy: { id: 'asc' } },
  );
}

/** Has a tutor passed an interview about a subject? */
export async function hasPassed(tx: EntityManager, tutorId: string, subjectId: string): Promise<boolean> {
  return (await tx.count(Interview, { tutorId, subjectId, verdict: 'PASSED' })) > 0;
}

/** Which interviews; conditions add up. */
export interface InterviewSearch {
  status?: InterviewStatus | null | undefined;
  tutorId?: string | null | undefined;
  interviewerId?: string | null | undefined;
  /** Those that begin from here. */
  from?: Date | null | undefined;
  /** Those that begin before. */
  to?: Date | null | undefined;
}

/** A page of interviews, the newest request first. */
export function findInterviews(
  em: EntityManager,
  { status, tutorId, interviewerId, from, to }: InterviewSearch,
  page: PageRequest,
): Promise<Connection<Interview>> {
  const conditions: RawBuilder<unknown>[] = [
    ...(status ? [sql`t.status = ${status}`] : []),
    ...(tutorId ? [isId(tutorId) ? sql`t.tutor_id = ${tutorId}` : sql`false`] : []),
    ...(interviewerId ? [isId(interviewerId) ? sql`t.interviewer_id = ${interviewerId}` : sql`false`] : []),
    ...(from ? [sql`t.starts_at >= ${from}`] : []),
    ...(to ? [sql`t.starts_at < ${to}`] : []),
    sql`true`,
  ];
  return keysetPage(
    em,
    {
      entity: Interview,
      from: sql`from marketplace.interviews t where ${sql.join(conditions, sql` and `)}`,
      order: [
        { expression: sql`t.created_at`, type: 'timestamptz', direction: 'desc' },
        { expression: sql`t.id`, type: 'uuid', direction: 'desc' },
      ],
    },
    page,
  );
}
