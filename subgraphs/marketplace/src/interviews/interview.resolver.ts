import { Requires, SignedIn } from '@tutorgraph/kit/graphql/access';
import { type Connection, ConnectionArguments } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Limited } from '@tutorgraph/kit/graphql/limited';
import { Url } from '@tutorgraph/kit/graphql/scalars';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { MeetingType } from '../meetings/meeting.types.js';
import type { Offering } from '../offerings/offering.entity.js';
import { OfferingType } from '../offerings/offering.types.js';
import { UserReference } from '../people/user.types.js';
import type { Subject } from '../subjects/subject.entity.js';
import { SubjectType } from '../subjects/subject.types.js';
import type { Tutor } from '../tutors/tutor.entity.js';
import { TutorType } from '../tutors/tutor.types.js';
import type { Interview } from './interview.entity.js';
import { CancelInterviewInput, RequestInterviewInput } from './interview.inputs.js';
import { CancelInterviewPayload, InterviewError, RequestInterviewPayload } from './interview.payloads.js';
import type { InterviewService } from './interview.service.js';
import { InterviewConnection, InterviewFilter, InterviewType } from './interview.types.js';
import type { InterviewDeskService } from './interview-desk.service.js';

/** What of offerings comes from interviews. */
@Resolver(() => OfferingType)
export class OfferingInterviewResolver {
  constructor(private readonly interviews: InterviewService) {}

  @FieldResolver(() => Boolean, { description: 'Has the tutor passed an interview with our staff about this subject?' })
  interviewed(@Root() offering: Offering, @Ctx() context: RequestContext): Promise<boolean> {
    return this.interviews.interviewed(context, offering);
  }
}

/** Interviews in the graph. */
@Resolver(() => InterviewType)
export class InterviewResolver {
  constructor(
    private readonly interviews: InterviewService,
    private readonly desk: InterviewDeskService,
  ) {}

  @FieldResolver(() => TutorType, { description: 'With whom.' })
  tutor(@Root() interview: Interview, @Ctx() context: RequestContext): Promise<Tutor | null> {
    return this.interviews.tutor(context, interview);
  }

  @FieldResolver(() => SubjectType, { description: 'About what.' })
  subject(@Root() interview: Interview, @Ctx() context: RequestContext): Promise<Subject | null> {
    return this.interviews.subject(context, interview);
  }

  @FieldResolver(() => OfferingType, {
    nullable: true,
    description: 'The offering that it is about; null once the tutor gave that up.',
  })
  offering(@Root() interview: Interview, @Ctx() context: RequestContext): Promise<Offering | null> {
    return this.interviews.offering(context, interview);
  }

  @FieldResolver(() => UserReference, {
    nullable: true,
    description: 'Who talks with the tutor; null until staff has decided.',
  })
  interviewer(@Root() { interviewerId }: Interview): UserReference | null {
    return interviewerId ? { id: interviewerId } : null;
  }

  @FieldResolver(() => String, { nullable: true, description: 'What staff has noted, for staff alone.' })
  internalNote(@Root() interview: Interview, @Ctx() context: RequestContext): string | null {
    return this.interviews.forStaff(context, interview.internalNote);
  }

  @FieldResolver(() => String, { nullable: true, description: 'How it went, for staff alone.' })
  outcomeNote(@Root() interview: Interview, @Ctx() context: RequestContext): string | null {
    return this.interviews.forStaff(context, interview.outcomeNote);
  }

  @FieldResolver(() => MeetingType, {
    nullable: true,
    description:
      'The video room, for the tutor and the interviewer only, while it is SCHEDULED; null until it is made, which takes seconds.',
  })
  meeting(@Root() interview: Interview, @Ctx() context: RequestContext) {
    return this.interviews.meeting(context, interview);
  }

  @FieldResolver(() => Url, {
    nullable: true,
    description:
      'The interview as an iCalendar file, for the tutor and the interviewer only; whoever has the address can read it. The same event after each change and after it was cancelled. Null until it was scheduled.',
  })
  invitation(@Root() interview: Interview, @Ctx() context: RequestContext): Promise<string | null> {
    return this.interviews.invitation(context, interview);
  }

  @SignedIn()
  @Query(() => InterviewType, {
    nullable: true,
    description: 'An interview by id; null when there is none that you may see.',
  })
  interview(
    @Arg('id', () => ID, { description: 'Identity of the interview.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<Interview | null> {
    return this.interviews.find(context, id);
  }

  @SignedIn()
  @Query(() => InterviewConnection, { nullable: true, description: 'Interviews with you, the newest first.' })
  myInterviews(
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Interview>> {
    return this.interviews.own(context, page);
  }

  @Requires('marketplace.interviews.manage')
  @Query(() => InterviewConnection, {
    name: 'interviews',
    nullable: true,
    description: 'Interviews, the newest request first. For staff.',
  })
  interviewList(
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Arg('filter', () => InterviewFilter, { nullable: true, description: 'Which of them; all without it.' })
    filter: InterviewFilter | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Interview>> {
    return this.interviews.list(context, filter ?? {}, page);
  }

  @Requires('marketplace.profiles.own')
  @Limited({ viewer: { points: 30, seconds: 60 * 60 } })
  @Mutation(() => RequestInterviewPayload, {
    nullable: true,
    description: 'Asks staff to interview you about something that you teach.',
  })
  requestInterview(
    @Arg('input', () => RequestInterviewInput, { description: 'About what.' }) input: RequestInterviewInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, InterviewError, async () => ({ interview: await this.interviews.request(context, input) }));
  }

  @SignedIn()
  @Mutation(() => CancelInterviewPayload, {
    nullable: true,
    description: 'Gives up an interview: yours as its tutor, any as staff.',
  })
  cancelInterview(
    @Arg('input', () => CancelInterviewInput, { description: 'Which interview.' }) input: CancelInterviewInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, InterviewError, async () => ({ interview: await this.desk.cancel(context, input) }));
  }
}
