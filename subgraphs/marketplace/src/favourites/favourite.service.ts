import { isId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import type { PageRequest } from '@tutorgraph/kit/pagination/keyset';
import { maySeeTutor } from '../tutors/tutor.access.js';
import type { Tutor } from '../tutors/tutor.entity.js';
import { tutorsById } from '../tutors/tutor.repository.js';
import {
  addSavedTutor,
  countSavedTutors,
  findSavedTutors,
  hasSavedTutor,
  lockSaving,
  removeSavedTutor,
  savedByViewer,
} from './favourite.repository.js';
import { MOST_SAVED_TUTORS, tutorReference } from './favourite.rules.js';
import type { FavouriteErrorCode } from './favourite.types.js';
import type { SavedTutor } from './saved-tutor.entity.js';

/** Tutors whom people put aside to find again. */
export class FavouriteService {
  /** Has the viewer saved this tutor? */
  async isSaved(context: RequestContext, tutor: Tutor): Promise<boolean> {
    return context.viewer.kind === 'user' && context.loader(savedByViewer).load(tutor.id);
  }

  /** A page of what the viewer has saved. */
  own(context: RequestContext, page: PageRequest): Promise<Connection<SavedTutor>> {
    return findSavedTutors(context.em, context.user.userId, page);
  }

  tutor(context: RequestContext, { tutorId }: SavedTutor): Promise<Tutor | null> {
    return context.loader(tutorsById).load(tutorId);
  }

  /** Saves a tutor; repeating it changes nothing. @throws Refusal NOT_FOUND, TOO_MANY_SAVED */
  async save(context: RequestContext, input: unknown): Promise<Tutor> {
    const { userId } = context.user;
    const tutor = await this.visible(context, input);
    await transaction(context.em, async (tx) => {
      await lockSaving(tx, userId);
      if (await hasSavedTutor(tx, userId, tutor.id)) return;
      if ((await countSavedTutors(tx, userId)) >= MOST_SAVED_TUTORS) {
        throw new Refusal<FavouriteErrorCode>('TOO_MANY_SAVED');
      }
      addSavedTutor(tx, userId, tutor.id);
    });
    context.loader(savedByViewer).clear(tutor.id);
    return tutor;
  }

  /** Lets a saved tutor go; repeating it changes nothing. @throws Refusal NOT_FOUND */
  async unsave(context: RequestContext, input: unknown): Promise<Tutor | null> {
    const { userId } = context.user;
    const { tutorId } = accept(tutorReference, input, context.locale);
    if (!isId(tutorId)) throw notFound();
    await transaction(context.em, (tx) => removeSavedTutor(tx, userId, tutorId));
    context.loader(savedByViewer).clear(tutorId);
    const tutor = await context.loader(tutorsById).load(tutorId);
    return tutor && (await maySeeTutor(context, tutor)) ? tutor : null;
  }

  private async visible(context: RequestContext, input: unknown): Promise<Tutor> {
    const { tutorId } = accept(tutorReference, input, context.locale);
    const tutor = await context.loader(tutorsById).load(tutorId);
    if (tutor && (await maySeeTutor(context, tutor))) return tutor;
    throw notFound();
  }
}

function notFound(): Refusal<FavouriteErrorCode> {
  return new Refusal<FavouriteErrorCode>('NOT_FOUND', ['input', 'tutorId']);
}
