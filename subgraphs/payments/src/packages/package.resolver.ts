import { SignedIn } from '@tutorgraph/kit/graphql/access';
import { type Connection, ConnectionArguments } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Money } from '@tutorgraph/kit/graphql/money';
import { Arg, Args, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { SubjectReference, TutorReference } from '../people/entities.types.js';
import { UserReference } from '../people/user.types.js';
import type { LessonPackage } from './package.entity.js';
import { lessonsLeft } from './package.rules.js';
import type { PackageService } from './package.service.js';
import { PackageConnection, PackageType } from './package.types.js';

/** Packages in the graph. */
@Resolver(() => PackageType)
export class PackageResolver {
  constructor(private readonly packages: PackageService) {}

  @FieldResolver(() => UserReference, { description: 'Who learns.' })
  student(@Root() { studentId }: LessonPackage): UserReference {
    return { id: studentId };
  }

  @FieldResolver(() => TutorReference, { description: 'Who teaches.' })
  tutor(@Root() { tutorId }: LessonPackage): TutorReference {
    return { id: tutorId };
  }

  @FieldResolver(() => SubjectReference, { description: 'What is taught.' })
  subject(@Root() { subjectId }: LessonPackage): SubjectReference {
    return { id: subjectId };
  }

  @FieldResolver(() => Money, { description: 'What it costs in all.' })
  amount(@Root() { amountMinor, currency }: LessonPackage): Money {
    return { amountMinor, currency };
  }

  @FieldResolver(() => Money, { description: 'Of that, what has not become lessons: its credit.' })
  credit(@Root() { creditMinor, currency }: LessonPackage): Money {
    return { amountMinor: creditMinor, currency };
  }

  @FieldResolver(() => Int, { description: 'How many lessons can still be booked, while it is ACTIVE.' })
  lessonsLeft(@Root() lessons: LessonPackage): number {
    return lessons.status === 'ACTIVE' ? lessonsLeft(lessons) : 0;
  }

  @SignedIn()
  @Query(() => PackageType, {
    nullable: true,
    description: 'A package by id; null when there is none that you may see.',
  })
  package(
    @Arg('id', () => ID, { description: 'Identity of the package.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<LessonPackage | null> {
    return this.packages.find(context, id);
  }

  @SignedIn()
  @Query(() => PackageConnection, { nullable: true, description: 'Your own packages of lessons, the newest first.' })
  myPackages(
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Ctx() context: RequestContext,
  ): Promise<Connection<LessonPackage>> {
    return this.packages.own(context, page);
  }
}
