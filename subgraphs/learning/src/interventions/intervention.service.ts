import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import type { PageRequest } from '@tutorgraph/kit/pagination/keyset';
import { sql } from 'kysely';
import { z } from 'zod';
import { aboutEnrollment } from '../enrollments/about-enrollment.js';
import { enrollmentsById } from '../enrollments/enrollment.repository.js';
import type { LearningErrorCode } from '../errors.js';
import { interventionLogged } from '../events.js';
import { reference, text, withoutNulls } from '../input.rules.js';
import { interventionKinds } from '../risk/risk.rules.js';
import type { StudentAccess } from '../students/student-access.js';
import { Intervention } from './intervention.entity.js';
import {
  findInterventions,
  type InterventionChange,
  type InterventionSearch,
  interventionsOfStudents,
  measureChange,
  scoreOn,
  scoresAfter,
} from './intervention.repository.js';

const OLDEST_MS = 30 * 24 * 60 * 60 * 1000;
const MEASURED_AFTER_DAYS = [7, 28];

const logging = z.preprocess(
  withoutNulls,
  z.object({
    enrollmentId: reference,
    kind: z.enum(interventionKinds),
    note: text(0, 2_000).default(''),
    doneAt: z.date().optional(),
  }),
);

/** What staff do for students at risk, written down so that it can be measured. */
export class InterventionService {
  constructor(private readonly access: StudentAccess) {}

  /** Writes down what was done. @throws Refusal INVALID_INPUT, NOT_FOUND */
  async log(context: RequestContext, input: unknown): Promise<{ intervention: Intervention }> {
    const now = new Date();
    const { enrollmentId, kind, note, doneAt = now } = accept(logging, input, context.locale);
    const age = now.getTime() - doneAt.getTime();
    if (age < 0 || age > OLDEST_MS) throw new Refusal<LearningErrorCode>('INVALID_INPUT', ['input', 'doneAt']);
    const field = ['input', 'enrollmentId'];
    const enrollment = await context.loader(enrollmentsById).load(enrollmentId);
    if (!enrollment) throw new Refusal<LearningErrorCode>('NOT_FOUND', field);
    const student = await this.access.requireSeen(context, enrollment.studentId, field);
    return transaction(context.em, async (tx) => {
      const intervention = tx.create(Intervention, {
        id: newId(),
        enrollmentId,
        studentId: student.id,
        kind,
        note,
        doneBy: context.user.userId,
        doneAt,
        scoreBefore: await scoreOn(tx, enrollmentId, doneAt),
      });
      const data = aboutEnrollment(enrollment, student.userId ?? null);
      recordEvent(tx, interventionLogged.create({ subject: student.id, data }));
      await tx.flush();
      return { intervention };
    });
  }

  /** What was done for students whom the viewer guides, the newest first. */
  list(context: RequestContext, search: InterventionSearch, page: PageRequest): Promise<Connection<Intervention>> {
    return findInterventions(context.em, this.access.visible(context, sql`t.student_id`), search, page);
  }

  /** What was done for a student; nothing unless the viewer is of their staff. */
  async ofStudent(
    context: RequestContext,
    studentId: string,
    page: PageRequest,
  ): Promise<Connection<Intervention> | null> {
    if (this.access.scopeOf(context).kind === 'none') return null;
    const seen = await this.access.maySee(context, [studentId]);
    return seen.has(studentId) ? context.loader(interventionsOfStudents).load({ parent: studentId, page }) : null;
  }

  /** The score so many days after it; null while there is none. */
  scoreAfter(context: RequestContext, { id }: Intervention, days: number): Promise<number | null> {
    return context.loader(scoresAfter).load({ id, days });
  }

  /** How scores changed after interventions, beside those of similar students. */
  effect(context: RequestContext, search: InterventionSearch): Promise<InterventionChange[]> {
    return Promise.all(MEASURED_AFTER_DAYS.map((days) => measureChange(context.em, search, days)));
  }
}
