import { Public, SignedIn } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Limited } from '@tutorgraph/kit/graphql/limited';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { AccountError } from '../users/user.types.js';
import type { PasswordService } from './password.service.js';
import {
  ChangePasswordInput,
  ChangePasswordPayload,
  RequestPasswordResetInput,
  RequestPasswordResetPayload,
  ResetPasswordInput,
  ResetPasswordPayload,
} from './password.types.js';

const QUARTER_HOUR = 15 * 60;
const HOUR = 60 * 60;

/** Setting passwords anew. */
@Resolver()
export class PasswordResolver {
  constructor(private readonly passwords: PasswordService) {}

  @Public()
  @Limited({ network: { points: 30, seconds: HOUR } })
  @Mutation(() => RequestPasswordResetPayload, {
    nullable: true,
    description:
      'Mails a code with which a new password can be set. Tells nobody whether the address has an account. A code is good for 10 minutes and five tries; a new one ends the one before.',
  })
  requestPasswordReset(
    @Arg('input', () => RequestPasswordResetInput, { description: 'Whose password.' })
    input: RequestPasswordResetInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, AccountError, async () => {
      await this.passwords.requestReset(context, input);
      return { accepted: true };
    });
  }

  @Public()
  @Limited({ network: { points: 20, seconds: QUARTER_HOUR } })
  @Mutation(() => ResetPasswordPayload, {
    nullable: true,
    description:
      'Sets a new password by the code that was mailed, which proves the address as well, and ends every session.',
  })
  resetPassword(
    @Arg('input', () => ResetPasswordInput, { description: 'The code and the new password.' })
    input: ResetPasswordInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, AccountError, async () => {
      await this.passwords.reset(context, input);
      return { accepted: true };
    });
  }

  @SignedIn()
  @Limited({ viewer: { points: 10, seconds: QUARTER_HOUR } })
  @Mutation(() => ChangePasswordPayload, {
    nullable: true,
    description: 'Sets a new password for your account and ends every session but this one.',
  })
  changePassword(
    @Arg('input', () => ChangePasswordInput, { description: 'The password so far and the new one.' })
    input: ChangePasswordInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, AccountError, async () => {
      await this.passwords.change(context, input);
      return { accepted: true };
    });
  }
}
