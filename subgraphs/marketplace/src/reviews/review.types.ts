import { connectionOf } from '@tutorgraph/kit/graphql/connection';
import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { Directive, Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { ContentStateEnum } from '../moderation/moderation.enums.js';
import type { ContentState } from '../moderation/moderation.states.js';
import { type SignalKind, signalKinds } from './signals/stored-signal.js';

@Directive('@key(fields: "id")')
@ObjectType('Review', {
  simpleResolvers: true,
  description: 'What a student says of a tutor after a lesson; public once it is published.',
})
export class ReviewType {
  @Field(() => ID, { description: 'Identity of the review.' })
  declare id: string;

  @Field(() => Int, { description: 'Overall, from 1, bad, to 5, excellent.' })
  declare rating: number;

  @Field(() => Int, { nullable: true, description: 'How clearly things are explained, 1 to 5; null when not said.' })
  declare clarity: number | null;

  @Field(() => Int, { nullable: true, description: 'How well lessons are prepared, 1 to 5; null when not said.' })
  declare preparation: number | null;

  @Field(() => Int, { nullable: true, description: 'How well the student gets on, 1 to 5; null when not said.' })
  declare progress: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How safe the student feels with mistakes, 1 to 5; null when not said.',
  })
  declare reassurance: number | null;

  @Field(() => String, { nullable: true, description: 'In the words of the student.' })
  declare text: string | null;

  @Field(() => ContentStateEnum, {
    description: 'Others see it, and it counts, only while it is PUBLISHED; its author sees it always.',
  })
  declare state: ContentState;

  @Field(() => DateTime, { description: 'When it was written.' })
  declare createdAt: Date;

  @Field(() => DateTime, { description: 'When it last changed.' })
  declare updatedAt: Date;
}

export const ReviewConnection = connectionOf(ReviewType, 'Review');

@ObjectType('ReviewAnswer', { simpleResolvers: true, description: 'What the tutor answers to a review.' })
export class ReviewAnswerType {
  @Field(() => String, { description: 'In the words of the tutor.' })
  declare text: string;

  @Field(() => ContentStateEnum, {
    description: 'Others see it only while it is PUBLISHED; the tutor sees it always.',
  })
  declare state: ContentState;

  @Field(() => DateTime, { description: 'When it was written.' })
  declare createdAt: Date;

  @Field(() => DateTime, { description: 'When it last changed.' })
  declare updatedAt: Date;
}

const SignalKindEnum = enumOf(signalKinds);
registerEnumType(SignalKindEnum, {
  name: 'ReviewSignalKind',
  description: 'What can speak for a review that was not meant honestly.',
  valuesConfig: {
    SENTIMENT_MISMATCH: { description: 'The words say the opposite of the stars.' },
    BURST: { description: 'The tutor gets far more reviews at once than usual.' },
    SAME_NETWORK: { description: 'Other students reviewed this tutor from the same network.' },
    NEAR_DUPLICATE: { description: 'The text is nearly that of another review.' },
    ONE_SIDED: { description: 'The student praises one tutor only, or gives nothing but the worst.' },
    CLOSED_PAIR: { description: 'Nearly all lessons of the tutor are with this student.' },
  },
});

@ObjectType({ simpleResolvers: true, description: 'Something that speaks for a review that was not meant honestly.' })
export class ReviewSignal {
  @Field(() => SignalKindEnum, { description: 'What it is.' })
  declare kind: SignalKind;

  @Field(() => Float, { description: 'How strong it is, 0 to 1.' })
  declare score: number;

  @Field(() => String, { description: "The reason in the viewer's language; ready to be shown." })
  declare explanation: string;
}

@ObjectType({ simpleResolvers: true, description: 'How many reviews give one rating.' })
export class RatingCount {
  @Field(() => Int, { description: 'The rating, 1 to 5.' })
  declare rating: number;

  @Field(() => Int, { description: 'How many published reviews give it.' })
  declare count: number;
}

@ObjectType({ simpleResolvers: true, description: "What a tutor's published reviews add up to." })
export class ReviewSummary {
  @Field(() => Int, { description: 'How many there are.' })
  declare count: number;

  @Field(() => Float, { nullable: true, description: 'Mean rating, 1 to 5; null without reviews.' })
  declare rating: number | null;

  @Field(() => [RatingCount], { description: 'How many give each rating, from 5 down to 1; always all five.' })
  declare distribution: RatingCount[];

  @Field(() => Float, { nullable: true, description: 'Mean of what is said of clarity; null when nobody says.' })
  declare clarity: number | null;

  @Field(() => Float, { nullable: true, description: 'Mean of what is said of preparation; null when nobody says.' })
  declare preparation: number | null;

  @Field(() => Float, { nullable: true, description: 'Mean of what is said of progress; null when nobody says.' })
  declare progress: number | null;

  @Field(() => Float, { nullable: true, description: 'Mean of what is said of reassurance; null when nobody says.' })
  declare reassurance: number | null;
}
