import type { ExportedRow } from './getcourse-client.js';

/** Where an exchange stands. */
export const exchangeStatuses = ['QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED'] as const;
/** @see exchangeStatuses */
export type ExchangeStatus = (typeof exchangeStatuses)[number];

/** What an exchange changes, or would. */
export const exchangeChangeKinds = ['ADD_STUDENT', 'MATCH_STUDENT', 'ENROLL', 'PROGRESS', 'LEAVE_OUT'] as const;
/** @see exchangeChangeKinds */
export type ExchangeChangeKind = (typeof exchangeChangeKinds)[number];

/** Why somebody is left out. */
export const leftOutReasons = ['NO_ADDRESS', 'ADDRESS_TAKEN', 'PROGRESS_UNREADABLE', 'PLACE_TAKEN'] as const;
/** @see leftOutReasons */
export type LeftOutReason = (typeof leftOutReasons)[number];

/** Headings of the columns of an export, in either of its languages. */
const COLUMNS = {
  id: ['id', 'ID', 'id пользователя', 'User ID'],
  email: ['Email', 'email', 'E-mail', 'Эл. почта'],
  firstName: ['Имя', 'First name', 'Name'],
  lastName: ['Фамилия', 'Last name', 'Surname'],
} as const;

const ADDRESS = /^[^\s@]{1,64}@[^\s@]{1,190}$/;

/** Somebody in GetCourse. */
export interface Learner {
  externalId: string;
  /** In lower case; null when there is none that could be one. */
  email: string | null;
  name: string | null;
  row: ExportedRow;
}

/** Reads who is in an export; lines without an id, which are no users, are passed over. */
export function readLearners(rows: readonly ExportedRow[]): Learner[] {
  return rows.flatMap((row) => {
    const cell = (names: readonly string[]) => names.map((name) => row[name]).find(Boolean) ?? '';
    const externalId = cell(COLUMNS.id);
    if (!externalId) return [];
    const email = cell(COLUMNS.email).toLowerCase();
    const name = [cell(COLUMNS.firstName), cell(COLUMNS.lastName)].filter(Boolean).join(' ').slice(0, 200);
    return [{ externalId, email: ADDRESS.test(email) ? email : null, name: name || null, row }];
  });
}

/** A group in GetCourse whose users learn a course here. */
export interface Link {
  id: string;
  groupId: string;
  courseId: string;
  cohortId: string | null;
  /** The heading of the column that tells how far somebody is, if there is one. */
  progressField: string | null;
}

/** What is known here of somebody who is in GetCourse. */
export interface Known {
  studentId: string;
  /** Lessons completed, by course; absent where they are not enrolled. */
  completed: ReadonlyMap<string, number>;
}

/** What is known here. */
export interface KnownSchool {
  byExternalId: ReadonlyMap<string, Known>;
  /** Who has no account and no external id yet, by address. */
  byEmail: ReadonlyMap<string, Known>;
  /** Addresses of others who have none of these ids. */
  takenEmails: ReadonlySet<string>;
  /** How many lessons the version has that somebody learns or would learn, by course. */
  lessonsOf(learner: Known | null, courseId: string): number;
}

/** One change; nothing in it but ids. */
export interface Change {
  kind: ExchangeChangeKind;
  externalId: string;
  courseId?: string;
  /** Of PROGRESS: how many lessons are completed after it. */
  lessons?: number;
  /** Of LEAVE_OUT. */
  reason?: LeftOutReason;
}

/** What has to be done for one learner. */
export interface LearnerPlan {
  learner: Learner;
  studentId: string | null;
  changes: Change[];
  enroll: { link: Link; lessons: number | null }[];
}

/**
 * What an exchange does: adds who is in a linked group and unknown, enrols them, and brings progress up. It never takes anything
 * back: who left a group stays enrolled, and progress that is further here stays. Planning again after doing it gives nothing.
 */
export function planExchange(
  learners: readonly Learner[],
  memberships: ReadonlyMap<string, ReadonlySet<string>>,
  links: readonly Link[],
  known: KnownSchool,
): LearnerPlan[] {
  const plans: LearnerPlan[] = [];
  const claimed = new Set<string>();
  for (const learner of learners) {
    const own = links.filter(({ id }) => memberships.get(id)?.has(learner.externalId));
    if (own.length === 0) continue;
    const plan = planLearner(learner, own, known, claimed);
    if (plan.changes.length > 0) plans.push(plan);
  }
  return plans;
}

function planLearner(learner: Learner, links: readonly Link[], known: KnownSchool, claimed: Set<string>): LearnerPlan {
  const { externalId, email } = learner;
  const plan: LearnerPlan = { learner, studentId: null, changes: [], enroll: [] };
  const found = known.byExternalId.get(externalId);
  const matched = !found && email ? known.byEmail.get(email) : undefined;
  const student = found ?? matched ?? null;
  if (!student) {
    const reason = leaveOut(email, known, claimed);
    if (reason) return { ...plan, changes: [{ kind: 'LEAVE_OUT', externalId, reason }] };
  }
  if (email && !found) claimed.add(email);
  if (!found) plan.changes.push({ kind: matched ? 'MATCH_STUDENT' : 'ADD_STUDENT', externalId });
  for (const link of links) planCourse(plan, link, student, known);
  return { ...plan, studentId: student?.studentId ?? null };
}

function planCourse(plan: LearnerPlan, link: Link, student: Known | null, known: KnownSchool): void {
  const { courseId, progressField } = link;
  const { externalId, row } = plan.learner;
  const completed = student?.completed.get(courseId);
  if (completed === undefined) plan.changes.push({ kind: 'ENROLL', externalId, courseId });
  const share = progressField === null ? null : readShare(row[progressField] ?? '');
  if (share === undefined)
    plan.changes.push({ kind: 'LEAVE_OUT', externalId, courseId, reason: 'PROGRESS_UNREADABLE' });
  const lessons = share == null ? null : Math.floor(share * known.lessonsOf(student, courseId) + 1e-9);
  const isFurther = lessons !== null && lessons > (completed ?? 0);
  if (isFurther) plan.changes.push({ kind: 'PROGRESS', externalId, courseId, lessons });
  if (completed === undefined || isFurther) plan.enroll.push({ link, lessons: isFurther ? lessons : null });
}

function leaveOut(email: string | null, known: KnownSchool, claimed: ReadonlySet<string>): LeftOutReason | null {
  if (!email) return 'NO_ADDRESS';
  return known.takenEmails.has(email) || claimed.has(email) ? 'ADDRESS_TAKEN' : null;
}

/** A share from 0 to 1, written as `40`, `40 %` or `4/10`; null when nothing is written, undefined when it is none of these. */
export function readShare(text: string): number | null | undefined {
  const written = text.replace(/\s/g, '').replace(',', '.');
  if (!written) return null;
  const [, part = '', whole] = /^(\d+(?:\.\d+)?)(?:%|\/(\d+))?$/.exec(written) ?? [];
  if (!part) return undefined;
  const share = Number(part) / (whole === undefined ? 100 : Number(whole));
  return share >= 0 && share <= 1 ? share : undefined;
}
