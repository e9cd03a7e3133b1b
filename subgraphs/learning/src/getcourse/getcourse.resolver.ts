import { Requires } from '@tutorgraph/kit/graphql/access';
import { type Connection, ConnectionArguments } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Cost } from '@tutorgraph/kit/graphql/cost';
import { Limited } from '@tutorgraph/kit/graphql/limited';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Course } from '../courses/course.entity.js';
import { coursesById } from '../courses/course.repository.js';
import { CourseType } from '../courses/course.types.js';
import { LearningError } from '../errors.js';
import { UserReference } from '../people/user.types.js';
import type { GetCourseChange, GetCourseExchange, GetCourseLink } from './getcourse.entity.js';
import type { GetCourseService } from './getcourse.service.js';
import {
  GetCourseChangeConnection,
  GetCourseExchangeConnection,
  GetCourseExchangeType,
  GetCourseGroup,
  GetCourseLinkType,
  LinkGetCourseGroupInput,
  LinkGetCourseGroupPayload,
  StartGetCourseExchangeInput,
  StartGetCourseExchangePayload,
  UnlinkGetCourseGroupInput,
  UnlinkGetCourseGroupPayload,
} from './getcourse.types.js';

/** Groups at GetCourse and the courses that they learn, in the graph. */
@Resolver(() => GetCourseLinkType)
export class GetCourseResolver {
  constructor(readonly service: GetCourseService) {}

  @FieldResolver(() => CourseType, { nullable: true, description: 'The course that its users learn.' })
  course(@Root() { courseId }: GetCourseLink, @Ctx() context: RequestContext): Promise<Course | null> {
    return context.loader(coursesById).load(courseId);
  }

  @Requires('learning.imports.manage')
  @Limited({ viewer: { points: 10, seconds: 600 } })
  @Cost(50)
  @Query(() => [GetCourseGroup], {
    nullable: true,
    description:
      'Groups of the account at GetCourse, asked for now; null when it does not answer or is not configured.',
  })
  getCourseGroups(): Promise<GetCourseGroup[] | null> {
    return this.service.groups();
  }

  @Requires('learning.imports.manage')
  @Query(() => [GetCourseLinkType], {
    nullable: true,
    description: 'Which groups at GetCourse learn which courses, the oldest first.',
  })
  getCourseLinks(@Ctx() context: RequestContext): Promise<GetCourseLink[]> {
    return this.service.links(context);
  }

  @Requires('learning.imports.manage')
  @Mutation(() => LinkGetCourseGroupPayload, {
    nullable: true,
    description:
      'Has the users of a group at GetCourse learn a course here; for a group that does already it changes how.',
  })
  linkGetCourseGroup(
    @Arg('input', () => LinkGetCourseGroupInput, { description: 'Which group, and which course.' })
    input: LinkGetCourseGroupInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, LearningError, () => this.service.link(context, input));
  }

  @Requires('learning.imports.manage')
  @Mutation(() => UnlinkGetCourseGroupPayload, {
    nullable: true,
    description: 'Ends that a group at GetCourse learns a course here; who was enrolled by it stays.',
  })
  unlinkGetCourseGroup(
    @Arg('input', () => UnlinkGetCourseGroupInput, { description: 'Which link.' }) {
      linkId,
    }: UnlinkGetCourseGroupInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, LearningError, () => this.service.unlink(context, linkId));
  }
}

/** Exchanges with GetCourse, in the graph. */
@Resolver(() => GetCourseExchangeType)
export class GetCourseExchangeResolver {
  constructor(readonly service: GetCourseService) {}

  @FieldResolver(() => UserReference, { nullable: true, description: 'Who asked for it; null for the nightly one.' })
  startedBy(@Root() { startedBy }: GetCourseExchange): UserReference | null {
    return startedBy ? { id: startedBy } : null;
  }

  @FieldResolver(() => GetCourseChangeConnection, {
    description: 'What it changed, in order; of a dry run, would change.',
  })
  changes(
    @Root() { id }: GetCourseExchange,
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Ctx() context: RequestContext,
  ): Promise<Connection<GetCourseChange>> {
    return this.service.changes(context, id, page);
  }

  @Requires('learning.imports.manage')
  @Query(() => GetCourseExchangeType, {
    nullable: true,
    description: 'An exchange with GetCourse by id; null when there is none.',
  })
  getCourseExchange(
    @Arg('id', () => ID, { description: 'Identity of the exchange.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<GetCourseExchange | null> {
    return this.service.exchange(context, id);
  }

  @Requires('learning.imports.manage')
  @Query(() => GetCourseExchangeConnection, {
    nullable: true,
    description: 'Exchanges with GetCourse, the newest first.',
  })
  getCourseExchanges(
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Ctx() context: RequestContext,
  ): Promise<Connection<GetCourseExchange>> {
    return this.service.exchanges(context, page);
  }

  @Requires('learning.imports.manage')
  @Mutation(() => StartGetCourseExchangePayload, {
    nullable: true,
    description:
      'Begins to fetch students of linked groups and their progress; every night this is done by itself. Nothing is ever taken back here.',
  })
  startGetCourseExchange(
    @Arg('input', () => StartGetCourseExchangeInput, { description: 'How.' }) input: StartGetCourseExchangeInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, LearningError, () => this.service.start(context, input));
  }
}
