import { SignedIn } from '@tutorgraph/kit/graphql/access';
import { type Connection, ConnectionArguments } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Tutor } from '../tutors/tutor.entity.js';
import { TutorType } from '../tutors/tutor.types.js';
import type { FavouriteService } from './favourite.service.js';
import {
  FavouriteError,
  SavedTutorConnection,
  SavedTutorType,
  SaveTutorInput,
  SaveTutorPayload,
  UnsaveTutorInput,
  UnsaveTutorPayload,
} from './favourite.types.js';
import type { SavedTutor } from './saved-tutor.entity.js';

/** Whether a tutor is saved, below the tutor. */
@Resolver(() => TutorType)
export class TutorSavedResolver {
  constructor(private readonly favourites: FavouriteService) {}

  @FieldResolver(() => Boolean, { description: 'Have you saved the tutor? False when you are not signed in.' })
  saved(@Root() tutor: Tutor, @Ctx() context: RequestContext): Promise<boolean> {
    return this.favourites.isSaved(context, tutor);
  }
}

/** Saved tutors in the graph. */
@Resolver(() => SavedTutorType)
export class FavouriteResolver {
  constructor(private readonly favourites: FavouriteService) {}

  @FieldResolver(() => TutorType, { description: 'The tutor.' })
  tutor(@Root() saved: SavedTutor, @Ctx() context: RequestContext): Promise<Tutor | null> {
    return this.favourites.tutor(context, saved);
  }

  @SignedIn()
  @Query(() => SavedTutorConnection, {
    nullable: true,
    description: 'Tutors whom you have saved, the newest saved first. Who is hidden is left out until they show again.',
  })
  savedTutors(
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Ctx() context: RequestContext,
  ): Promise<Connection<SavedTutor>> {
    return this.favourites.own(context, page);
  }

  @SignedIn()
  @Mutation(() => SaveTutorPayload, {
    nullable: true,
    description: 'Puts a tutor aside to find again, at most 500. May be repeated.',
  })
  saveTutor(
    @Arg('input', () => SaveTutorInput, { description: 'Whom.' }) input: SaveTutorInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, FavouriteError, async () => ({ tutor: await this.favourites.save(context, input) }));
  }

  @SignedIn()
  @Mutation(() => UnsaveTutorPayload, { nullable: true, description: 'Lets a saved tutor go. May be repeated.' })
  unsaveTutor(
    @Arg('input', () => UnsaveTutorInput, { description: 'Whom.' }) input: UnsaveTutorInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, FavouriteError, async () => ({ tutor: await this.favourites.unsave(context, input) }));
  }
}
