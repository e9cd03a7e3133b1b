import { Field, ObjectType } from 'type-graphql';
import { ContentStateEnum } from './moderation.enums.js';
import type { ContentState } from './moderation.states.js';

@ObjectType({
  simpleResolvers: true,
  description: 'Texts that a tutor wants in the profile and others do not see; they see what was accepted before.',
})
export class HeldProfileTexts {
  @Field(() => ContentStateEnum, { description: 'IN_REVIEW until staff decides, or REJECTED.' })
  declare state: ContentState;

  @Field(() => String, { nullable: true, description: 'The headline; null when none is kept back.' })
  declare headline: string | null;

  @Field(() => String, { nullable: true, description: 'The biography; null when none is kept back.' })
  declare biography: string | null;

  @Field(() => String, { nullable: true, description: 'The education; null when none is kept back.' })
  declare education: string | null;
}
