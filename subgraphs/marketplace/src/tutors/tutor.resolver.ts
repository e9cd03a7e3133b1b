import { Public, Requires, ServiceOnly, SignedIn } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Ctx, Directive, FieldResolver, Float, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { UserReference } from '../people/user.types.js';
import { maySeeAccount } from './tutor.access.js';
import type { Tutor } from './tutor.entity.js';
import {
  CreateTutorProfileInput,
  CreateTutorProfilePayload,
  HideTutorProfileInput,
  HideTutorProfilePayload,
  TutorError,
  UpdateTutorProfileInput,
  UpdateTutorProfilePayload,
} from './tutor.payloads.js';
import { meanRating } from './tutor.rules.js';
import type { TutorService } from './tutor.service.js';
import { TutorType } from './tutor.types.js';

/** Tutors in the graph. */
@Resolver(() => TutorType)
export class TutorResolver {
  constructor(private readonly service: TutorService) {}

  @FieldResolver(() => UserReference, {
    nullable: true,
    description:
      'The account behind the profile; null unless it is yours, you have a booking with the tutor, or are staff.',
  })
  async user(@Root() tutor: Tutor, @Ctx() context: RequestContext): Promise<UserReference | null> {
    return (await maySeeAccount(context, tutor)) ? { id: tutor.userId } : null;
  }

  @FieldResolver()
  displayName(@Root() tutor: Tutor, @Ctx() context: RequestContext): string {
    return tutor.erasedAt ? context.text('ERASED_TUTOR') : tutor.displayName;
  }

  @FieldResolver(() => Float, { nullable: true, description: 'The mean of all ratings, 1 to 5; null without reviews.' })
  rating(@Root() tutor: Tutor): number | null {
    return meanRating(tutor.ratingSum, tutor.reviewCount);
  }

  @FieldResolver(() => Boolean, { description: 'True when the tutor does not want to be found.' })
  hidden(@Root() tutor: Tutor): boolean {
    return Boolean(tutor.hiddenAt);
  }

  @Public()
  @Query(() => TutorType, { nullable: true, description: 'A tutor by id; null when there is none that you may see.' })
  tutor(
    @Arg('id', () => ID, { description: 'Identity of the profile.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<Tutor | null> {
    return this.service.find(context, id);
  }

  @SignedIn()
  @Query(() => TutorType, { nullable: true, description: 'Your own profile; null when you have none.' })
  myTutorProfile(@Ctx() context: RequestContext): Promise<Tutor | null> {
    return this.service.own(context);
  }

  @ServiceOnly('tutorOfUser')
  @Directive('@inaccessible')
  @Query(() => TutorType, {
    nullable: true,
    description: 'The profile of an account, hidden or not; null when it has none. For our services only.',
  })
  tutorOfUser(
    @Arg('userId', () => ID, { description: 'The account.' }) userId: string,
    @Ctx() context: RequestContext,
  ): Promise<Tutor | null> {
    return this.service.ofUser(context, userId);
  }

  @Requires('marketplace.profiles.own')
  @Mutation(() => CreateTutorProfilePayload, {
    nullable: true,
    description: 'Creates your profile, one an account; then add what you offer with `addOffering`.',
  })
  createTutorProfile(
    @Arg('input', () => CreateTutorProfileInput, { description: 'The profile.' }) input: CreateTutorProfileInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, TutorError, async () => ({ tutor: await this.service.create(context, input) }));
  }

  @Requires('marketplace.profiles.own')
  @Mutation(() => UpdateTutorProfilePayload, { nullable: true, description: 'Changes your profile.' })
  updateTutorProfile(
    @Arg('input', () => UpdateTutorProfileInput, { description: 'What to change.' }) input: UpdateTutorProfileInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, TutorError, async () => ({ tutor: await this.service.update(context, input) }));
  }

  @Requires('marketplace.profiles.own')
  @Mutation(() => HideTutorProfilePayload, {
    nullable: true,
    description: 'Takes your profile out of lists and search, or puts it back. May be repeated.',
  })
  hideTutorProfile(
    @Arg('input', () => HideTutorProfileInput, { description: 'Hidden or not.' }) input: HideTutorProfileInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, TutorError, async () => ({ tutor: await this.service.hide(context, input) }));
  }
}
