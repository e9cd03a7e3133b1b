import { connectionOf } from '@tutorgraph/kit/graphql/connection';
import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { UserError } from '@tutorgraph/kit/graphql/user-error';
import { Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { TutorType } from '../tutors/tutor.types.js';

@ObjectType('SavedTutor', { simpleResolvers: true, description: 'A tutor whom you have saved.' })
export class SavedTutorType {
  @Field(() => ID, { description: 'Identity of this entry.' })
  declare id: string;

  @Field(() => DateTime, { description: 'When you saved the tutor.' })
  declare createdAt: Date;
}

export const SavedTutorConnection = connectionOf(SavedTutorType, 'SavedTutor');

/** Every expected failure around saved tutors. */
const favouriteErrorCodes = ['INVALID_INPUT', 'NOT_FOUND', 'TOO_MANY_SAVED'] as const;
/** @see favouriteErrorCodes */
export type FavouriteErrorCode = (typeof favouriteErrorCodes)[number];
const FavouriteErrorCodes = enumOf(favouriteErrorCodes);
registerEnumType(FavouriteErrorCodes, {
  name: 'FavouriteErrorCode',
  description: 'Expected failures around saved tutors.',
  valuesConfig: {
    INVALID_INPUT: { description: 'A field is not as it must be; see `field` and `message`.' },
    NOT_FOUND: { description: 'There is no such tutor whom you may see.' },
    TOO_MANY_SAVED: { description: 'You have saved 500 tutors: let one go first.' },
  },
});

@ObjectType({ implements: UserError, simpleResolvers: true, description: 'An expected failure around saved tutors.' })
export class FavouriteError extends UserError {
  @Field(() => FavouriteErrorCodes, { description: 'What kind of failure, for the program.' })
  declare code: FavouriteErrorCode;
}

@InputType({ description: 'Whom to save.' })
export class SaveTutorInput {
  @Field(() => ID, { description: 'Which tutor.' })
  declare tutorId: string;
}

@InputType({ description: 'Whom to let go.' })
export class UnsaveTutorInput {
  @Field(() => ID, { description: 'Which tutor.' })
  declare tutorId: string;
}

@ObjectType({ simpleResolvers: true, description: 'The tutor whom you have saved.' })
export class SaveTutorPayload {
  @Field(() => TutorType, { nullable: true, description: 'The tutor; null when it was refused.' })
  declare tutor?: TutorType | null;

  @Field(() => [FavouriteError], { description: 'What went wrong: NOT_FOUND, TOO_MANY_SAVED.' })
  declare userErrors: FavouriteError[];
}

@ObjectType({ simpleResolvers: true, description: 'The tutor whom you have let go.' })
export class UnsaveTutorPayload {
  @Field(() => TutorType, { nullable: true, description: 'The tutor; null when there is none whom you may see.' })
  declare tutor?: TutorType | null;

  @Field(() => [FavouriteError], { description: 'What went wrong: NOT_FOUND.' })
  declare userErrors: FavouriteError[];
}
