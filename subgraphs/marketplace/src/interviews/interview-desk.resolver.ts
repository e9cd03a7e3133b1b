import { Requires } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import {
  CompleteInterviewInput,
  RejectInterviewInput,
  ScheduleInterviewInput,
  UpdateInterviewInput,
} from './interview.inputs.js';
import {
  CompleteInterviewPayload,
  InterviewError,
  RejectInterviewPayload,
  ScheduleInterviewPayload,
  UpdateInterviewPayload,
} from './interview.payloads.js';
import { InterviewType } from './interview.types.js';
import type { InterviewDeskService } from './interview-desk.service.js';

/** What staff does with interviews, in the graph. */
@Resolver(() => InterviewType)
export class InterviewDeskResolver {
  constructor(private readonly desk: InterviewDeskService) {}

  @Requires('marketplace.interviews.manage')
  @Mutation(() => UpdateInterviewPayload, {
    nullable: true,
    description: 'Changes the internal note or the interviewer.',
  })
  updateInterview(
    @Arg('input', () => UpdateInterviewInput, { description: 'What to change.' }) input: UpdateInterviewInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, InterviewError, async () => ({ interview: await this.desk.update(context, input) }));
  }

  @Requires('marketplace.interviews.manage')
  @Mutation(() => ScheduleInterviewPayload, {
    nullable: true,
    description: 'Gives an interview a time and an interviewer, or others; a video room follows.',
  })
  scheduleInterview(
    @Arg('input', () => ScheduleInterviewInput, { description: 'When.' }) input: ScheduleInterviewInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, InterviewError, async () => ({ interview: await this.desk.schedule(context, input) }));
  }

  @Requires('marketplace.interviews.manage')
  @Mutation(() => RejectInterviewPayload, {
    nullable: true,
    description: 'Turns a request down.',
  })
  rejectInterview(
    @Arg('input', () => RejectInterviewInput, { description: 'Why.' }) input: RejectInterviewInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, InterviewError, async () => ({ interview: await this.desk.reject(context, input) }));
  }

  @Requires('marketplace.interviews.manage')
  @Mutation(() => CompleteInterviewPayload, {
    nullable: true,
    description: 'Says how an interview went, once it has begun.',
  })
  completeInterview(
    @Arg('input', () => CompleteInterviewInput, { description: 'How it went.' }) input: CompleteInterviewInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, InterviewError, async () => ({ interview: await this.desk.complete(context, input) }));
  }
}
