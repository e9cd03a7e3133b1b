import { connectionOf } from '@tutorgraph/kit/graphql/connection';
import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { Directive, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { StudentSource } from '../students/student.rules.js';
import { StudentSourceEnum } from '../students/student.types.js';
import { type EnrollmentStatus, enrollmentStatuses } from './enrollment.rules.js';

const EnrollmentStatusEnum = enumOf(enrollmentStatuses);
registerEnumType(EnrollmentStatusEnum, {
  name: 'EnrollmentStatus',
  description: 'How somebody stands in a course.',
  valuesConfig: {
    ACTIVE: { description: 'They learn it.' },
    COMPLETED: { description: 'They have completed every lesson that must be, and may still look at all of them.' },
    DROPPED: { description: 'They have left it, or were taken out; what they did is kept for when they come back.' },
  },
});

@Directive('@key(fields: "id")')
@ObjectType('Enrollment', { simpleResolvers: true, description: 'A student in a course.' })
export class EnrollmentType {
  @Field(() => ID, { description: 'Identity of the enrolment.' })
  declare id: string;

  @Field(() => EnrollmentStatusEnum, { description: 'How the student stands in the course.' })
  declare status: EnrollmentStatus;

  @Field(() => StudentSourceEnum, { description: 'How they came into it.' })
  declare source: StudentSource;

  @Field(() => Int, { description: 'Share of the lessons that must be completed and are, rounded down, 0 to 100.' })
  declare percent: number;

  @Field(() => DateTime, { description: 'Since when they are enrolled.' })
  declare enrolledAt: Date;

  @Field(() => DateTime, { nullable: true, description: 'When they began their first lesson; null before.' })
  declare startedAt: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When they completed the course; null before.' })
  declare completedAt: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When they left it; null while they have not.' })
  declare droppedAt: Date | null;
}

export const EnrollmentConnection = connectionOf(EnrollmentType, 'Enrollment');
