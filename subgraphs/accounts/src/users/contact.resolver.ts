import { ServiceOnly } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Arg, Ctx, Directive, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { ProvenAddress, UserContact } from './contact.types.js';
import type { User } from './user.entity.js';
import { findProvenAddresses, usersById } from './user.repository.js';
import { displayName } from './user.rules.js';
import { UserType } from './user.types.js';

/** How people can be reached. */
@Resolver(() => UserType)
export class ContactResolver {
  @ServiceOnly('User.contact')
  @Directive('@inaccessible')
  @FieldResolver(() => UserContact, {
    nullable: true,
    description: 'Proven addresses, language and zone; null of a deleted account. For our services only.',
  })
  async contact(@Root() { id }: UserType, @Ctx() context: RequestContext): Promise<UserContact | null> {
    const user = await context.loader(usersById).load(id);
    return user && !user.erasedAt ? shapeContact(user) : null;
  }

  @ServiceOnly('provenAddresses')
  @Directive('@inaccessible')
  @Query(() => [ProvenAddress], {
    nullable: true,
    description:
      'Accounts whose owners have proven one of these addresses; others are left out. For our services only.',
  })
  provenAddresses(
    @Arg('emails', () => [String], { description: 'Addresses, at most 1,000; case does not matter.' }) emails: string[],
    @Ctx() context: RequestContext,
  ): Promise<ProvenAddress[]> {
    return findProvenAddresses(context.em, emails);
  }
}

function shapeContact(user: User): UserContact {
  const { email, emailVerifiedAt, phone, telegramId, locale, timeZone } = user;
  return {
    displayName: displayName(user),
    email: (emailVerifiedAt && email) || null,
    phone: phone ?? null,
    telegramId: telegramId ?? null,
    locale,
    timeZone,
  };
}
