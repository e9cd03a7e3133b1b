import { connectionOf } from '@tutorgraph/kit/graphql/connection';
import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { type StudentSource, type StudentStatus, studentOrders } from './student.rules.js';
import { StudentSourceEnum, StudentStatusEnum, StudentType } from './student.types.js';

/** @see studentOrders */
export const StudentOrderEnum = enumOf(studentOrders);
registerEnumType(StudentOrderEnum, {
  name: 'StudentOrder',
  description: 'In which order students are listed.',
  valuesConfig: {
    NEWEST_FIRST: { description: 'Those who came last first.' },
    NAME: { description: 'By their names.' },
    ACTIVE_LAST: { description: 'Those who did something last first; who never did counts from when they came.' },
    INACTIVE_LONGEST: { description: 'Those who have done nothing for longest first.' },
  },
});

@ObjectType({ simpleResolvers: true, description: 'How many students there are of each status.' })
export class StudentStatusCounts {
  @Field(() => Int, { description: 'How many are ACTIVE.' })
  declare active: number;

  @Field(() => Int, { description: 'How many are AT_RISK.' })
  declare atRisk: number;

  @Field(() => Int, { description: 'How many are DROPPED.' })
  declare dropped: number;

  @Field(() => Int, { description: 'How many are COMPLETED.' })
  declare completed: number;
}

export const StudentConnection = connectionOf(StudentType, 'Student');

@InputType({ description: 'Which students; conditions add up.' })
export class StudentFilter {
  @Field(() => StudentStatusEnum, { nullable: true, description: 'Only those who stand so in the school.' })
  declare status?: StudentStatus | null;

  @Field(() => StudentSourceEnum, { nullable: true, description: 'Only those who came so.' })
  declare source?: StudentSource | null;

  @Field(() => ID, { nullable: true, description: 'Only those who are, or were, enrolled in this course.' })
  declare courseId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only those who belong, or belonged last, to this cohort.' })
  declare cohortId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only those in a cohort whose curator has this account.' })
  declare curatorId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Words, each somewhere in a name, an address or an id of the former system; 200 characters.',
  })
  declare text?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Only those who have done nothing for so many days, 0 to 3,650; since they came if they never did.',
  })
  declare inactiveDays?: number | null;

  @Field(() => Boolean, { nullable: true, description: 'Only those who have an account, or who have none yet.' })
  declare hasAccount?: boolean | null;
}
