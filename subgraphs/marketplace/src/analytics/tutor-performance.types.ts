import { Money } from '@tutorgraph/kit/graphql/money';
import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { Field, Float, Int, ObjectType } from 'type-graphql';

@ObjectType({
  simpleResolvers: true,
  description: 'How much a subject that a tutor teaches is looked for.',
})
export class SubjectDemand {
  /** The subject is looked up by the field of the same name. */
  declare subjectId: string;

  @Field(() => Int, { description: 'Orders for it that were posted within the span.' })
  declare newOrders: number;

  @Field(() => Int, { description: 'Orders for it that tutors may apply to now.' })
  declare openOrders: number;

  @Field(() => Int, { description: 'Tutors who want to be found and offer it now, this one included.' })
  declare tutors: number;
}

@ObjectType({
  simpleResolvers: true,
  description: 'How a tutor did in a span of time; for the tutor and staff.',
})
export class TutorPerformance {
  /** The tutor is looked up by the field of the same name. */
  declare tutorId: string;

  @Field(() => DateTime, { description: 'Beginning of the span, inclusive.' })
  declare from: Date;

  @Field(() => DateTime, { description: 'End of the span, exclusive.' })
  declare to: Date;

  @Field(() => Int, { description: 'Lessons that were completed within the span, trials included.' })
  declare completedLessons: number;

  @Field(() => Int, { description: 'Minutes of those lessons.' })
  declare taughtMinutes: number;

  @Field(() => Int, { description: 'Trial lessons among them.' })
  declare trialLessons: number;

  @Field(() => Int, { description: 'Lessons that the tutor cancelled within the span.' })
  declare cancelledLessons: number;

  @Field(() => Int, { description: 'Lessons of the span from which the tutor was absent.' })
  declare missedLessons: number;

  @Field(() => Int, { description: 'Students with a completed lesson within the span.' })
  declare students: number;

  @Field(() => Int, { description: 'Those of them whose first lesson with this tutor it was.' })
  declare newStudents: number;

  @Field(() => Float, {
    nullable: true,
    description:
      'Of the students who had a lesson in the equally long span before, the share, 0 to 1, that had one in this span too; null when there were none.',
  })
  declare studentRetention: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Mean rating, 1 to 5, of the reviews written within the span; null without any.',
  })
  declare averageRating: number | null;

  @Field(() => Int, { description: 'Reviews written within the span.' })
  declare reviews: number;

  @Field(() => [Money], {
    description:
      "The tutor's share of the lessons completed within the span, after the platform's commission, by currency; what was paid out is in payments.",
  })
  declare earnings: Money[];

  @Field(() => Float, {
    nullable: true,
    description:
      "The tutor's share of what those lessons cost, 0 to 1, weighted by amount; null when they cost nothing.",
  })
  declare earningsShare: number | null;

  @Field(() => Int, { description: 'Applications sent within the span.' })
  declare applications: number;

  @Field(() => Int, { description: 'Those of them that were chosen by now.' })
  declare chosenApplications: number;

  @Field(() => Float, {
    nullable: true,
    description:
      'Median time from an order being posted to the application of this tutor, in minutes, of the applications sent within the span; null without any.',
  })
  declare medianResponseMinutes: number | null;

  @Field(() => [SubjectDemand], {
    description: 'How much the subjects that the tutor offers are looked for, the most wanted first.',
  })
  declare demand: SubjectDemand[];
}
