import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { Directive, Field, Float, ID, Int, ObjectType } from 'type-graphql';

@Directive('@key(fields: "id")')
@ObjectType('Dashboard', {
  simpleResolvers: true,
  description: 'What waits for the signed-in person, from every part of the platform; nobody sees that of another.',
})
export class Dashboard {
  @Field(() => ID, { description: 'Identity of the dashboard: that of its account.' })
  declare id: string;

  @Field(() => Int, {
    nullable: true,
    description: 'Your orders for which tutors may still apply; null unless you may post orders.',
  })
  declare openOrders: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Applications to your open orders that you have not decided on; null unless you may post orders.',
  })
  declare applicationsToDecide: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Your applications that wait for an answer; null unless you may apply to orders.',
  })
  declare pendingApplications: number | null;

  @Field(() => Int, { description: 'Agreed lessons of yours, as student or tutor, that have no time yet.' })
  declare bookingsToSchedule: number;

  @Field(() => Int, { description: 'Bookings of yours that lose their time unless you pay them soon.' })
  declare bookingsToPay: number;

  @Field(() => Int, { description: 'Confirmed lessons that are to come, as student or tutor.' })
  declare upcomingLessons: number;
}

@Directive('@key(fields: "from to")')
@ObjectType('PlatformMetrics', {
  simpleResolvers: true,
  description: 'Figures of the platform in a span of time, from every part of it; for staff.',
})
export class PlatformMetrics {
  @Field(() => DateTime, { description: 'Beginning of the span, inclusive.' })
  declare from: Date;

  @Field(() => DateTime, { description: 'End of the span, exclusive.' })
  declare to: Date;

  @Field(() => Int, { nullable: true, description: 'Orders posted within the span; null unless you may see them.' })
  declare newOrders: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Applications sent within the span; null unless you may see them.',
  })
  declare newApplications: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Applications chosen within the span: an order found its tutor; null unless you may see them.',
  })
  declare successfulMatches: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'Median time from an order posted within the span to its first application, in minutes; orders that nobody applied to do not count; null without any.',
  })
  declare medianMinutesToFirstApplication: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'Share, 0 to 1, of the orders posted within the span that have led to a completed lesson by now; null without orders.',
  })
  declare conversionToTrial: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'Of the students and tutors whose first lesson together was completed within the span, the share, 0 to 1, that have had a regular lesson since; null without any.',
  })
  declare conversionToRegular: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Lessons completed within the span; null unless you may see them.',
  })
  declare completedLessons: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Lessons cancelled within the span; null unless you may see them.',
  })
  declare cancelledLessons: number | null;

  @Field(() => Int, { nullable: true, description: 'Reviews written within the span; null unless you may see them.' })
  declare newReviews: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Mean rating, 1 to 5, of the reviews written within the span; null when there are none.',
  })
  declare averageRating: number | null;
}
