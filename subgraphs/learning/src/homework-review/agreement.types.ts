import { Field, Float, Int, ObjectType } from 'type-graphql';

@ObjectType('HomeworkAgreement', {
  simpleResolvers: true,
  description: 'How well the check of homework agrees with curators, over what they reviewed in a period.',
})
export class HomeworkAgreementType {
  @Field(() => Int, { description: 'How many reviews there were of homework that the check had scored.' })
  declare reviews: number;

  @Field(() => Float, { nullable: true, description: 'Share of them within 5 points of 100; null without any.' })
  declare withinFive: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'By how many points of 100 they differ on average; null without any.',
  })
  declare meanDifference: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'Cohen’s kappa on passing: 1 is full agreement, 0 as much as by chance. Null without any, and where everybody always says the same.',
  })
  declare kappa: number | null;

  @Field(() => Int, { description: 'How many edits of the check curators let stand.' })
  declare keptEdits: number;

  @Field(() => Int, { description: 'How many they dismissed.' })
  declare dismissedEdits: number;
}
