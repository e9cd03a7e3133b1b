import { SignedIn } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Limited } from '@tutorgraph/kit/graphql/limited';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { shapeUser } from '../users/user.resolver.js';
import { AccountError } from '../users/user.types.js';
import type { EmailVerificationService } from './email-verification.service.js';
import type { PhoneVerificationService } from './phone-verification.service.js';
import {
  RemovePhonePayload,
  RequestEmailVerificationInput,
  RequestEmailVerificationPayload,
  RequestPhoneVerificationInput,
  RequestPhoneVerificationPayload,
  VerifyEmailInput,
  VerifyEmailPayload,
  VerifyPhoneInput,
  VerifyPhonePayload,
} from './verification.types.js';

const QUARTER_HOUR = 15 * 60;
const HOUR = 60 * 60;

/** Proving that an address or a phone is one's own. */
@Resolver()
export class VerificationResolver {
  constructor(
    private readonly emails: EmailVerificationService,
    private readonly phones: PhoneVerificationService,
  ) {}

  @SignedIn({ unverified: true })
  @Limited({ viewer: { points: 10, seconds: HOUR }, network: { points: 30, seconds: HOUR } })
  @Mutation(() => RequestEmailVerificationPayload, {
    nullable: true,
    description:
      'Mails a code that proves an address: that of your account, or another that takes its place. A code is good for 10 minutes and five tries; a new one ends the one before.',
  })
  requestEmailVerification(
    @Arg('input', () => RequestEmailVerificationInput, {
      nullable: true,
      description: "Which address; your account's own without it.",
    })
    input: RequestEmailVerificationInput | null | undefined,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, AccountError, async () => {
      await this.emails.request(context, input ?? {});
      return { accepted: true };
    });
  }

  @SignedIn({ unverified: true })
  @Limited({ network: { points: 20, seconds: QUARTER_HOUR } })
  @Mutation(() => VerifyEmailPayload, {
    nullable: true,
    description: "Makes an address your account's by the code that was mailed there; then refresh the session.",
  })
  verifyEmail(
    @Arg('input', () => VerifyEmailInput, { description: 'The code.' }) input: VerifyEmailInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, AccountError, async () => ({
      user: shapeUser(await this.emails.verify(context, input.code), true),
    }));
  }

  @SignedIn()
  @Limited({ viewer: { points: 5, seconds: HOUR }, network: { points: 20, seconds: HOUR } })
  @Mutation(() => RequestPhoneVerificationPayload, {
    nullable: true,
    description:
      'Sends a code to a phone that is to be yours. A code is good for 10 minutes and five tries; a new one ends the one before.',
  })
  requestPhoneVerification(
    @Arg('input', () => RequestPhoneVerificationInput, { description: 'Which phone.' })
    input: RequestPhoneVerificationInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, AccountError, async () => {
      await this.phones.request(context, input.phone);
      return { accepted: true };
    });
  }

  @SignedIn()
  @Limited({ network: { points: 20, seconds: QUARTER_HOUR } })
  @Mutation(() => VerifyPhonePayload, {
    nullable: true,
    description: "Makes a phone number your account's by the code that was sent there.",
  })
  verifyPhone(
    @Arg('input', () => VerifyPhoneInput, { description: 'The code.' }) input: VerifyPhoneInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, AccountError, async () => ({
      user: shapeUser(await this.phones.verify(context, input.code), true),
    }));
  }

  @SignedIn()
  @Mutation(() => RemovePhonePayload, { nullable: true, description: 'Removes the phone number from your account.' })
  removePhone(@Ctx() context: RequestContext) {
    return answer(context, AccountError, async () => ({ user: shapeUser(await this.phones.remove(context), true) }));
  }
}
