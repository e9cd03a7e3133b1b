import { connectionOf } from '@tutorgraph/kit/graphql/connection';
import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { Directive, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { type AssignmentStatus, assignmentStatuses } from './submission.rules.js';

/** @see assignmentStatuses */
export const HomeworkStatusEnum = enumOf(assignmentStatuses);
registerEnumType(HomeworkStatusEnum, {
  name: 'HomeworkStatus',
  description: 'Where homework stands for a student, or one version of what they made of it.',
  valuesConfig: {
    ASSIGNED: { description: 'It waits; nothing was written yet.' },
    DRAFT: { description: 'The student writes it; nobody else sees that text.' },
    SUBMITTED: { description: 'It was handed in and will be checked in a moment.' },
    AI_CHECKED: { description: 'The program was sure of what it found; a curator may still review it.' },
    NEEDS_REVIEW: { description: 'A curator has to look: the program was not sure, or cannot judge all of it.' },
    REVIEWED: { description: 'A curator has accepted it.' },
    RETURNED: { description: 'A curator wants it to be done better: the student makes the next version.' },
  },
});

/** In which order curators see their queue. */
export const queueOrders = ['SUBMITTED', 'DUE'] as const;
/** @see queueOrders */
export type QueueOrder = (typeof queueOrders)[number];
/** @see queueOrders */
export const HomeworkQueueOrderEnum = enumOf(queueOrders);
registerEnumType(HomeworkQueueOrderEnum, {
  name: 'HomeworkQueueOrder',
  description: 'In which order homework comes.',
  valuesConfig: {
    SUBMITTED: { description: 'What was handed in first comes first; without what never was.' },
    DUE: { description: 'What is due first comes first.' },
  },
});

@InputType({ description: 'Which homework of a student; all of it when nothing is said.' })
export class HomeworkFilter {
  @Field(() => [HomeworkStatusEnum], { nullable: true, description: 'Only what stands so.' })
  declare statuses?: AssignmentStatus[] | null;

  @Field(() => ID, { nullable: true, description: 'Only of this course.' })
  declare courseId?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'True: only what is due and waits for the student still; false: only what is not.',
  })
  declare overdue?: boolean | null;
}

@InputType({ description: 'Which homework of your students; what waits for a curator when no status is named.' })
export class HomeworkQueueFilter extends HomeworkFilter {
  @Field(() => ID, { nullable: true, description: 'Only of this cohort.' })
  declare cohortId?: string | null;
}

@Directive('@key(fields: "id")')
@ObjectType('HomeworkAssignment', {
  simpleResolvers: true,
  description:
    'Homework as it waits for one student. Seen by the student, the curator of their cohort in that course, and who may see all students.',
})
export class HomeworkAssignmentType {
  @Field(() => ID, { description: 'Identity of the assignment.' })
  declare id: string;

  @Field(() => HomeworkStatusEnum, { description: 'Where it stands.' })
  declare status: AssignmentStatus;

  @Field(() => DateTime, { description: 'Since when the student has it.' })
  declare assignedAt: Date;

  @Field(() => DateTime, { description: 'Until when it should be handed in, extensions included.' })
  declare dueAt: Date;

  @Field(() => DateTime, { nullable: true, description: 'When it was handed in last; null when it never was.' })
  declare submittedAt: Date | null;

  @Field(() => Boolean, { description: 'Was what was handed in last late?' })
  declare isLate: boolean;

  @Field(() => Int, {
    nullable: true,
    description:
      'Of what was handed in last: what a curator gave, else what the check was sure of; null when neither is there. Out of `homework.maxScore`.',
  })
  declare score: number | null;
}

export const HomeworkAssignmentConnection = connectionOf(HomeworkAssignmentType, 'HomeworkAssignment');

@ObjectType('HomeworkExtension', { simpleResolvers: true, description: 'More time that a curator gave.' })
export class HomeworkExtensionType {
  @Field(() => ID, { description: 'Identity of the extension.' })
  declare id: string;

  @Field(() => DateTime, { description: 'When it was due before.' })
  declare previousDueAt: Date;

  @Field(() => DateTime, { description: 'When it was due from then on.' })
  declare dueAt: Date;

  @Field(() => String, { description: 'Why.' })
  declare reason: string;

  @Field(() => DateTime, { description: 'When it was given.' })
  declare createdAt: Date;
}
