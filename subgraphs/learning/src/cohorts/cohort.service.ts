import type { EntityManager } from '@mikro-orm/postgresql';
import { recordStaffAction } from '@tutorgraph/kit/audit/staff-audit';
import { isId, newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import { once } from '@tutorgraph/kit/idempotency/idempotency';
import type { PageRequest } from '@tutorgraph/kit/pagination/keyset';
import { refusing } from '../constraints.js';
import { Course } from '../courses/course.entity.js';
import type { LearningErrorCode } from '../errors.js';
import { cohortChanged } from '../events.js';
import type { Accounts } from '../people/accounts.js';
import { seenCohort, visibleCohorts } from './cohort.access.js';
import { Cohort } from './cohort.entity.js';
import { cohortChange, newCohort } from './cohort.inputs.js';
import { type CohortSearch, findCohorts, lockCohort } from './cohort.repository.js';
import { type CohortOrder, cohortFields } from './cohort.rules.js';

/** Students who go through a course together. */
export class CohortService {
  constructor(private readonly accounts: Accounts) {}

  /** A cohort that the viewer may see. */
  find(context: RequestContext, id: string): Promise<Cohort | null> {
    return seenCohort(context, id);
  }

  /** A page of the cohorts that the viewer may see. */
  list(
    context: RequestContext,
    search: CohortSearch | null | undefined,
    order: CohortOrder | null | undefined,
    page: PageRequest,
  ): Promise<Connection<Cohort>> {
    return findCohorts(context.em, visibleCohorts(context), search ?? {}, order ?? 'STARTS_FIRST', page);
  }

  /** @throws Refusal INVALID_INPUT, NOT_FOUND, NOT_A_CURATOR, IDEMPOTENCY_KEY_REUSED */
  async create(context: RequestContext, input: unknown): Promise<{ cohort: Cohort }> {
    const { idempotencyKey: key, ...wanted } = accept(newCohort, input, context.locale);
    await this.requireCurator(wanted.curatorId);
    const call = { viewerId: context.user.userId, mutation: 'createCohort', key, input: wanted };
    return transaction(context.em, (tx) =>
      once<{ cohort: Cohort }, { id: string }>(tx, call, {
        work: async () => {
          const course = isId(wanted.courseId) ? await tx.findOne(Course, { id: wanted.courseId }) : null;
          if (!course) throw new Refusal<LearningErrorCode>('NOT_FOUND', ['input', 'courseId']);
          const now = new Date();
          const cohort = tx.create(Cohort, {
            id: newId(),
            ...wanted,
            curatorId: wanted.curatorId ?? null,
            capacity: wanted.capacity ?? null,
            createdAt: now,
            updatedAt: now,
          });
          audit(tx, context, 'learning.cohort.create', cohort, []);
          tell(tx, cohort, cohortFields);
          return { cohort };
        },
        reference: ({ cohort: { id } }) => ({ id }),
        recall: async ({ id }) => ({ cohort: await tx.findOneOrFail(Cohort, { id }) }),
      }),
    );
  }

  /** @throws Refusal INVALID_INPUT, NOT_FOUND, NOT_A_CURATOR, CAPACITY_TOO_SMALL, which the database decides */
  async update(context: RequestContext, input: unknown): Promise<{ cohort: Cohort }> {
    const { cohortId, ...change } = accept(cohortChange, input, context.locale);
    await this.requireCurator(change.curatorId);
    return refusing({ cohorts_seats_check: ['CAPACITY_TOO_SMALL', 'capacity'] }, () =>
      transaction(context.em, async (tx) => {
        const cohort = await lockCohort(tx, cohortId);
        if (!cohort) throw new Refusal<LearningErrorCode>('NOT_FOUND', ['input', 'cohortId']);
        const { title, curatorId = null } = cohort;
        cohort.title = change.title ?? cohort.title;
        cohort.startsOn = change.startsOn ?? cohort.startsOn;
        if (change.curatorId !== undefined) cohort.curatorId = change.curatorId;
        if (change.capacity !== undefined) cohort.capacity = change.capacity;
        cohort.updatedAt = new Date();
        const fields = Object.entries(change).flatMap(([field, value]) => (value === undefined ? [] : [field]));
        audit(tx, context, 'learning.cohort.update', cohort, fields);
        const changed = { title: cohort.title !== title, curator: (cohort.curatorId ?? null) !== curatorId };
        tell(
          tx,
          cohort,
          cohortFields.filter((field) => changed[field]),
        );
        return { cohort };
      }),
    );
  }

  private async requireCurator(userId: string | null | undefined): Promise<void> {
    if (!userId || (await this.accounts.isStaff(userId))) return;
    throw new Refusal<LearningErrorCode>('NOT_A_CURATOR', ['input', 'curatorId']);
  }
}

function tell(tx: EntityManager, cohort: Cohort, fields: readonly (typeof cohortFields)[number][]): void {
  if (fields.length === 0) return;
  const { id: subject, courseId, curatorId = null } = cohort;
  recordEvent(tx, cohortChanged.create({ subject, data: { courseId, curatorId, fields: [...fields] } }));
}

function audit(
  tx: EntityManager,
  context: RequestContext,
  action: 'learning.cohort.create' | 'learning.cohort.update',
  { id }: Cohort,
  fields: readonly string[],
): void {
  recordStaffAction(tx, context, { action, resource: 'Cohort', resourceId: id, fields });
}
