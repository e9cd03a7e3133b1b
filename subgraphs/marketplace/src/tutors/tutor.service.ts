import { isId, newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import type { GraphClient } from '@tutorgraph/kit/graph/graph-client';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { unauthenticated } from '@tutorgraph/kit/graphql/errors';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import { refusing } from '../constraints.js';
import { tutorChanged, tutorCreated, tutorHidden, tutorShown } from '../events.js';
import type { ProfileScreening } from '../moderation/profile-screening.js';
import { countOfferings } from '../offerings/offering.repository.js';
import { displayNameOf } from './display-name.js';
import { maySeeTutor } from './tutor.access.js';
import { Tutor } from './tutor.entity.js';
import type { TutorErrorCode } from './tutor.payloads.js';
import { lockTutorByUser, tutorOfViewer, tutorsById, tutorsByUser } from './tutor.repository.js';
import { hasCityForFormats, newProfile, profileChange, visibility } from './tutor.rules.js';

/** Tutor profiles: finding, creating and changing them. */
export class TutorService {
  /**
   * @param graph asks accounts for names
   * @param profiles judges what tutors write of themselves
   */
  constructor(
    private readonly graph: GraphClient,
    private readonly profiles: ProfileScreening,
  ) {}

  /** A profile that the viewer may see. */
  async find(context: RequestContext, id: string): Promise<Tutor | null> {
    const tutor = await context.loader(tutorsById).load(id);
    return tutor && (await maySeeTutor(context, tutor)) ? tutor : null;
  }

  /** The viewer's own profile. */
  own(context: RequestContext): Promise<Tutor | null> {
    return tutorOfViewer(context);
  }

  /** The profile of an account; an erased one is nobody's any longer. */
  async ofUser(context: RequestContext, userId: string): Promise<Tutor | null> {
    const tutor = isId(userId) ? await context.loader(tutorsByUser).load(userId) : null;
    return tutor?.erasedAt ? null : tutor;
  }

  /** @throws Refusal CITY_REQUIRED, PROFILE_EXISTS */
  async create(context: RequestContext, input: unknown): Promise<Tutor> {
    const { userId } = context.user;
    const wanted = accept(newProfile, input, context.locale);
    if (!hasCityForFormats(wanted)) throw cityRequired();
    // Asked before the transaction: nothing outside is awaited inside one.
    const displayName = await displayNameOf(this.graph, userId);
    if (displayName === undefined) throw unauthenticated('Your account does not exist any longer');
    const now = new Date();
    return refusing<TutorErrorCode, Tutor>({ tutors_user_unique: 'PROFILE_EXISTS' }, () =>
      transaction(context.em, async (tx) => {
        const tutor = tx.create(Tutor, {
          id: newId(),
          userId,
          displayName,
          ...wanted,
          biography: null,
          education: null,
          city: wanted.city ?? null,
          ratingSum: 0,
          reviewCount: 0,
          verifiedUntil: null,
          premium: false,
          premiumMembershipId: null,
          premiumUntil: null,
          hiddenAt: null,
          erasedAt: null,
          createdAt: now,
          updatedAt: now,
        });
        await tx.flush();
        const { headline, biography = null, education = null } = wanted;
        await this.profiles.create(tx, tutor, { headline, biography, education }, now);
        recordEvent(tx, tutorCreated.create({ subject: tutor.id, data: { userId } }));
        return tutor;
      }),
    );
  }

  /** @throws Refusal CITY_REQUIRED, CURRENCY_IN_USE, PROFILE_REQUIRED */
  async update(context: RequestContext, input: unknown): Promise<Tutor> {
    const change = accept(profileChange, input, context.locale);
    const { userId } = context.user;
    return transaction(context.em, async (tx) => {
      const tutor = await lockTutorByUser(tx, userId);
      if (!tutor) throw new Refusal<TutorErrorCode>('PROFILE_REQUIRED');
      if (change.currency && change.currency !== tutor.currency && (await countOfferings(tx, tutor.id)) > 0) {
        throw new Refusal<TutorErrorCode>('CURRENCY_IN_USE', ['input', 'currency']);
      }
      tutor.currency = change.currency ?? tutor.currency;
      tutor.languages = change.languages ?? tutor.languages;
      tutor.formats = change.formats ?? tutor.formats;
      tutor.experienceYears = change.experienceYears ?? tutor.experienceYears;
      if (change.city !== undefined) tutor.city = change.city;
      if (!hasCityForFormats(tutor)) throw cityRequired();
      const { headline, biography, education } = change;
      const now = new Date();
      await this.profiles.change(tx, tutor, { headline: headline ?? undefined, biography, education }, now);
      tutor.updatedAt = now;
      recordEvent(tx, tutorChanged.create({ subject: tutor.id, data: { userId } }));
      return tutor;
    });
  }

  /** Hides the viewer's profile or shows it again; repeating it changes nothing. @throws Refusal PROFILE_REQUIRED */
  async hide(context: RequestContext, input: unknown): Promise<Tutor> {
    const { hidden } = accept(visibility, input, context.locale);
    const { userId } = context.user;
    return transaction(context.em, async (tx) => {
      const tutor = await lockTutorByUser(tx, userId);
      if (!tutor) throw new Refusal<TutorErrorCode>('PROFILE_REQUIRED');
      if (hidden === Boolean(tutor.hiddenAt)) return tutor;
      const now = new Date();
      tutor.hiddenAt = hidden ? now : null;
      tutor.updatedAt = now;
      recordEvent(tx, (hidden ? tutorHidden : tutorShown).create({ subject: tutor.id, data: { userId } }));
      return tutor;
    });
  }
}

function cityRequired(): Refusal<TutorErrorCode> {
  return new Refusal<TutorErrorCode>('CITY_REQUIRED', ['input', 'city']);
}
