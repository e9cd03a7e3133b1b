import { connectionOf } from '@tutorgraph/kit/graphql/connection';
import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { LearningError } from '../errors.js';
import { type HandOverStatus, handOverStatuses } from './hand-over.rules.js';

/** @see handOverStatuses */
export const HandOverStatusEnum = enumOf(handOverStatuses);
registerEnumType(HandOverStatusEnum, {
  name: 'HandOverStatus',
  description: 'Where a question stands that was handed over to a curator.',
  valuesConfig: {
    OPEN: { description: 'Nobody has taken it.' },
    TAKEN: { description: 'A curator sees to it.' },
    CLOSED: { description: 'It is settled.' },
  },
});

@ObjectType('HandOver', { simpleResolvers: true, description: 'A conversation that waits for a curator, or did.' })
export class HandOverType {
  @Field(() => ID, { description: 'Identity of the hand-over.' })
  declare id: string;

  @Field(() => HandOverStatusEnum, { description: 'Where it stands.' })
  declare status: HandOverStatus;

  @Field(() => String, { nullable: true, description: 'What the student added.' })
  declare note: string | null;

  @Field(() => DateTime, { description: 'When it was handed over.' })
  declare createdAt: Date;

  @Field(() => DateTime, { nullable: true, description: 'When a curator took it; null until then.' })
  declare takenAt: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was settled; null until then.' })
  declare closedAt: Date | null;
}

export const HandOverConnection = connectionOf(HandOverType, 'HandOver');

@InputType({ description: 'Which hand-overs; conditions add up.' })
export class HandOverFilter {
  @Field(() => [HandOverStatusEnum], {
    nullable: true,
    description: 'Only those that stand so; without it those that are not settled.',
  })
  declare statuses?: HandOverStatus[] | null;

  @Field(() => Boolean, { nullable: true, description: 'True: only those that you have taken.' })
  declare mine?: boolean | null;
}

@InputType({ description: 'Which conversation a curator is to look at.' })
export class HandOverToCuratorInput {
  @Field(() => ID, { description: 'Your conversation.' })
  declare sessionId: string;

  @Field(() => String, { nullable: true, description: 'What you want to add, at most 1,000 characters.' })
  declare note?: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'Your hand-over.' })
export class HandOverToCuratorPayload {
  @Field(() => HandOverType, {
    nullable: true,
    description: 'The hand-over, or the one that is open already; null when it was refused.',
  })
  declare handOver?: HandOverType | null;

  @Field(() => [LearningError], { description: 'What went wrong: INVALID_INPUT, NOT_FOUND.' })
  declare userErrors: LearningError[];
}

@InputType({ description: 'Which hand-over you see to.' })
export class TakeHandOverInput {
  @Field(() => ID, { description: 'Identity of the hand-over.' })
  declare handOverId: string;
}

@ObjectType({ simpleResolvers: true, description: 'The hand-over, taken.' })
export class TakeHandOverPayload {
  @Field(() => HandOverType, { nullable: true, description: 'The hand-over; null when it was refused.' })
  declare handOver?: HandOverType | null;

  @Field(() => [LearningError], { description: 'What went wrong: NOT_FOUND, HAND_OVER_CLOSED, HAND_OVER_TAKEN.' })
  declare userErrors: LearningError[];
}

@InputType({ description: 'How you settle a hand-over.' })
export class CloseHandOverInput {
  @Field(() => ID, { description: 'Identity of the hand-over.' })
  declare handOverId: string;

  @Field(() => String, {
    nullable: true,
    description: 'What you answer; it goes into the conversation. At most 8,000 characters.',
  })
  declare answer?: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'The hand-over, settled.' })
export class CloseHandOverPayload {
  @Field(() => HandOverType, { nullable: true, description: 'The hand-over; null when it was refused.' })
  declare handOver?: HandOverType | null;

  @Field(() => [LearningError], {
    description: 'What went wrong: INVALID_INPUT, NOT_FOUND, HAND_OVER_CLOSED, HAND_OVER_TAKEN.',
  })
  declare userErrors: LearningError[];
}
