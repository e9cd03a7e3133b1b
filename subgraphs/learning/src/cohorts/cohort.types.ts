import { connectionOf } from '@tutorgraph/kit/graphql/connection';
import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { CalendarDate } from '@tutorgraph/kit/graphql/scalars';
import { Directive, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { cohortOrders } from './cohort.rules.js';

/** @see cohortOrders */
export const CohortOrderEnum = enumOf(cohortOrders);
registerEnumType(CohortOrderEnum, {
  name: 'CohortOrder',
  description: 'In which order cohorts are listed.',
  valuesConfig: {
    STARTS_FIRST: { description: 'Those that begin earliest first.' },
    STARTS_LAST: { description: 'Those that begin latest first.' },
    NEWEST_FIRST: { description: 'Those that were made last first.' },
  },
});

@Directive('@key(fields: "id")')
@ObjectType('Cohort', {
  simpleResolvers: true,
  description: 'Students who go through a course together, with their curator.',
})
export class CohortType {
  @Field(() => ID, { description: 'Identity of the cohort.' })
  declare id: string;

  @Field(() => String, { description: 'What it is called.' })
  declare title: string;

  @Field(() => CalendarDate, { description: 'The day on which it begins, in UTC: its lessons are locked before.' })
  declare startsOn: string;

  @Field(() => Int, { nullable: true, description: 'How many may belong to it; null means any number.' })
  declare capacity: number | null;
}

export const CohortConnection = connectionOf(CohortType, 'Cohort');

@InputType({ description: 'Which cohorts; conditions add up.' })
export class CohortFilter {
  @Field(() => ID, { nullable: true, description: 'Only of this course.' })
  declare courseId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only those whose curator has this account.' })
  declare curatorId?: string | null;

  @Field(() => CalendarDate, { nullable: true, description: 'Only those that begin on this day or later.' })
  declare startsFrom?: Date | null;

  @Field(() => Boolean, { nullable: true, description: 'With true: only those that have a place left.' })
  declare hasSeats?: boolean | null;
}
