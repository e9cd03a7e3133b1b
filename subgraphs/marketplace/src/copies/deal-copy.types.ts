import { DateTime, SafeIntAmount } from '@tutorgraph/kit/graphql/scalars';
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import type { ApplicationStatus } from '../applications/application.rules.js';
import { ApplicationStatusEnum } from '../applications/application.types.js';
import type { BookingStatus } from '../bookings/booking.rules.js';
import { BookingStatusEnum } from '../bookings/booking.types.js';

const FOR_SERVICES = 'For our services only.';

@Directive('@inaccessible')
@ObjectType('ApplicationCopy', { simpleResolvers: true, description: `A tutor's answer to an order. ${FOR_SERVICES}` })
export class ApplicationCopy {
  @Field(() => ID, { description: 'Identity of the application.' })
  declare id: string;

  @Field(() => ID, { description: 'To which order.' })
  declare orderId: string;

  @Field(() => ID, { description: 'Who applied.' })
  declare tutorId: string;

  @Field(() => ApplicationStatusEnum, { description: 'Where it stands.' })
  declare status: ApplicationStatus;

  @Field(() => SafeIntAmount, { description: 'What the tutor asks for an hour, in minor units.' })
  declare rateMinor: number;

  @Field(() => DateTime, { description: 'When the tutor applied.' })
  declare createdAt: Date;

  @Field(() => DateTime, { nullable: true, description: 'When it was decided.' })
  declare decidedAt: Date | null;
}

@Directive('@inaccessible')
@ObjectType('BookingCopy', { simpleResolvers: true, description: `A lesson that was agreed. ${FOR_SERVICES}` })
export class BookingCopy {
  @Field(() => ID, { description: 'Identity of the booking.' })
  declare id: string;

  @Field(() => ID, { description: "The student's account." })
  declare studentId: string;

  @Field(() => ID, { description: 'Who teaches.' })
  declare tutorId: string;

  @Field(() => ID, { description: 'What is taught.' })
  declare subjectId: string;

  @Field(() => ID, { nullable: true, description: 'The order from which it came.' })
  declare orderId: string | null;

  @Field(() => BookingStatusEnum, { description: 'Where it stands.' })
  declare status: BookingStatus;

  @Field(() => DateTime, { nullable: true, description: 'When it begins.' })
  declare startsAt: Date | null;

  @Field(() => DateTime, { description: 'When it was agreed.' })
  declare createdAt: Date;

  @Field(() => DateTime, { nullable: true, description: 'When it counted as taken place.' })
  declare completedAt: Date | null;

  @Field(() => Boolean, { description: 'Did the tutor call it off, or not come?' })
  declare letDown: boolean;
}

@Directive('@inaccessible')
@ObjectType('ReviewCopy', { simpleResolvers: true, description: `A published review. ${FOR_SERVICES}` })
export class ReviewCopy {
  @Field(() => ID, { description: 'Identity of the review.' })
  declare id: string;

  @Field(() => ID, { description: 'Who was reviewed.' })
  declare tutorId: string;

  @Field(() => ID, { description: 'What was taught.' })
  declare subjectId: string;

  @Field(() => ID, { description: 'The account that wrote it.' })
  declare authorId: string;

  @Field(() => Int, { description: '1 to 5.' })
  declare rating: number;

  @Field(() => String, { nullable: true, description: 'What was written.' })
  declare text: string | null;

  @Field(() => DateTime, { description: 'When it was written.' })
  declare createdAt: Date;
}
