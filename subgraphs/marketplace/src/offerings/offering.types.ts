import { MoneyInput } from '@tutorgraph/kit/graphql/money';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import type { Level } from '../lessons/lesson.rules.js';
import { LevelEnum } from '../lessons/lesson.types.js';
import { TutorError } from '../tutors/tutor.payloads.js';
import { TutorType } from '../tutors/tutor.types.js';

@ObjectType('TutorOffering', { simpleResolvers: true, description: 'One subject that a tutor teaches.' })
export class OfferingType {
  @Field(() => ID, { description: 'Identity of the offering.' })
  declare id: string;

  @Field(() => [LevelEnum], { description: 'Whom the tutor teaches it.' })
  declare levels: Level[];
}

@InputType({ description: 'A subject that you teach.' })
export class AddOfferingInput {
  @Field(() => ID, { description: 'Which subject; each at most once.' })
  declare subjectId: string;

  @Field(() => [LevelEnum], { description: 'Whom you teach it, at least one.' })
  declare levels: Level[];

  @Field(() => MoneyInput, { description: "What an hour costs, in your profile's currency." })
  declare hourlyRate: MoneyInput;
}

@InputType({ description: 'What to change in an offering; what is left out stays.' })
export class UpdateOfferingInput {
  @Field(() => ID, { description: 'Which offering of yours.' })
  declare offeringId: string;

  @Field(() => [LevelEnum], { nullable: true, description: 'Whom you teach it, at least one.' })
  declare levels?: Level[] | null;

  @Field(() => MoneyInput, { nullable: true, description: "What an hour costs, in your profile's currency." })
  declare hourlyRate?: MoneyInput | null;
}

@InputType({ description: 'Which subject you give up.' })
export class WithdrawOfferingInput {
  @Field(() => ID, { description: 'Which offering of yours.' })
  declare offeringId: string;
}

@ObjectType({ simpleResolvers: true, description: 'What you offer in addition.' })
export class AddOfferingPayload {
  @Field(() => OfferingType, { nullable: true, description: 'The offering; null when it was refused.' })
  declare offering?: OfferingType | null;

  @Field(() => TutorType, { nullable: true, description: 'Your profile; null when the offering was refused.' })
  declare tutor?: TutorType | null;

  @Field(() => [TutorError], {
    description:
      'What has to be corrected: INVALID_INPUT, NOT_FOUND, PROFILE_REQUIRED, SUBJECT_ARCHIVED, CURRENCY_MISMATCH, ALREADY_OFFERED, TOO_MANY_OFFERINGS.',
  })
  declare userErrors: TutorError[];
}

@ObjectType({ simpleResolvers: true, description: 'The offering after the change.' })
export class UpdateOfferingPayload {
  @Field(() => OfferingType, { nullable: true, description: 'The offering; null when the change was refused.' })
  declare offering?: OfferingType | null;

  @Field(() => TutorType, { nullable: true, description: 'Your profile; null when the change was refused.' })
  declare tutor?: TutorType | null;

  @Field(() => [TutorError], {
    description: 'What has to be corrected: INVALID_INPUT, NOT_FOUND, PROFILE_REQUIRED, CURRENCY_MISMATCH.',
  })
  declare userErrors: TutorError[];
}

@ObjectType({ simpleResolvers: true, description: 'Your profile without the offering.' })
export class WithdrawOfferingPayload {
  @Field(() => TutorType, { nullable: true, description: 'Your profile; null when nothing was withdrawn.' })
  declare tutor?: TutorType | null;

  @Field(() => [TutorError], { description: 'What went wrong: INVALID_INPUT, NOT_FOUND, PROFILE_REQUIRED.' })
  declare userErrors: TutorError[];
}
