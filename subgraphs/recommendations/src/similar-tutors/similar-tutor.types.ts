import { Field, Float, ID, ObjectType } from 'type-graphql';
import { TutorReference } from '../people/references.types.js';

@ObjectType('SimilarTutor', { simpleResolvers: true, description: 'A tutor who is like another.' })
class SimilarTutorType {
  @Field(() => TutorReference, { description: 'Who.' })
  declare tutor: TutorReference;

  @Field(() => Float, { description: 'How much they are alike, 0 to 100.' })
  declare score: number;
}

@ObjectType('SimilarTutors', { simpleResolvers: true, description: 'Tutors who are like another.' })
export class SimilarTutorsType {
  @Field(() => ID, { description: 'Names this list; send it with what you open of it, as `recordOpening` wants it.' })
  declare requestId: string;

  @Field(() => [SimilarTutorType], {
    description: 'Those who are most like the tutor first. Nobody can pay for a place.',
  })
  declare tutors: SimilarTutorType[];

  @Field(() => Boolean, {
    description:
      'Did something fail, so that the list is only a sensible one, made without texts or without lessons of others?',
  })
  declare degraded: boolean;
}
