import { Requires, SignedIn } from '@tutorgraph/kit/graphql/access';
import { type Connection, ConnectionArguments } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Limited } from '@tutorgraph/kit/graphql/limited';
import { Url } from '@tutorgraph/kit/graphql/scalars';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { UserReference } from '../people/user.types.js';
import type { Tutor } from '../tutors/tutor.entity.js';
import { TutorType } from '../tutors/tutor.types.js';
import type { DecisionService } from './decision.service.js';
import type { EvidenceService } from './evidence.service.js';
import type { Verification, VerificationDocument } from './verification.entity.js';
import {
  ApproveVerificationInput,
  ApproveVerificationPayload,
  RejectVerificationInput,
  RejectVerificationPayload,
  SubmitVerificationInput,
  SubmitVerificationPayload,
  VerificationError,
  WithdrawVerificationInput,
  WithdrawVerificationPayload,
} from './verification.payloads.js';
import type { VerificationKind } from './verification.rules.js';
import type { VerificationService } from './verification.service.js';
import {
  CredentialCheck,
  VerificationConnection,
  VerificationDocumentType,
  VerificationFilter,
  VerificationKindEnum,
  VerificationType,
} from './verification.types.js';

const HOUR = 60 * 60;

/** The badge below the tutor. */
@Resolver(() => TutorType)
export class TutorVerificationResolver {
  constructor(private readonly evidence: EvidenceService) {}

  @FieldResolver(() => Boolean, {
    description: 'Has staff confirmed something of the tutor, and does that still count?',
  })
  verified(@Root() { verifiedUntil }: Tutor): boolean {
    return Boolean(verifiedUntil && verifiedUntil > new Date());
  }

  @FieldResolver(() => [VerificationKindEnum], { description: 'What staff has confirmed and still counts, each once.' })
  verifiedKinds(@Root() tutor: Tutor, @Ctx() context: RequestContext): Promise<VerificationKind[]> {
    return this.evidence.verifiedKinds(context, tutor);
  }
}

/** The files of a proof. */
@Resolver(() => VerificationDocumentType)
export class VerificationDocumentResolver {
  constructor(private readonly evidence: EvidenceService) {}

  @FieldResolver(() => Url, {
    nullable: true,
    description: 'Where the file can be saved, for five minutes; keep it to yourself. Null once it was removed.',
  })
  url(@Root() document: VerificationDocument): Promise<string | null> {
    return this.evidence.url(document);
  }
}

/** What tutors prove, in the graph. */
@Resolver(() => VerificationType)
export class VerificationResolver {
  constructor(
    private readonly submissions: VerificationService,
    private readonly decisions: DecisionService,
    private readonly evidence: EvidenceService,
  ) {}

  @FieldResolver(() => TutorType, { description: 'Whose proof it is.' })
  tutor(@Root() verification: Verification, @Ctx() context: RequestContext): Promise<Tutor | null> {
    return this.evidence.tutor(context, verification);
  }

  @FieldResolver(() => [VerificationDocumentType], {
    description: 'Its files, at most five; none any longer 90 days after it was rejected or has expired.',
  })
  documents(@Root() verification: Verification, @Ctx() context: RequestContext): Promise<VerificationDocument[]> {
    return this.evidence.documents(context, verification);
  }

  @FieldResolver(() => UserReference, {
    nullable: true,
    description: 'The member of staff who decided last; for staff only.',
  })
  decidedBy(@Root() { decidedBy }: Verification, @Ctx() context: RequestContext): UserReference | null {
    return decidedBy && this.evidence.maySeeDecision(context) ? { id: decidedBy } : null;
  }

  @FieldResolver(() => CredentialCheck, {
    nullable: true,
    description: 'What an outside checker says; for staff only, null when none was asked.',
  })
  check(@Root() verification: Verification, @Ctx() context: RequestContext): CredentialCheck | null {
    const { checkRequestedAt, checkVerdict = null, checkReference = null, checkedAt = null } = verification;
    if (!checkRequestedAt || !this.evidence.maySeeDecision(context)) return null;
    return { requestedAt: checkRequestedAt, verdict: checkVerdict, reference: checkReference, checkedAt };
  }

  @SignedIn()
  @Query(() => VerificationConnection, { nullable: true, description: 'Your own proofs, the newest first.' })
  myVerifications(
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Verification>> {
    return this.submissions.own(context, page);
  }

  @Requires('marketplace.verifications.manage')
  @Query(() => VerificationConnection, {
    nullable: true,
    description: "Everybody's proofs, those that have waited longest first; the queue is those that are PENDING.",
  })
  verifications(
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Arg('filter', () => VerificationFilter, { nullable: true, description: 'Which proofs; all without it.' })
    filter: VerificationFilter | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Verification>> {
    return this.decisions.queue(context, filter, page);
  }

  @SignedIn()
  @Query(() => VerificationType, {
    nullable: true,
    description: 'A proof by id; null when there is none that you may see: your own, and for staff all.',
  })
  verification(
    @Arg('id', () => ID, { description: 'Identity of the proof.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<Verification | null> {
    return this.evidence.find(context, id);
  }

  @Requires('marketplace.profiles.own')
  @Limited({ viewer: { points: 30, seconds: HOUR } })
  @Mutation(() => SubmitVerificationPayload, {
    nullable: true,
    description: 'Submits something to be confirmed, with files that you have uploaded as DOCUMENT.',
  })
  submitVerification(
    @Arg('input', () => SubmitVerificationInput, { description: 'The proof.' }) input: SubmitVerificationInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, VerificationError, async () => ({
      verification: await this.submissions.submit(context, input),
    }));
  }

  @Requires('marketplace.profiles.own')
  @Mutation(() => WithdrawVerificationPayload, {
    nullable: true,
    description: 'Takes back a proof on which nobody has decided, and removes its files.',
  })
  withdrawVerification(
    @Arg('input', () => WithdrawVerificationInput, { description: 'Which proof.' }) input: WithdrawVerificationInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, VerificationError, async () => ({
      withdrawnVerificationId: await this.submissions.withdraw(context, input),
    }));
  }

  @Requires('marketplace.verifications.manage')
  @Mutation(() => ApproveVerificationPayload, {
    nullable: true,
    description: 'Confirms a proof for 12 months: the tutor has a badge and is found earlier.',
  })
  approveVerification(
    @Arg('input', () => ApproveVerificationInput, { description: 'Which proof.' }) input: ApproveVerificationInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, VerificationError, () => this.decisions.approve(context, input));
  }

  @Requires('marketplace.verifications.manage')
  @Mutation(() => RejectVerificationPayload, {
    nullable: true,
    description: 'Refuses a proof and says why; one that counted until now does not any longer.',
  })
  rejectVerification(
    @Arg('input', () => RejectVerificationInput, { description: 'Which proof, and why.' })
    input: RejectVerificationInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, VerificationError, () => this.decisions.reject(context, input));
  }
}
