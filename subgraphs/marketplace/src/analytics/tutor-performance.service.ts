import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { badUserInput } from '@tutorgraph/kit/graphql/errors';
import type { Subject } from '../subjects/subject.entity.js';
import { subjectsById } from '../subjects/subject.repository.js';
import type { Tutor } from '../tutors/tutor.entity.js';
import { tutorOfViewer, tutorsById } from '../tutors/tutor.repository.js';
import { measureDemand, measureTutor } from './tutor-performance.repository.js';
import type { SubjectDemand, TutorPerformance } from './tutor-performance.types.js';

const LONGEST_DAYS = 366;
const DAY_MS = 24 * 60 * 60 * 1000;

/** How tutors do: each sees their own figures, staff those of all. */
export class TutorPerformanceService {
  /** The figures of a tutor, one's own without an id; null when there is none that the viewer may see. @throws BAD_USER_INPUT */
  async measure(
    context: RequestContext,
    tutorId: string | null | undefined,
    from: Date,
    to: Date,
  ): Promise<TutorPerformance | null> {
    if (from >= to || to.getTime() - from.getTime() > LONGEST_DAYS * DAY_MS) {
      throw badUserInput(`from must lie before to, by at most ${LONGEST_DAYS} days`);
    }
    const tutor = tutorId ? await context.loader(tutorsById).load(tutorId) : await tutorOfViewer(context);
    if (!(tutor && (context.isUser(tutor.userId) || context.can('marketplace.metrics.read')))) return null;
    const ask = { tutorId: tutor.id, from, to };
    const figures = await measureTutor(context.em, ask);
    return { ...ask, ...figures, demand: await measureDemand(context.em, ask) };
  }

  tutor(context: RequestContext, { tutorId }: TutorPerformance): Promise<Tutor | null> {
    return context.loader(tutorsById).load(tutorId);
  }

  subject(context: RequestContext, { subjectId }: SubjectDemand): Promise<Subject | null> {
    return context.loader(subjectsById).load(subjectId);
  }
}
