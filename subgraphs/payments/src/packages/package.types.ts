import { connectionOf } from '@tutorgraph/kit/graphql/connection';
import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { Directive, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { type PackageStatus, packageStatuses } from './package.rules.js';

const PackageStatusEnum = enumOf(packageStatuses);
registerEnumType(PackageStatusEnum, {
  name: 'LessonPackageStatus',
  description: 'Where a package of lessons stands.',
  valuesConfig: {
    PENDING: { description: 'It waits to be paid.' },
    ACTIVE: { description: 'Lessons can be booked from it.' },
    USED: { description: 'All of its lessons are booked.' },
    EXPIRED: { description: 'Its time is over.' },
    REFUNDED: { description: 'What was left of it was paid back.' },
    CANCELLED: { description: 'It was not paid.' },
  },
});

@Directive('@key(fields: "id")')
@ObjectType('LessonPackage', {
  simpleResolvers: true,
  description: 'Lessons with one tutor that were bought at once; book them by `packageId`.',
})
export class PackageType {
  @Field(() => ID, { description: 'Identity of the package.' })
  declare id: string;

  @Field(() => PackageStatusEnum, { description: 'Where it stands.' })
  declare status: PackageStatus;

  @Field(() => Int, { description: 'How many lessons were bought.' })
  declare lessons: number;

  @Field(() => Int, { description: 'How many minutes each of them takes.' })
  declare durationMinutes: number;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Until when lessons can be booked from it; null before it is paid.',
  })
  declare validUntil: Date | null;

  @Field(() => DateTime, { description: 'When it was ordered.' })
  declare createdAt: Date;
}

/** A page of packages. */
export const PackageConnection = connectionOf(PackageType, 'LessonPackage');
