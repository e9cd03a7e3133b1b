import { Public, Requires } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Cost } from '@tutorgraph/kit/graphql/cost';
import { Limited } from '@tutorgraph/kit/graphql/limited';
import { CalendarDate, TimeZone } from '@tutorgraph/kit/graphql/scalars';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Tutor } from '../tutors/tutor.entity.js';
import { TutorType } from '../tutors/tutor.types.js';
import { AvailableSlots } from './available-slots.types.js';
import {
  AddDaysOffInput,
  AddDaysOffPayload,
  RemoveDateOverrideInput,
  RemoveDateOverridePayload,
  RemoveDaysOffInput,
  RemoveDaysOffPayload,
  ScheduleError,
  SetDateOverrideInput,
  SetDateOverridePayload,
  SetScheduleInput,
  SetSchedulePayload,
} from './schedule.payloads.js';
import type { ScheduleService } from './schedule.service.js';
import { TutorScheduleType } from './schedule.types.js';
import type { SlotsService } from './slots.service.js';

/** Which slots are wanted. */
@ArgsType()
export class AvailableSlotsArguments {
  @Field(() => ID, { description: 'With whom.' })
  declare tutorId: string;

  @Field(() => CalendarDate, { description: 'The first day, by the calendar of `timeZone`.' })
  declare from: Date;

  @Field(() => CalendarDate, { description: 'The last day, included; at most 62 days in all.' })
  declare to: Date;

  @Field(() => Int, { description: 'How long the lesson is: 15 to 240 minutes, in steps of five.' })
  declare durationMinutes: number;

  @Field(() => TimeZone, { description: 'Your time zone, in whose days the answer is.' })
  declare timeZone: string;
}

/** Schedules in the graph, and what of them is free. */
@Resolver(() => TutorType)
export class ScheduleResolver {
  constructor(
    private readonly schedules: ScheduleService,
    private readonly slots: SlotsService,
  ) {}

  @FieldResolver(() => TutorScheduleType, {
    nullable: true,
    description: 'When the tutor teaches; null while they have not said so, and cannot be booked.',
  })
  schedule(@Root() tutor: Tutor, @Ctx() context: RequestContext): Promise<TutorScheduleType | null> {
    return this.schedules.ofTutor(context, tutor);
  }

  @Public()
  @Limited({ viewer: { points: 120, seconds: 60 }, network: { points: 600, seconds: 60 } })
  @Cost(20)
  @Query(() => AvailableSlots, {
    nullable: true,
    description:
      'When a lesson with a tutor can be booked; null when there is no such tutor that you may see. When you are signed in, times at which you are busy yourself are left out.',
  })
  availableSlots(
    @Args(() => AvailableSlotsArguments) asked: AvailableSlotsArguments,
    @Ctx() context: RequestContext,
  ): Promise<AvailableSlots | null> {
    return this.slots.find(context, asked);
  }

  @Requires('marketplace.profiles.own')
  @Mutation(() => SetSchedulePayload, {
    nullable: true,
    description:
      'Says when you teach, in place of what you said before; dates with other windows and times off stay, and so do lessons that are agreed.',
  })
  setSchedule(
    @Arg('input', () => SetScheduleInput, { description: 'The schedule.' }) input: SetScheduleInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, ScheduleError, async () => ({ tutor: await this.schedules.set(context, input) }));
  }

  @Requires('marketplace.profiles.own')
  @Mutation(() => SetDateOverridePayload, {
    nullable: true,
    description: 'Gives one date other windows than its weekday has; times off go before. May be repeated.',
  })
  setDateOverride(
    @Arg('input', () => SetDateOverrideInput, { description: 'The date and its windows.' }) input: SetDateOverrideInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, ScheduleError, async () => ({ tutor: await this.schedules.setOverride(context, input) }));
  }

  @Requires('marketplace.profiles.own')
  @Mutation(() => RemoveDateOverridePayload, {
    nullable: true,
    description: 'Makes a date as its weekday again.',
  })
  removeDateOverride(
    @Arg('input', () => RemoveDateOverrideInput, { description: 'Which date.' }) input: RemoveDateOverrideInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, ScheduleError, async () => ({ tutor: await this.schedules.removeOverride(context, input) }));
  }

  @Requires('marketplace.profiles.own')
  @Mutation(() => AddDaysOffPayload, {
    nullable: true,
    description: 'Takes dates off: nothing can be booked on them. Lessons that are agreed stay; move or cancel those.',
  })
  addDaysOff(
    @Arg('input', () => AddDaysOffInput, { description: 'Which dates.' }) input: AddDaysOffInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, ScheduleError, () => this.schedules.addDaysOff(context, input));
  }

  @Requires('marketplace.profiles.own')
  @Mutation(() => RemoveDaysOffPayload, { nullable: true, description: 'Teaches on these dates after all.' })
  removeDaysOff(
    @Arg('input', () => RemoveDaysOffInput, { description: 'Which time off.' }) input: RemoveDaysOffInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, ScheduleError, async () => ({ tutor: await this.schedules.removeDaysOff(context, input) }));
  }
}
