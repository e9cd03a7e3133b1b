import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { Directive, Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { type StudentSource, type StudentStatus, studentSources, studentStatuses } from './student.rules.js';

/** @see studentStatuses */
export const StudentStatusEnum = enumOf(studentStatuses);
registerEnumType(StudentStatusEnum, {
  name: 'StudentStatus',
  description: 'How somebody stands in the school.',
  valuesConfig: {
    ACTIVE: { description: 'They learn, or can begin to.' },
    AT_RISK: { description: 'They learn, and are in danger of giving up a course.' },
    DROPPED: { description: 'They have left every course that they had not completed.' },
    COMPLETED: { description: 'They have completed every course that they were enrolled in.' },
  },
});

/** @see studentSources */
export const StudentSourceEnum = enumOf(studentSources);
registerEnumType(StudentSourceEnum, {
  name: 'StudentSource',
  description: 'How somebody came into the school, or into a course.',
  valuesConfig: {
    SELF: { description: 'By themselves.' },
    STAFF: { description: 'Staff added them.' },
    PAYMENT: { description: 'They paid for a course.' },
    IMPORT: { description: 'They came from another system.' },
  },
});

@Directive('@key(fields: "id")')
@ObjectType('Student', {
  simpleResolvers: true,
  description: 'Somebody who learns in the school; they need not have an account yet.',
})
export class StudentType {
  @Field(() => ID, { description: 'Identity of the student, which is not that of their account.' })
  declare id: string;

  @Field(() => String, { nullable: true, description: 'What the school calls them; null when staff never said.' })
  declare name: string | null;

  @Field(() => StudentStatusEnum, { description: 'How they stand in the school.' })
  declare status: StudentStatus;

  @Field(() => StudentSourceEnum, { description: 'How they came.' })
  declare source: StudentSource;

  @Field(() => DateTime, { nullable: true, description: 'When they last did something; null when they never did.' })
  declare lastActiveAt: Date | null;

  @Field(() => DateTime, { description: 'Since when they belong to the school.' })
  declare createdAt: Date;
}
