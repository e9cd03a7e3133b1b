import { recordStaffAction } from '@tutorgraph/kit/audit/staff-audit';
import { isId, newId } from '@tutorgraph/kit/database/id';
import { transaction, violatedConstraint } from '@tutorgraph/kit/database/transaction';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import { enqueue } from '@tutorgraph/kit/jobs/jobs';
import { OutsideError } from '@tutorgraph/kit/outside/outside-error';
import type { PageRequest } from '@tutorgraph/kit/pagination/keyset';
import { Cohort } from '../cohorts/cohort.entity.js';
import { Course } from '../courses/course.entity.js';
import type { LearningErrorCode } from '../errors.js';
import { changesOfExchanges, findExchange, listExchanges } from './exchange.repository.js';
import type { ExchangeStudentsJob } from './exchange-students.job.js';
import { type GetCourseChange, GetCourseExchange, GetCourseLink } from './getcourse.entity.js';
import { linking } from './getcourse.inputs.js';
import type { GetCourseClient } from './getcourse-client.js';

/** The school's exchange with GetCourse, for staff. */
export class GetCourseService {
  /** @param client undefined without settings */
  constructor(
    private readonly client: GetCourseClient | undefined,
    private readonly job: ExchangeStudentsJob,
  ) {}

  /** Groups of the account, asked for now; null when GetCourse does not answer or is not configured. */
  async groups(): Promise<{ id: string; name: string }[] | null> {
    try {
      return (await this.client?.groups()) ?? null;
    } catch (error) {
      if (error instanceof OutsideError) return null;
      throw error;
    }
  }

  /** Which groups learn which courses, the oldest first. */
  links(context: RequestContext): Promise<GetCourseLink[]> {
    return context.em.find(GetCourseLink, {}, { orderBy: { createdAt: 'asc', id: 'asc' } });
  }

  exchange(context: RequestContext, id: string): Promise<GetCourseExchange | null> {
    return findExchange(context.em, id);
  }

  exchanges(context: RequestContext, page: PageRequest): Promise<Connection<GetCourseExchange>> {
    return listExchanges(context.em, page);
  }

  changes(context: RequestContext, exchangeId: string, page: PageRequest): Promise<Connection<GetCourseChange>> {
    return context.loader(changesOfExchanges).load({ parent: exchangeId, page });
  }

  /** Has a group learn a course; again it changes how. @throws Refusal INVALID_INPUT, NOT_FOUND */
  async link(context: RequestContext, input: unknown): Promise<{ link: GetCourseLink }> {
    const { groupId, courseId, ...how } = accept(linking, input, context.locale);
    return transaction(context.em, async (tx) => {
      const course = isId(courseId) && (await tx.count(Course, { id: courseId })) > 0;
      if (!course) throw new Refusal<LearningErrorCode>('NOT_FOUND', ['input', 'courseId']);
      const { cohortId } = how;
      const cohort = cohortId === null || (isId(cohortId) && (await tx.count(Cohort, { id: cohortId, courseId })) > 0);
      if (!cohort) throw new Refusal<LearningErrorCode>('NOT_FOUND', ['input', 'cohortId']);
      const link =
        (await tx.findOne(GetCourseLink, { groupId, courseId })) ??
        tx.create(GetCourseLink, { id: newId(), groupId, courseId, createdAt: new Date(), ...how });
      Object.assign(link, how);
      await tx.flush();
      const action = 'learning.getcourse-link.set';
      recordStaffAction(tx, context, { action, resource: 'GetCourseLink', resourceId: link.id });
      return { link };
    });
  }

  /** Ends it; who was enrolled by it stays. @throws Refusal NOT_FOUND */
  async unlink(context: RequestContext, linkId: string): Promise<{ linkId: string }> {
    return transaction(context.em, async (tx) => {
      const removed = isId(linkId) ? await tx.nativeDelete(GetCourseLink, { id: linkId }) : 0;
      if (removed === 0) throw new Refusal<LearningErrorCode>('NOT_FOUND', ['input', 'linkId']);
      const action = 'learning.getcourse-link.remove';
      recordStaffAction(tx, context, { action, resource: 'GetCourseLink', resourceId: linkId });
      return { linkId };
    });
  }

  /** Begins to fetch. @throws Refusal GETCOURSE_NOT_CONFIGURED, EXCHANGE_RUNNING */
  async start(context: RequestContext, { dryRun }: { dryRun: boolean }): Promise<{ exchange: GetCourseExchange }> {
    if (!this.client) throw new Refusal<LearningErrorCode>('GETCOURSE_NOT_CONFIGURED');
    try {
      return await transaction(context.em, async (tx) => {
        const exchange = tx.create(GetCourseExchange, newExchange(dryRun, context.user.userId));
        await tx.flush();
        await enqueue(tx, this.job, { exchangeId: exchange.id });
        const action = 'learning.getcourse-exchange.start';
        recordStaffAction(tx, context, { action, resource: 'GetCourseExchange', resourceId: exchange.id });
        return { exchange };
      });
    } catch (error) {
      if (violatedConstraint(error) !== 'getcourse_exchanges_one_at_once') throw error;
      throw new Refusal<LearningErrorCode>('EXCHANGE_RUNNING');
    }
  }
}

/** An exchange that has not begun. */
export function newExchange(isDryRun: boolean, startedBy: string | null) {
  const state = { status: 'QUEUED', exports: {}, changeCount: 0, failure: null, finishedAt: null } as const;
  return { id: newId(), isDryRun, startedBy, createdAt: new Date(), ...state };
}
