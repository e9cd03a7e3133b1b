import { connectionOf } from '@tutorgraph/kit/graphql/connection';
import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';

// What staff publishes has the very form in which it is read: each class here is a type and an input at once.

const ofRefund = 'What a student gets back who cancels early enough.';
@ObjectType('RefundStep', { simpleResolvers: true, description: ofRefund })
@InputType('RefundStepInput', { description: ofRefund })
export class RefundStep {
  @Field(() => Int, { description: 'While at least so many hours are left until the lesson.' })
  declare hoursLeft: number;

  @Field(() => Int, { description: 'So many percent of what was paid.' })
  declare percent: number;
}

const ofTrials = 'Rules for the first lesson with a tutor.';
@ObjectType('TrialRules', { simpleResolvers: true, description: ofTrials })
@InputType('TrialRulesInput', { description: ofTrials })
export class TrialRules {
  @Field(() => Int, { description: 'How many minutes it takes.' })
  declare minutes: number;

  @Field(() => Int, { description: 'What it costs: so many percent of the price of as many minutes.' })
  declare pricePercent: number;

  @Field(() => Int, { description: 'How many tutors one student may try.' })
  declare mostTutors: number;

  @Field(() => Int, { description: "The platform's commission of it, in percent." })
  declare commissionPercent: number;
}

const ofSize = 'How many lessons can be bought at once, and what is taken off their price.';
@ObjectType('PackageSize', { simpleResolvers: true, description: ofSize })
@InputType('PackageSizeInput', { description: ofSize })
export class PackageSize {
  @Field(() => Int, { description: 'So many lessons.' })
  declare lessons: number;

  @Field(() => Int, { description: 'So many percent are taken off.' })
  declare discountPercent: number;
}

const ofPackages = 'Rules for packages of lessons.';
@ObjectType('PackageRules', { simpleResolvers: true, description: ofPackages })
@InputType('PackageRulesInput', { description: ofPackages })
export class PackageRules {
  @Field(() => [PackageSize], { description: 'What can be bought, the smallest first.' })
  declare sizes: PackageSize[];

  @Field(() => Int, { description: 'Days after which lessons are lost that were not taken.' })
  declare validDays: number;
}

const ofCommission = "The platform's commission from so many hours on.";
@ObjectType('CommissionStep', { simpleResolvers: true, description: ofCommission })
@InputType('CommissionStepInput', { description: ofCommission })
export class CommissionStep {
  @Field(() => Int, { description: 'Once the tutor has taught so many hours in all; the first step begins with 0.' })
  declare fromHours: number;

  @Field(() => Int, { description: 'So many percent of the price.' })
  declare percent: number;
}

const ofRules = 'The rules of the market. Hours are counted to the beginning of the lesson.';
@ObjectType('BookingRules', { simpleResolvers: true, description: ofRules })
@InputType('BookingRulesInput', { description: ofRules })
export class BookingRules {
  @Field(() => Int, { description: 'Minutes for which a slot is held before it must be booked.' })
  declare holdMinutes: number;

  @Field(() => Int, { description: 'Minutes for which a booking waits to be paid.' })
  declare paymentMinutes: number;

  @Field(() => Int, {
    description:
      'Moving a lesson is free until so many hours before. Later it is possible once, and then the lesson cannot be cancelled.',
  })
  declare freeReschedulingHours: number;

  @Field(() => Int, { description: 'Moving a lesson is impossible later than so many hours before.' })
  declare lastReschedulingHours: number;

  @Field(() => [RefundStep], {
    description:
      'The most hours first: the first step that still holds decides; after the last one nothing is paid back.',
  })
  declare refunds: RefundStep[];

  @Field(() => Int, { description: 'Minutes after the beginning from which somebody who is not there is absent.' })
  declare noShowAfterMinutes: number;

  @Field(() => Int, {
    description:
      'Hours after the end within which somebody may say that they were not absent; more than `completedAfterHours`.',
  })
  declare disputeHours: number;

  @Field(() => Int, {
    description: 'Hours after the end after which a lesson counts as given if nobody says anything.',
  })
  declare completedAfterHours: number;

  @Field(() => TrialRules, { description: 'Trial lessons.' })
  declare trial: TrialRules;

  @Field(() => PackageRules, { description: 'Packages of lessons.' })
  declare packages: PackageRules;

  @Field(() => [CommissionStep], { description: "The platform's commission; the last step that is reached holds." })
  declare commission: CommissionStep[];
}

@ObjectType('BookingPolicy', {
  simpleResolvers: true,
  description: 'The rules of the market as they were published once. A booking keeps those under which it was made.',
})
export class PolicyType {
  @Field(() => ID, { description: 'Identity of the policy; its rules never change.' })
  declare id: string;

  @Field(() => Int, { description: 'The highest version holds for new bookings.' })
  declare version: number;

  @Field(() => BookingRules, { description: 'The rules.' })
  declare rules: BookingRules;

  @Field(() => DateTime, { description: 'When it was published.' })
  declare createdAt: Date;
}

export const PolicyConnection = connectionOf(PolicyType, 'BookingPolicy');
