import { SignedIn } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { MessagingError } from '../errors.js';
import type { PreferenceService } from './preference.service.js';
import {
  NotificationPreferences,
  UpdateNotificationPreferencesInput,
  UpdateNotificationPreferencesPayload,
} from './preference.types.js';

/** How people want to be told of things. */
@Resolver()
export class PreferenceResolver {
  constructor(private readonly preferences: PreferenceService) {}

  @SignedIn()
  @Query(() => NotificationPreferences, {
    nullable: true,
    description: 'How you want to be told of things: every type and channel, quiet hours and digests.',
  })
  myNotificationPreferences(@Ctx() context: RequestContext): Promise<NotificationPreferences> {
    return this.preferences.own(context);
  }

  @SignedIn({ unverified: true })
  @Mutation(() => UpdateNotificationPreferencesPayload, {
    nullable: true,
    description: 'Changes how you are told of things; it holds for what is not sent yet, too.',
  })
  updateNotificationPreferences(
    @Arg('input', () => UpdateNotificationPreferencesInput, { description: 'What changes.' })
    input: UpdateNotificationPreferencesInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, MessagingError, async () => ({
      preferences: await this.preferences.update(context, input),
    }));
  }
}
