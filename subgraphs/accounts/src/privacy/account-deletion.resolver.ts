import { SignedIn } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Limited } from '@tutorgraph/kit/graphql/limited';
import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { shapeUser } from '../users/user.resolver.js';
import { AccountError, UserType } from '../users/user.types.js';
import { deletionsDue } from './account-deletion.repository.js';
import type { AccountDeletionService } from './account-deletion.service.js';
import {
  CancelAccountDeletionPayload,
  RequestAccountDeletionInput,
  RequestAccountDeletionPayload,
} from './account-deletion.types.js';

/** Deleting one's account. */
@Resolver(() => UserType)
export class AccountDeletionResolver {
  constructor(private readonly deletions: AccountDeletionService) {}

  @FieldResolver(() => DateTime, {
    nullable: true,
    description:
      'When it will be deleted, as its owner asked; null when it will not, or unless it is you or you may read accounts.',
  })
  deletionDueAt(@Root() { id }: UserType, @Ctx() context: RequestContext): Promise<Date | null> {
    const isSeen = context.isUser(id) || context.can('accounts.users.read');
    return isSeen ? context.loader(deletionsDue).load(id) : Promise.resolve(null);
  }

  @SignedIn({ unverified: true })
  @Limited({ viewer: { points: 10, seconds: 15 * 60 } })
  @Mutation(() => RequestAccountDeletionPayload, {
    nullable: true,
    description:
      'Has your account deleted in 30 days, for good; until then you may use it as before and change your mind. What the law makes us keep is kept without your name.',
  })
  requestAccountDeletion(
    @Arg('input', () => RequestAccountDeletionInput, {
      nullable: true,
      description: 'Proof that it is you; may be left out by who has no password.',
    })
    input: RequestAccountDeletionInput | null | undefined,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, AccountError, async () => ({
      user: shapeUser(await this.deletions.request(context, input?.password), true),
    }));
  }

  @SignedIn({ unverified: true })
  @Mutation(() => CancelAccountDeletionPayload, {
    nullable: true,
    description: 'Keeps your account that was to be deleted.',
  })
  cancelAccountDeletion(@Ctx() context: RequestContext) {
    return answer(context, AccountError, async () => ({
      user: shapeUser(await this.deletions.cancel(context), true),
    }));
  }
}
