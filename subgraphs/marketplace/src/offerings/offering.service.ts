import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import type { Money } from '@tutorgraph/kit/graphql/money';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import { refusing } from '../constraints.js';
import { offeringAdded, offeringChanged, offeringWithdrawn } from '../events.js';
import { cancelInterviews } from '../interviews/interview.transitions.js';
import { followOffering } from '../rates/rate.transitions.js';
import type { Subject } from '../subjects/subject.entity.js';
import { findSubject, subjectsById } from '../subjects/subject.repository.js';
import type { Tutor } from '../tutors/tutor.entity.js';
import type { TutorErrorCode } from '../tutors/tutor.payloads.js';
import { lockTutorByUser, tutorsById } from '../tutors/tutor.repository.js';
import { Offering } from './offering.entity.js';
import { countOfferings, findOwnOffering, offeringsByTutor } from './offering.repository.js';
import { MOST_OFFERINGS, newOffering, offeringChange, offeringReference } from './offering.rules.js';

/** What tutors offer. */
export class OfferingService {
  /** What a tutor offers; offerings of archived subjects only to the tutor. */
  async ofTutor(context: RequestContext, tutor: Tutor): Promise<Offering[]> {
    const offerings = await context.loader(offeringsByTutor).load(tutor.id);
    if (context.isUser(tutor.userId)) return offerings;
    const subjects = await Promise.all(offerings.map((offering) => this.subject(context, offering)));
    return offerings.filter((_offering, index) => !subjects[index]?.archivedAt);
  }

  /** The subject of an offering. */
  subject(context: RequestContext, offering: Offering): Promise<Subject | null> {
    return context.loader(subjectsById).load(offering.subjectId);
  }

  /** What an hour costs. */
  async hourlyRate(context: RequestContext, offering: Offering): Promise<Money | null> {
    const tutor = await context.loader(tutorsById).load(offering.tutorId);
    return tutor && { amountMinor: offering.rateMinor, currency: tutor.currency };
  }

  /** @throws Refusal NOT_FOUND, PROFILE_REQUIRED, SUBJECT_ARCHIVED, CURRENCY_MISMATCH, ALREADY_OFFERED, TOO_MANY_OFFERINGS */
  async add(context: RequestContext, input: unknown): Promise<{ offering: Offering; tutor: Tutor }> {
    const wanted = accept(newOffering, input, context.locale);
    return refusing<TutorErrorCode, { offering: Offering; tutor: Tutor }>(
      { offerings_subject_once: 'ALREADY_OFFERED' },
      () =>
        transaction(context.em, async (tx) => {
          const tutor = await ownProfile(context, tx);
          const subject = await findSubject(tx, wanted.subjectId);
          if (!subject) throw new Refusal<TutorErrorCode>('NOT_FOUND', ['input', 'subjectId']);
          if (subject.archivedAt) throw new Refusal<TutorErrorCode>('SUBJECT_ARCHIVED', ['input', 'subjectId']);
          checkCurrency(tutor, wanted.hourlyRate);
          if ((await countOfferings(tx, tutor.id)) >= MOST_OFFERINGS) {
            throw new Refusal<TutorErrorCode>('TOO_MANY_OFFERINGS');
          }
          const now = new Date();
          const offering = tx.create(Offering, {
            id: newId(),
            tutorId: tutor.id,
            subjectId: subject.id,
            levels: wanted.levels,
            rateMinor: wanted.hourlyRate.amountMinor,
            createdAt: now,
            updatedAt: now,
          });
          recordEvent(tx, offeringAdded.create(about(offering)));
          return { offering, tutor };
        }),
    );
  }

  /**
   * Changes an offering; a higher rate is proposed to present students.
   *
   * @throws Refusal NOT_FOUND, PROFILE_REQUIRED, CURRENCY_MISMATCH
   */
  async update(context: RequestContext, input: unknown): Promise<{ offering: Offering; tutor: Tutor }> {
    const change = accept(offeringChange, input, context.locale);
    return transaction(context.em, async (tx) => {
      const tutor = await ownProfile(context, tx);
      const offering = await ownOffering(tx, tutor, change.offeringId);
      if (change.hourlyRate) checkCurrency(tutor, change.hourlyRate);
      offering.levels = change.levels ?? offering.levels;
      const { tutorId, subjectId, rateMinor: from } = offering;
      const to = change.hourlyRate?.amountMinor ?? from;
      const now = new Date();
      Object.assign(offering, { rateMinor: to, updatedAt: now });
      await followOffering(tx, { tutorId, subjectId, currency: tutor.currency, from, to }, now);
      recordEvent(tx, offeringChanged.create(about(offering)));
      return { offering, tutor };
    });
  }

  /** @throws Refusal NOT_FOUND, PROFILE_REQUIRED */
  async withdraw(context: RequestContext, input: unknown): Promise<Tutor> {
    const { offeringId } = accept(offeringReference, input, context.locale);
    return transaction(context.em, async (tx) => {
      const tutor = await ownProfile(context, tx);
      const offering = await ownOffering(tx, tutor, offeringId);
      await cancelInterviews(tx, { offeringId }, tutor.userId, new Date());
      tx.remove(offering);
      recordEvent(tx, offeringWithdrawn.create(about(offering)));
      return tutor;
    });
  }
}

/** The viewer's profile, locked: its currency and the number of its offerings cannot change meanwhile. */
async function ownProfile(context: RequestContext, tx: EntityManager): Promise<Tutor> {
  const tutor = await lockTutorByUser(tx, context.user.userId);
  if (!tutor) throw new Refusal<TutorErrorCode>('PROFILE_REQUIRED');
  return tutor;
}

async function ownOffering(tx: EntityManager, tutor: Tutor, id: string): Promise<Offering> {
  const offering = await findOwnOffering(tx, tutor.id, id);
  if (!offering) throw new Refusal<TutorErrorCode>('NOT_FOUND', ['input', 'offeringId']);
  return offering;
}

function checkCurrency(tutor: Tutor, rate: { currency: string }): void {
  if (rate.currency === tutor.currency) return;
  throw new Refusal<TutorErrorCode>([
    { code: 'CURRENCY_MISMATCH', field: ['input', 'hourlyRate', 'currency'], values: { currency: tutor.currency } },
  ]);
}

function about(offering: Offering) {
  return { subject: offering.id, data: { tutorId: offering.tutorId, subjectId: offering.subjectId } };
}
