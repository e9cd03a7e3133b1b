import { Public } from '@tutorgraph/kit/graphql/access';
import { type Connection, ConnectionArguments } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Money } from '@tutorgraph/kit/graphql/money';
import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { Course, CourseVersion } from './course.entity.js';
import type { CourseOrder } from './course.rules.js';
import type { CourseService } from './course.service.js';
import { CourseConnection, CourseFilter, CourseOrderEnum, CourseType, CourseVersionType } from './course.types.js';

/** Courses in the graph. */
@Resolver(() => CourseType)
export class CourseResolver {
  constructor(private readonly service: CourseService) {}

  @FieldResolver(() => Money, { nullable: true, description: 'What it costs; null when it costs nothing.' })
  price(@Root() { priceMinor, currency }: Course): Money | null {
    return priceMinor && currency ? { amountMinor: priceMinor, currency } : null;
  }

  @FieldResolver(() => CourseVersionType, {
    nullable: true,
    description:
      'What it consists of for you: the version that you learn, otherwise the one that whoever enrols now gets. Null while none is published.',
  })
  version(@Root() { id }: Course, @Ctx() context: RequestContext): Promise<CourseVersion | null> {
    return this.service.learned(context, id);
  }

  @FieldResolver(() => CourseVersionType, {
    nullable: true,
    description: 'What authors work on; null when there is none, and for everybody else.',
  })
  draft(@Root() { id }: Course, @Ctx() context: RequestContext): Promise<CourseVersion | null> {
    return this.service.draft(context, id);
  }

  @FieldResolver(() => [CourseVersionType], {
    description: 'Every version, the newest first, for authors; empty for everybody else.',
  })
  versions(@Root() { id }: Course, @Ctx() context: RequestContext): Promise<CourseVersion[]> {
    return this.service.versions(context, id);
  }

  @Public()
  @Query(() => CourseConnection, {
    nullable: true,
    description: 'The catalogue: courses that are published; for authors those that are not, too.',
  })
  courses(
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Arg('filter', () => CourseFilter, { nullable: true, description: 'Which courses; all without it.' })
    filter: CourseFilter | null | undefined,
    @Arg('order', () => CourseOrderEnum, { nullable: true, description: 'In which order; NEWEST without it.' })
    order: CourseOrder | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Course>> {
    return this.service.list(context, filter, order ?? 'NEWEST', page);
  }

  @Public()
  @Query(() => CourseType, {
    nullable: true,
    description:
      'A course by its id or by its name in addresses: give one of the two. Null when there is none that you may see.',
  })
  course(
    @Arg('id', () => ID, { nullable: true, description: 'Identity of the course.' }) id: string | null | undefined,
    @Arg('slug', () => String, { nullable: true, description: 'Its name in addresses.' })
    slug: string | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Course | null> {
    return this.service.find(context, { id: id ?? null, slug: slug ?? null });
  }
}
