import { Public, Requires } from '@tutorgraph/kit/graphql/access';
import { type Connection, ConnectionArguments } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Args, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Course } from '../courses/course.entity.js';
import { coursesById } from '../courses/course.repository.js';
import { CourseType } from '../courses/course.types.js';
import { LearningError } from '../errors.js';
import { UserReference } from '../people/user.types.js';
import { seesCurator, worksWith } from './cohort.access.js';
import type { Cohort } from './cohort.entity.js';
import { CreateCohortInput, CreateCohortPayload, UpdateCohortInput, UpdateCohortPayload } from './cohort.payloads.js';
import type { CohortOrder } from './cohort.rules.js';
import type { CohortService } from './cohort.service.js';
import { CohortConnection, CohortFilter, CohortOrderEnum, CohortType } from './cohort.types.js';

/** Cohorts, in the graph. */
@Resolver(() => CohortType)
export class CohortResolver {
  constructor(private readonly service: CohortService) {}

  @FieldResolver(() => CourseType, { description: 'The course that it goes through.' })
  course(@Root() { courseId }: Cohort, @Ctx() context: RequestContext): Promise<Course | null> {
    return context.loader(coursesById).load(courseId);
  }

  @FieldResolver(() => UserReference, {
    nullable: true,
    description: 'Its curator; null when it has none, and to whoever neither belongs to it nor is staff.',
  })
  async curator(@Root() cohort: Cohort, @Ctx() context: RequestContext): Promise<UserReference | null> {
    const { curatorId } = cohort;
    return curatorId && (await seesCurator(context, cohort)) ? { id: curatorId } : null;
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description: 'How many belong to it; null unless you are its curator or staff.',
  })
  memberCount(@Root() cohort: Cohort, @Ctx() context: RequestContext): number | null {
    return worksWith(context, cohort) ? (cohort.memberCount ?? 0) : null;
  }

  @FieldResolver(() => Int, { nullable: true, description: 'How many places are left; null means any number.' })
  seatsLeft(@Root() { capacity, memberCount }: Cohort): number | null {
    return typeof capacity === 'number' ? capacity - (memberCount ?? 0) : null;
  }

  @Public()
  @Query(() => CohortType, { nullable: true, description: 'A cohort by id; null when there is none that you may see.' })
  cohort(
    @Arg('id', () => ID, { description: 'Identity of the cohort.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<Cohort | null> {
    return this.service.find(context, id);
  }

  @Public()
  @Query(() => CohortConnection, {
    nullable: true,
    description:
      'Cohorts of courses in which one can enrol by oneself, your own ones, and those that you are the curator of; for staff all.',
  })
  cohorts(
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Arg('filter', () => CohortFilter, { nullable: true, description: 'Which cohorts; all without it.' })
    filter: CohortFilter | null | undefined,
    @Arg('order', () => CohortOrderEnum, { nullable: true, description: 'In which order; STARTS_FIRST without it.' })
    order: CohortOrder | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Cohort>> {
    return this.service.list(context, filter, order, page);
  }

  @Requires('learning.students.manage')
  @Mutation(() => CreateCohortPayload, { nullable: true, description: 'Makes a cohort of a course. For staff.' })
  createCohort(
    @Arg('input', () => CreateCohortInput, { description: 'The new cohort.' }) input: CreateCohortInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, LearningError, () => this.service.create(context, input));
  }

  @Requires('learning.students.manage')
  @Mutation(() => UpdateCohortPayload, { nullable: true, description: 'Changes a cohort. For staff.' })
  updateCohort(
    @Arg('input', () => UpdateCohortInput, { description: 'What to change.' }) input: UpdateCohortInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, LearningError, () => this.service.update(context, input));
  }
}
