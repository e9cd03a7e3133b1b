import { ServiceOnly, SignedIn } from '@tutorgraph/kit/graphql/access';
import { type Connection, ConnectionArguments } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Money } from '@tutorgraph/kit/graphql/money';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Args, Ctx, Directive, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { UserReference } from '../people/user.types.js';
import type { Subject } from '../subjects/subject.entity.js';
import { SubjectType } from '../subjects/subject.types.js';
import type { Tutor } from '../tutors/tutor.entity.js';
import { TutorType } from '../tutors/tutor.types.js';
import type { RateService } from './rate.service.js';
import {
  AnswerRateProposalInput,
  AnswerRateProposalPayload,
  RateConnection,
  RateError,
  RateType,
} from './rate.types.js';
import type { StudentRate } from './student-rate.entity.js';

/** Agreed rates in the graph. */
@Resolver(() => RateType)
export class RateResolver {
  constructor(private readonly rates: RateService) {}

  @FieldResolver(() => Money, { description: 'What an hour costs this student.' })
  hourlyRate(@Root() { rateMinor, currency }: StudentRate): Money {
    return { amountMinor: rateMinor, currency };
  }

  @FieldResolver(() => Money, {
    nullable: true,
    description: 'What the tutor would like to have for an hour; null when nothing waits for an answer.',
  })
  proposedRate(@Root() { proposedMinor, currency }: StudentRate): Money | null {
    return proposedMinor ? { amountMinor: proposedMinor, currency } : null;
  }

  @FieldResolver(() => TutorType, { description: 'Who teaches.' })
  tutor(@Root() rate: StudentRate, @Ctx() context: RequestContext): Promise<Tutor | null> {
    return this.rates.tutor(context, rate);
  }

  @FieldResolver(() => SubjectType, { description: 'What is taught.' })
  subject(@Root() rate: StudentRate, @Ctx() context: RequestContext): Promise<Subject | null> {
    return this.rates.subject(context, rate);
  }

  @FieldResolver(() => UserReference, { description: 'Who learns.' })
  student(@Root() { studentId }: StudentRate): UserReference {
    return { id: studentId };
  }

  @SignedIn()
  @Query(() => RateConnection, {
    nullable: true,
    description: 'What hours cost you as a student, with each tutor and subject; first what changed last.',
  })
  myRates(
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Ctx() context: RequestContext,
  ): Promise<Connection<StudentRate>> {
    return this.rates.ofStudent(context, page);
  }

  @SignedIn()
  @Query(() => RateConnection, {
    nullable: true,
    description: 'What hours cost your students, in each subject; first what changed last.',
  })
  myStudentRates(
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Ctx() context: RequestContext,
  ): Promise<Connection<StudentRate>> {
    return this.rates.ofTutor(context, page);
  }

  @ServiceOnly('studentRate')
  @Directive('@inaccessible')
  @Query(() => RateType, {
    nullable: true,
    description: 'An agreed rate by id; null when there is none. For our services only.',
  })
  studentRate(
    @Arg('id', () => ID, { description: 'Identity of the rate.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<StudentRate | null> {
    return this.rates.find(context, id);
  }

  @SignedIn()
  @Mutation(() => AnswerRateProposalPayload, {
    nullable: true,
    description: 'Consents to a rate that your tutor proposes, or declines it. What you have booked keeps its price.',
  })
  answerRateProposal(
    @Arg('input', () => AnswerRateProposalInput, { description: 'Your answer.' }) input: AnswerRateProposalInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, RateError, async () => ({ rate: await this.rates.answer(context, input) }));
  }
}
