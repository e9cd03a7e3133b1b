import type { RequiredEntityData } from '@mikro-orm/core';
import type { Random } from '@tutorgraph/kit/demo/random';
import type { HomeworkCheck } from '../homework-check/homework-check.entity.js';
import { judge } from '../homework-check/judge.rules.js';
import { countWords } from '../homework-check/local-score.rules.js';
import type { SubmissionAnnotation, SubmissionReview } from '../homework-review/review.entity.js';
import type { HomeworkAssignment, HomeworkExtension } from '../submissions/homework-assignment.entity.js';
import type { HomeworkGrade } from '../submissions/homework-grade.entity.js';
import type { Submission } from '../submissions/submission.entity.js';
import type { Sample } from './course-files.js';
import type { DemoLesson } from './courses.js';
import type { DemoIds } from './demo-ids.js';
import type { Habit } from './learners.js';

type Homework = NonNullable<DemoLesson['homework']>;
type Assignment = RequiredEntityData<HomeworkAssignment> &
  Pick<HomeworkAssignment, 'id' | 'status' | 'version' | 'assignedAt' | 'dueAt'>;

/** Rows of homework, table by table. */
export interface HomeworkRows {
  assignments: RequiredEntityData<HomeworkAssignment>[];
  submissions: RequiredEntityData<Submission>[];
  checks: RequiredEntityData<HomeworkCheck>[];
  reviews: RequiredEntityData<SubmissionReview>[];
  annotations: RequiredEntityData<SubmissionAnnotation>[];
  extensions: RequiredEntityData<HomeworkExtension>[];
  grades: RequiredEntityData<HomeworkGrade>[];
}

/** Whose homework it is. */
export interface Owner {
  enrollmentId: string;
  studentId: string;
  curatorId: string;
  habit: Habit;
  /** When they stop learning. */
  until: Date;
  now: Date;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Longest time until a curator reads homework; what is newer waits. */
const UNREAD_HOURS = 44;

const REASONS = ['You were ill.', 'A business trip.', 'Exams at school this week.', 'We agreed on it by phone.'];

/** What became of homework. */
export interface HandedIn {
  submittedAt: readonly Date[];
  /** When a curator accepted it; null when nobody has. */
  acceptedAt: Date | null;
}

/** Somebody's way with one piece of homework: handed in, read by a curator, perhaps returned and written anew. */
export class HandIn {
  constructor(
    private readonly rows: HomeworkRows,
    private readonly ids: DemoIds,
    private readonly random: Random,
    private readonly owner: Owner,
  ) {}

  run(homework: Homework, assignedAt: Date): HandedIn {
    const { enrollmentId, studentId, habit, until } = this.owner;
    const dueAt = new Date(assignedAt.getTime() + homework.dueDays * DAY_MS);
    const assignment: Assignment = {
      ...{ id: this.ids.next('assignment'), homeworkId: homework.id, enrollmentId, studentId, status: 'ASSIGNED' },
      ...{ version: 0, assignedAt, dueAt, submittedAt: null, isLate: false, score: null, updatedAt: assignedAt },
    };
    this.rows.assignments.push(assignment);
    const submittedAt: Date[] = [];
    let [sample, at] = [this.sampleOf(homework), this.first(assignedAt)];
    this.extend(assignment, at);
    while (at <= until) {
      submittedAt.push(at);
      const reviewedAt = this.submit(homework, assignment, sample, at);
      if (!reviewedAt) return { submittedAt, acceptedAt: null };
      if (assignment.status === 'REVIEWED') return { submittedAt, acceptedAt: reviewedAt };
      // Who slips does not always try again.
      if ((habit.silentDays || habit.givesUpAfter) && this.random.chance(0.6)) break;
      sample = homework.samples.find(({ level }) => level === 'middling') ?? sample;
      at = this.later(reviewedAt, habit.handsInAfter / 2);
    }
    if (assignment.version === 0) this.draft(assignment, sample);
    return { submittedAt, acceptedAt: null };
  }

  /** @returns when a curator read it; null while it waits */
  private submit(homework: Homework, assignment: Assignment, sample: Sample, at: Date): Date | null {
    const { now, curatorId } = this.owner;
    const id = this.ids.next('submission');
    const version = assignment.version + 1;
    const isLate = at > assignment.dueAt;
    const checkedAt = new Date(at.getTime() + 2 * MINUTE_MS);
    const readAt = new Date(checkedAt.getTime() + this.random.integer(4, UNREAD_HOURS) * HOUR_MS);
    const reviewedAt = now.getTime() - at.getTime() > UNREAD_HOURS * HOUR_MS ? readAt : null;
    // Too short, or far from what was asked for: it comes back.
    const isReturned = sample.level === 'weak' && version === 1;
    const status = reviewedAt ? (isReturned ? 'RETURNED' : 'REVIEWED') : 'NEEDS_REVIEW';
    const score = sample.scores.reduce((sum, points) => sum + points, 0);
    this.rows.submissions.push({
      ...{ id, assignmentId: assignment.id, version, status, text: sample.text, fileIds: [], submittedAt: at, isLate },
      ...{ revision: reviewedAt ? 4 : 3, createdAt: at, updatedAt: reviewedAt ?? checkedAt },
    });
    this.check(homework, id, sample, checkedAt);
    Object.assign(assignment, { version, status, submittedAt: at, isLate, updatedAt: reviewedAt ?? checkedAt });
    if (!reviewedAt) return null;
    assignment.score = score;
    this.rows.reviews.push({
      ...{ id: this.ids.next('review'), submissionId: id, number: 1, reviewerId: curatorId, score, aiScore: null },
      decision: isReturned ? 'RETURN' : 'ACCEPT',
      scores: homework.rubric.map((criterion, index) => ({
        criterionId: criterion.id,
        score: sample.scores[index] ?? 0,
      })),
      ...{
        comment: sample.feedback,
        editCount: sample.edits.length,
        dismissedEdits: dismissed(sample),
        createdAt: reviewedAt,
      },
    });
    this.rows.grades.push({
      ...{ id: this.ids.next('grade'), submissionId: id, source: 'CURATOR', score, maxScore: homework.maxScore },
      ...{ gradedBy: curatorId, gradedAt: reviewedAt },
    });
    this.rows.annotations.push(
      ...sample.notes.map(({ quote, kind, comment }) => {
        const start = sample.text.indexOf(quote);
        const place = { id: this.ids.next('note'), submissionId: id, start, end: start + quote.length };
        return { ...place, kind, comment, authorId: curatorId, createdAt: reviewedAt };
      }),
    );
    return reviewedAt;
  }

  /** What the program says without a model: what takes understanding is left to a curator. */
  private check({ rubric, maxScore, minWords }: Homework, submissionId: string, sample: Sample, checkedAt: Date): void {
    const { text, checker, edits } = sample;
    const mistakes = edits.reduce((sum, { confidence }) => sum + confidence, 0);
    const findings = { words: countWords(text), mistakes, minWords };
    const silent = { answer: null, speaksToChecker: false, hasFiles: false };
    const verdict = judge({ homework: { rubric, maxScore }, text, findings, ...silent });
    this.rows.checks.push({
      ...{ submissionId, checker, model: null, degraded: true, summary: null, ...verdict },
      ...{ edits: edits.map((edit, index) => ({ id: `e${index + 1}`, ...edit })), checkedAt },
    });
  }

  /** Some have begun what they will hand in. */
  private draft(assignment: Assignment, { text }: Sample): void {
    const { until } = this.owner;
    const time = until.getTime() - assignment.assignedAt.getTime();
    if (time <= 0 || this.random.chance(0.5)) return;
    const begunAt = new Date(assignment.assignedAt.getTime() + time * this.random.next());
    const sentences = text.split(/(?<=[.!?])\s/);
    this.rows.submissions.push({
      ...{ id: this.ids.next('submission'), assignmentId: assignment.id, version: 1, status: 'DRAFT', fileIds: [] },
      text: sentences.slice(0, Math.ceil(sentences.length / 2)).join(' '),
      ...{ submittedAt: null, isLate: false, revision: 2, createdAt: begunAt, updatedAt: begunAt },
    });
    Object.assign(assignment, { version: 1, status: 'DRAFT', updatedAt: begunAt });
  }

  /** Who would be late has sometimes asked for more time. */
  private extend(assignment: Assignment, handsInAt: Date): void {
    const { dueAt: previousDueAt, assignedAt } = assignment;
    const { curatorId, now } = this.owner;
    const askedAt = new Date(previousDueAt.getTime() - DAY_MS);
    if (handsInAt <= previousDueAt || askedAt <= assignedAt || askedAt > now || this.random.chance(0.7)) return;
    const dueAt = new Date(previousDueAt.getTime() + this.random.integer(3, 7) * DAY_MS);
    assignment.dueAt = dueAt;
    this.rows.extensions.push({
      ...{ id: this.ids.next('extension'), assignmentId: assignment.id, previousDueAt, dueAt, grantedBy: curatorId },
      ...{ reason: this.random.pick(REASONS), createdAt: askedAt },
    });
  }

  private sampleOf({ samples }: Homework): Sample {
    const { writes } = this.owner.habit;
    const level = this.random.chance(0.7) ? writes[0] : writes.at(-1);
    const sample = samples.find((one) => one.level === level) ?? samples.at(-1);
    if (!sample) throw new Error('Homework of the demo needs at least one sample');
    return sample;
  }

  /** When they hand it in; of those who go on learning, some just have, so that curators have something to read. */
  private first(assignedAt: Date): Date {
    const { habit, until, now } = this.owner;
    const at = this.later(assignedAt, habit.handsInAfter);
    if (at <= until || until < now || this.random.chance(0.15)) return at;
    const soonest = Math.max(assignedAt.getTime(), now.getTime() - UNREAD_HOURS * HOUR_MS);
    return new Date(soonest + this.random.next() * (now.getTime() - soonest));
  }

  private later(at: Date, days: number): Date {
    return new Date(at.getTime() + this.random.logNormal(days, 0.45) * DAY_MS);
  }
}

/** Edits that a curator does not let stand: those of a text without mistakes, and names that the checker does not know. */
function dismissed({ level, edits }: Sample): string[] {
  const isName = ({ kind, original }: Sample['edits'][number]) => kind === 'SPELLING' && /^\p{Lu}/u.test(original);
  return edits.flatMap((edit, index) => (level === 'strong' || isName(edit) ? [`e${index + 1}`] : []));
}
