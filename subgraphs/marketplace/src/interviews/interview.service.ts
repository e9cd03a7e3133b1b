import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import type { PageRequest } from '@tutorgraph/kit/pagination/keyset';
import { refusing } from '../constraints.js';
import { interviewRequested } from '../events.js';
import { type MeetingProviderName, meetingProviderNames } from '../meetings/meeting.rules.js';
import type { Offering } from '../offerings/offering.entity.js';
import { findOwnOffering, offeringsById } from '../offerings/offering.repository.js';
import { noPage } from '../pages/no-page.js';
import type { Subject } from '../subjects/subject.entity.js';
import { findSubject, subjectsById } from '../subjects/subject.repository.js';
import type { Tutor } from '../tutors/tutor.entity.js';
import { holdTutorByUser, tutorOfViewer, tutorsById } from '../tutors/tutor.repository.js';
import { keepsInterviews, maySeeInterview, sideOf } from './interview.access.js';
import { Interview } from './interview.entity.js';
import type { InterviewErrorCode } from './interview.payloads.js';
import {
  findInterviews,
  hasPassed,
  type InterviewSearch,
  interviewedOfferings,
  interviewsById,
} from './interview.repository.js';
import { interviewRequest } from './interview.rules.js';
import { aboutInterview } from './interview.transitions.js';
import type { Invitations } from './invitations.js';

/** Interviews as their tutors and staff see them. */
export class InterviewService {
  constructor(private readonly invitations: Invitations) {}

  /** An interview that the viewer may see. */
  async find(context: RequestContext, id: string): Promise<Interview | null> {
    const interview = await context.loader(interviewsById).load(id);
    return interview && (await maySeeInterview(context, interview)) ? interview : null;
  }

  /** A page of all interviews, for staff. */
  list(context: RequestContext, search: InterviewSearch, page: PageRequest): Promise<Connection<Interview>> {
    return findInterviews(context.em, search, page);
  }

  /** A page of the viewer's own interviews; an empty one for whoever has no profile. */
  async own(context: RequestContext, page: PageRequest): Promise<Connection<Interview>> {
    const tutor = await tutorOfViewer(context);
    return tutor ? findInterviews(context.em, { tutorId: tutor.id }, page) : noPage();
  }

  tutor(context: RequestContext, { tutorId }: Interview): Promise<Tutor | null> {
    return context.loader(tutorsById).load(tutorId);
  }

  subject(context: RequestContext, { subjectId }: Interview): Promise<Subject | null> {
    return context.loader(subjectsById).load(subjectId);
  }

  async offering(context: RequestContext, { offeringId }: Interview): Promise<Offering | null> {
    return offeringId ? context.loader(offeringsById).load(offeringId) : null;
  }

  /** What is for staff alone. */
  forStaff(context: RequestContext, words: string | null | undefined): string | null {
    return keepsInterviews(context) ? (words ?? null) : null;
  }

  /** The video room, for the two who talk there, while they are to. */
  async meeting(
    context: RequestContext,
    interview: Interview,
  ): Promise<{ url: string; provider: MeetingProviderName } | null> {
    const { meetingUrl: url, status } = interview;
    const provider = meetingProviderNames.find((name) => name === interview.meetingProvider);
    if (!url || !provider || status !== 'SCHEDULED') return null;
    return (await sideOf(context, interview)) ? { url, provider } : null;
  }

  /** Where the two who talk find the interview for their calendars. */
  async invitation(context: RequestContext, interview: Interview): Promise<string | null> {
    const side = interview.startsAt ? await sideOf(context, interview) : undefined;
    if (!side) return null;
    return this.invitations.address({ interviewId: interview.id, userId: context.user.userId }, context.locale);
  }

  /** Has the tutor of an offering passed an interview about it? */
  interviewed(context: RequestContext, { id }: Offering): Promise<boolean> {
    return context.loader(interviewedOfferings).load(id);
  }

  /** @throws Refusal NOT_FOUND, PROFILE_REQUIRED, SUBJECT_ARCHIVED, INTERVIEW_REQUESTED_BEFORE, INTERVIEW_PASSED_BEFORE */
  async request(context: RequestContext, input: unknown): Promise<Interview> {
    const { offeringId, note, preferredTimes } = accept(interviewRequest, input, context.locale);
    const { userId } = context.user;
    return refusing<InterviewErrorCode, Interview>(
      { interviews_live_once_per_offering: 'INTERVIEW_REQUESTED_BEFORE' },
      () =>
        transaction(context.em, async (tx) => {
          const tutor = await holdTutorByUser(tx, userId);
          if (!tutor) throw new Refusal<InterviewErrorCode>('PROFILE_REQUIRED');
          const offering = await findOwnOffering(tx, tutor.id, offeringId);
          if (!offering) throw new Refusal<InterviewErrorCode>('NOT_FOUND', ['input', 'offeringId']);
          const { subjectId } = offering;
          if ((await findSubject(tx, subjectId))?.archivedAt) {
            throw new Refusal<InterviewErrorCode>('SUBJECT_ARCHIVED', ['input', 'offeringId']);
          }
          if (await hasPassed(tx, tutor.id, subjectId))
            throw new Refusal<InterviewErrorCode>('INTERVIEW_PASSED_BEFORE');
          const now = new Date();
          const interview = tx.create(Interview, {
            id: newId(),
            tutorId: tutor.id,
            subjectId,
            offeringId: offering.id,
            status: 'PENDING',
            note: note ?? null,
            preferredTimes: preferredTimes ?? null,
            createdAt: now,
            updatedAt: now,
          });
          recordEvent(tx, interviewRequested.create(aboutInterview(interview, userId)));
          return interview;
        }),
    );
  }
}
