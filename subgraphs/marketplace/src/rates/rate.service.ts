import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import type { PageRequest } from '@tutorgraph/kit/pagination/keyset';
import { rateChanged, rateDeclined } from '../events.js';
import { noPage } from '../pages/no-page.js';
import type { Subject } from '../subjects/subject.entity.js';
import { subjectsById } from '../subjects/subject.repository.js';
import type { Tutor } from '../tutors/tutor.entity.js';
import { tutorOfViewer, tutorsById } from '../tutors/tutor.repository.js';
import { findRates, lockRateOfStudent } from './rate.repository.js';
import { proposalAnswer } from './rate.rules.js';
import { aboutRate } from './rate.transitions.js';
import type { RateErrorCode } from './rate.types.js';
import { StudentRate } from './student-rate.entity.js';

/** What students and tutors have agreed upon. Whoever sees a rate is one of the two. */
export class RateService {
  /** A page of what the viewer has agreed upon as a student. */
  ofStudent(context: RequestContext, page: PageRequest): Promise<Connection<StudentRate>> {
    return findRates(context.em, { studentId: context.user.userId }, page);
  }

  /** A page of what the viewer has agreed upon as a tutor. */
  async ofTutor(context: RequestContext, page: PageRequest): Promise<Connection<StudentRate>> {
    const tutor = await tutorOfViewer(context);
    return tutor ? findRates(context.em, { tutorId: tutor.id }, page) : noPage();
  }

  /** A rate, for services of ours. */
  find(context: RequestContext, id: string): Promise<StudentRate | null> {
    return isId(id) ? context.em.findOne(StudentRate, { id }) : Promise.resolve(null);
  }

  tutor(context: RequestContext, { tutorId }: StudentRate): Promise<Tutor | null> {
    return context.loader(tutorsById).load(tutorId);
  }

  subject(context: RequestContext, { subjectId }: StudentRate): Promise<Subject | null> {
    return context.loader(subjectsById).load(subjectId);
  }

  /**
   * Consents to a proposal of the tutor's, or declines it. What was booked before keeps its price.
   *
   * @throws Refusal NOT_FOUND, NO_PROPOSAL, PROPOSAL_CHANGED
   */
  async answer(context: RequestContext, input: unknown): Promise<StudentRate> {
    const answer = accept(proposalAnswer, input, context.locale);
    const { userId } = context.user;
    return transaction(context.em, async (tx) => {
      const { rate, proposedMinor } = await lockProposal(tx, answer.rateId, userId);
      const { amountMinor, currency } = answer.proposedRate;
      if (amountMinor !== proposedMinor || currency !== rate.currency) {
        throw new Refusal<RateErrorCode>('PROPOSAL_CHANGED', ['input', 'proposedRate']);
      }
      const rateMinor = answer.accept ? proposedMinor : rate.rateMinor;
      Object.assign(rate, { rateMinor, proposedMinor: null, proposedAt: null, updatedAt: new Date() });
      recordEvent(tx, (answer.accept ? rateChanged : rateDeclined).create(aboutRate(rate)));
      return rate;
    });
  }
}

async function lockProposal(tx: EntityManager, rateId: string, studentId: string) {
  const rate = await lockRateOfStudent(tx, rateId, studentId);
  if (!rate) throw new Refusal<RateErrorCode>('NOT_FOUND', ['input', 'rateId']);
  const { proposedMinor } = rate;
  if (!proposedMinor) throw new Refusal<RateErrorCode>('NO_PROPOSAL', ['input', 'rateId']);
  return { rate, proposedMinor };
}
