import type { EntityManager } from '@mikro-orm/postgresql';
import { endable } from '@tutorgraph/kit/events/endable';
import type { DomainEvent } from '@tutorgraph/kit/events/event';
import type { LiveMessage, LiveStream } from '@tutorgraph/kit/events/live-stream';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { forbidden } from '@tutorgraph/kit/graphql/errors';
import DataLoader from 'dataloader';
import { Cohort } from '../cohorts/cohort.entity.js';
import type { StudentAccess } from '../students/student-access.js';
import type { HomeworkAssignment } from '../submissions/homework-assignment.entity.js';
import type { Submission } from '../submissions/submission.entity.js';
import { assignmentsById, submissionsById } from '../submissions/submission.loaders.js';
import { changeOf, concernedBy, type HomeworkChange, homeworkEvents } from './homework-live.rules.js';

/** What a message says. */
export interface HeardHomework {
  kind: HomeworkChange | null;
  assignment: HomeworkAssignment | null;
  submission: Submission | null;
}

const NOTHING: HeardHomework = { kind: null, assignment: null, submission: null };

/** What one event wakes is asked for at once, for all of them together and never from memory. */
const TOGETHER = {
  cache: false,
  maxBatchSize: 1_000,
  batchScheduleFn: (run: () => void) => setImmediate(run),
} as const;

/**
 * Homework, live: for its student, for the curator of the cohort, and for whoever may see all students. Who may hear an event is
 * decided when it comes, by what the database says then: a curator who leads the cohort no longer hears nothing more of it.
 */
export class HomeworkLiveService {
  private readonly curators: DataLoader<string, string | null>;

  constructor(
    private readonly live: LiveStream,
    private readonly students: StudentAccess,
    private readonly em: EntityManager,
  ) {
    this.curators = new DataLoader((ids: readonly string[]) => this.findCurators(ids), TOGETHER);
  }

  /** What happens to homework that is the viewer's matter, or only to a student's. @throws FORBIDDEN */
  async watch(
    context: RequestContext,
    studentId: string | null | undefined,
    after: string | null | undefined,
  ): Promise<AsyncIterable<LiveMessage>> {
    if (studentId && !(await this.students.seen(context, studentId))) {
      throw forbidden('You may listen only to students whom you may see');
    }
    const isStaff = this.students.scopeOf(context).kind !== 'none';
    const keys = [studentId ? `student:${studentId}` : isStaff ? 'school' : `user:${context.user.userId}`];
    const messages = this.live.subscribe({ after, keys, types: homeworkEvents, signal: context.signal });
    return endable((ended) => this.heardBy(context, messages, ended), context.signal);
  }

  /** The homework that a message is about, as it is now. */
  async heard(context: RequestContext, event: DomainEvent | null): Promise<HeardHomework> {
    const change = event && changeOf(event);
    if (!change) return NOTHING;
    const { kind, isOfSubmission } = change;
    const submission = isOfSubmission ? await context.loader(submissionsById).load(event.subject) : null;
    const assignmentId = isOfSubmission ? submission?.assignmentId : event.subject;
    const assignment = assignmentId ? await context.loader(assignmentsById).load(assignmentId) : null;
    return assignment ? { kind, assignment, submission } : NOTHING;
  }

  private async *heardBy(
    context: RequestContext,
    messages: AsyncIterable<LiveMessage>,
    signal: AbortSignal,
  ): AsyncGenerator<LiveMessage, void, void> {
    for await (const message of messages) {
      if (signal.aborted) return;
      if (!message.event || (await this.concerns(context, message.event))) yield message;
    }
  }

  private async concerns(context: RequestContext, event: DomainEvent): Promise<boolean> {
    const { userId, cohortId } = concernedBy(event);
    if (userId === context.user.userId) return true;
    const scope = this.students.scopeOf(context);
    if (scope.kind !== 'curator') return scope.kind === 'all';
    return cohortId !== null && (await this.curators.load(cohortId)) === scope.userId;
  }

  private async findCurators(ids: readonly string[]): Promise<(string | null)[]> {
    const cohorts = await this.em.fork().find(Cohort, { id: { $in: [...new Set(ids)] } }, { fields: ['curatorId'] });
    const found = new Map(cohorts.map(({ id, curatorId }) => [id, curatorId ?? null]));
    return ids.map((id) => found.get(id) ?? null);
  }
}
