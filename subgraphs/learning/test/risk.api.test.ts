import { newId } from '@tutorgraph/kit/database/id';
import { withStatements } from '@tutorgraph/kit/database/statement-count';
import { transaction } from '@tutorgraph/kit/database/transaction';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CourseVersion } from '../src/courses/course.entity.js';
import { Homework } from '../src/homework/homework.entity.js';
import { Intervention } from '../src/interventions/intervention.entity.js';
import { learningPrivacy } from '../src/privacy/learning-privacy.js';
import { RiskDay, RiskModelRow } from '../src/risk/risk.entity.js';
import { HomeworkAssignment } from '../src/submissions/homework-assignment.entity.js';
import { HomeworkGrade } from '../src/submissions/homework-grade.entity.js';
import { Submission } from '../src/submissions/submission.entity.js';
import { dayOf, Learning, NOBODY, type PlantedCourse } from './learning-fixtures.js';

const DAY_MS = 24 * 60 * 60 * 1000;
const RISK =
  'risk { score level scoredAt reasons { code value text } history(days: 7) { day score level } enrollment { id } }';
const AT_RISK = `query ($filter: RiskFilter, $first: Int) { studentsAtRisk(filter: $filter, first: $first) {
  totalCount edges { node { score level student { id } enrollment { id } reasons { code value text } } } } }`;

interface Risk {
  score: number;
  level: string;
  reasons: { code: string; value: number; text: string }[];
}

let school: Learning;
let admin: TestPerson;
let curator: TestPerson;
let course: PlantedCourse;
let cohortId: string;
let lost: { studentId: string; person: TestPerson; enrollmentId: string };
let thriving: typeof lost;
let homeworkIds: string[];

const ago = (days: number) => new Date(Date.now() - days * DAY_MS);

beforeAll(async () => {
  school = await Learning.open();
  admin = await school.graph.person('ADMIN');
  course = await school.course({ published: false, lengthDays: 40 });
  homeworkIds = await plantHomework(course);
  await school.em.nativeUpdate(CourseVersion, { id: course.versionId }, { status: 'PUBLISHED', publishedAt: ago(60) });
  ({ cohortId, curator } = await school.cohort(course.courseId, { startsOn: dayOf(ago(25)) }));
  thriving = await enrol(8);
  for (let index = 0; index < 7; index++) await learn(await school.unclaimed(), index);
  lost = await enrol(null);
});

afterAll(() => school?.close());

/** One homework for each lesson, due two days after it. */
async function plantHomework({ lessonIds }: PlantedCourse): Promise<string[]> {
  const em = school.em;
  const ids = lessonIds.map((lessonId, index) => {
    const { id } = em.create(Homework, {
      id: newId(),
      lessonId,
      lineageId: newId(),
      position: 1,
      title: `Homework ${index + 1}`,
      instructions: 'Write a letter.',
      dueDays: 2,
      maxScore: 10,
      passPercent: 60,
      minWords: null,
      rubric: [],
      isRequired: true,
      checksEnglish: false,
    });
    return id;
  });
  await em.flush();
  return ids;
}

/** Somebody who has learned for 25 days and handed in all that was due, in time, with this much over nothing; null: nothing. */
async function enrol(diligence: number | null) {
  const student = await school.student();
  return { ...student, enrollmentId: await learn(student.studentId, diligence) };
}

async function learn(studentId: string, diligence: number | null, group = cohortId): Promise<string> {
  const enrollmentId = await school.enrollment(studentId, course, { cohortId: group, enrolledAt: ago(30) });
  if (diligence !== null) {
    // Due on the 2nd, 12th and 22nd day of the cohort.
    for (const [index, homeworkId] of homeworkIds.slice(0, 3).entries()) {
      await handIn({ studentId, enrollmentId }, homeworkId, ago(25 - index * 10), 2 + diligence);
    }
  }
  return enrollmentId;
}

async function handIn(
  { studentId, enrollmentId }: { studentId: string; enrollmentId: string },
  homeworkId: string,
  at: Date,
  score: number,
): Promise<void> {
  const em = school.em;
  const dueAt = new Date(at.getTime() + 2 * DAY_MS);
  const assignment = em.create(HomeworkAssignment, {
    id: newId(),
    homeworkId,
    enrollmentId,
    studentId,
    status: 'REVIEWED',
    version: 1,
    assignedAt: at,
    dueAt,
    submittedAt: at,
    score,
    remindedAt: null,
    updatedAt: at,
  });
  const submission = em.create(Submission, {
    id: newId(),
    assignmentId: assignment.id,
    version: 1,
    status: 'REVIEWED',
    text: 'Dear friend',
    fileIds: [],
    submittedAt: at,
    createdAt: at,
    updatedAt: at,
  });
  em.create(HomeworkGrade, {
    id: newId(),
    submissionId: submission.id,
    source: 'CURATOR',
    score,
    maxScore: 10,
    gradedBy: null,
    gradedAt: at,
  });
  await em.flush();
}

const riskOf = (studentId: string, person: TestPerson) =>
  school
    .ask<{ risk: Risk | null } | null>(`query ($id: ID!) { student(id: $id) { ${RISK} } }`, { id: studentId }, person)
    .then((student) => student?.risk ?? null);

const atRisk = async (person: TestPerson, filter: object = {}) => {
  const { edges } = await school.ask<{ edges: { node: Risk & { student: { id: string } } }[] }>(
    AT_RISK,
    { filter },
    person,
  );
  return edges.map(({ node }) => node);
};

const status = async (studentId: string) =>
  (await school.sql<{ status: string }>('select status from learning.students where id = ?', [studentId]))[0]?.status;

describe('risk', () => {
  it('is told of everybody at night, once however often, with true reasons', async () => {
    await school.runJob('score-all-risk');
    await school.runJob('score-all-risk');
    const risk = await riskOf(lost.studentId, curator);
    expect(risk).toMatchObject({ level: 'AT_RISK', enrollment: { id: lost.enrollmentId } });
    expect(risk?.reasons[0]).toEqual({
      code: 'NEVER_STARTED',
      value: 25,
      text: 'Has done nothing yet; days since the course began: 25.',
    });
    const calm = await riskOf(thriving.studentId, curator);
    expect(calm).toMatchObject({ level: 'LOW', reasons: [] });
    expect(risk?.score).toBeGreaterThan((calm?.score ?? 100) + 30);
    expect((await school.told(lost.studentId)).filter((event) => event === 'student.at-risk')).toHaveLength(1);
    expect(await status(lost.studentId)).toBe('AT_RISK');
    expect(await status(thriving.studentId)).toBe('ACTIVE');
  });

  it('is heard live by the curator of the cohort, not by another one', async () => {
    const watch = 'subscription { studentAtRisk { cursor risk { level student { id } } } }';
    const next = async (stream: AsyncIterator<unknown>) =>
      ((await stream.next()).value as { data: { studentAtRisk: { risk: object | null } } }).data.studentAtRisk;
    const elsewhere = await school.cohort(course.courseId, { startsOn: dayOf(ago(25)) });
    const [own, other] = [
      await school.graph.subscribe('learning', watch, {}, curator),
      await school.graph.subscribe('learning', watch, {}, elsewhere.curator),
    ];
    for (const stream of [own, other]) expect(await next(stream)).toMatchObject({ risk: null });
    const [ours, theirs] = [await school.unclaimed(), await school.unclaimed()];
    for (const [stream, studentId, group] of [
      [own, ours, cohortId],
      [other, theirs, elsewhere.cohortId],
    ] as const) {
      await learn(studentId, null, group);
      await school.runJob('score-due-risk');
      // The other curator's stream has not the first one.
      expect(await next(stream)).toMatchObject({ risk: { level: 'AT_RISK', student: { id: studentId } } });
    }
    await own.return?.();
    await other.return?.();
    await expect(school.graph.subscribe('learning', watch, {}, lost.person)).rejects.toMatchObject({
      extensions: { code: 'FORBIDDEN' },
    });
    await school.sql('delete from learning.enrollments where student_id in (?, ?)', [ours, theirs]);
  });

  it('takes as many statements for many students as for one', async () => {
    const count = async (first: number) => {
      const query = `query { studentsAtRisk(first: ${first}, filter: { atLeast: LOW }) { edges { node { reasons { text }
        history(days: 5) { score } student { id risk { score } interventions(first: 1) { totalCount } } enrollment { id risk { score } } } } } }`;
      const { result, statements } = await withStatements(() => school.ask<{ edges: object[] }>(query, {}, curator));
      expect(result.edges).toHaveLength(first);
      return statements.length;
    };
    expect(await count(9)).toBeLessThanOrEqual((await count(1)) + 2);
  });

  it('is listed for curators of the cohort and for staff, the highest first', async () => {
    const stranger = await school.graph.person('CURATOR');
    const [first] = await atRisk(curator, { cohortId });
    expect(first).toMatchObject({ student: { id: lost.studentId }, level: 'AT_RISK' });
    const all = await atRisk(admin, { atLeast: 'LOW', courseId: course.courseId });
    expect(all).toHaveLength(9);
    const scores = all.map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(await atRisk(stranger)).toEqual([]);
    expect(await atRisk(admin, { curatorId: stranger.userId })).toEqual([]);
    expect(await atRisk(admin, { courseId: 'no id' })).toEqual([]);
  });

  it('is not shown to the student, nor to other students', async () => {
    expect(await riskOf(lost.studentId, lost.person)).toBeNull();
    expect(await riskOf(lost.studentId, thriving.person)).toBeNull();
    const { codes } = await school.run(AT_RISK, {}, lost.person);
    expect(codes).toEqual(['FORBIDDEN']);
  });

  it('falls soon after something was done', async () => {
    const before = (await riskOf(lost.studentId, curator))?.score ?? 0;
    for (const homeworkId of homeworkIds.slice(0, 3)) await handIn(lost, homeworkId, ago(0), 10);
    const at = new Date();
    await school.sql('insert into learning.risk_due (enrollment_id, due_at) values (?, ?)', [lost.enrollmentId, at]);
    await school.runJob('score-due-risk');
    const after = await riskOf(lost.studentId, curator);
    expect(after?.score).toBeLessThan(before);
    expect(after?.reasons.map(({ code }) => code)).not.toContain('NEVER_STARTED');
    expect(await school.sql('select from learning.risk_due where enrollment_id = ?', [lost.enrollmentId])).toEqual([]);
  });

  it('becomes due by what happens in the room, and ends with the enrolment', async () => {
    const learner = await enrol(null);
    await school.runJob('score-all-risk');
    expect(await riskOf(learner.studentId, admin)).not.toBeNull();
    const { refused } = await school.mutate('dropEnrollment', { enrollmentId: learner.enrollmentId }, learner.person);
    expect(refused).toEqual([]);
    const due = () => school.sql('select from learning.risk_due where enrollment_id = ?', [learner.enrollmentId]);
    await expect.poll(due, { timeout: 20_000 }).toHaveLength(1);
    await school.runJob('score-due-risk');
    expect(await riskOf(learner.studentId, admin)).toBeNull();
    expect(await status(learner.studentId)).toBe('DROPPED');
  });
});

describe('thresholds', () => {
  const SELECTION = 'thresholds { watchFrom atRiskFrom quietDays }';

  it('are the school’s to set, in their order', async () => {
    const asked = () => school.ask('query { riskThresholds { watchFrom atRiskFrom quietDays } }', {}, curator);
    expect(await asked()).toEqual({ watchFrom: 35, atRiskFrom: 50, quietDays: 14 });
    const wrong = { watchFrom: 60, atRiskFrom: 50, quietDays: 14 };
    expect((await school.mutate('setRiskThresholds', wrong, admin, SELECTION)).refused).toEqual(['INVALID_INPUT']);
    const right = { watchFrom: 1, atRiskFrom: 2, quietDays: 0 };
    expect((await school.mutate('setRiskThresholds', right, curator, SELECTION)).codes).toEqual(['FORBIDDEN']);
    const { payload } = await school.mutate('setRiskThresholds', right, admin, SELECTION);
    expect(payload?.['thresholds']).toEqual(right);
    expect(await asked()).toEqual(right);
    await school.runJob('score-all-risk');
    expect((await atRisk(admin, { atLeast: 'AT_RISK' })).length).toBeGreaterThan(1);
    await school.mutate('setRiskThresholds', { watchFrom: 35, atRiskFrom: 50, quietDays: 14 }, admin, SELECTION);
  });
});

describe('interventions', () => {
  const SELECTION = `intervention { id kind note doneAt scoreBefore scoreAfter7Days scoreAfter28Days doneBy { id }
    student { id } enrollment { id } }`;

  it('are written down by who guides the student, with the risk before', async () => {
    const { payload } = await school.mutate(
      'logIntervention',
      { enrollmentId: lost.enrollmentId, kind: 'CALL', note: ' Called, will catch up. ' },
      curator,
      SELECTION,
    );
    const score = (await riskOf(lost.studentId, curator))?.score;
    expect(payload?.['intervention']).toMatchObject({
      kind: 'CALL',
      note: 'Called, will catch up.',
      scoreBefore: score,
      scoreAfter7Days: null,
      doneBy: { id: curator.userId },
      student: { id: lost.studentId },
    });
    expect(await school.told(lost.studentId)).toContain('intervention.logged');
    const list =
      'query ($filter: InterventionFilter) { interventions(filter: $filter) { edges { node { student { id } } } } }';
    const { edges } = await school.ask<{ edges: object[] }>(list, { filter: { kind: 'CALL' } }, curator);
    expect(edges).toEqual([{ node: { student: { id: lost.studentId } } }]);
    const ofStudent = 'query ($id: ID!) { student(id: $id) { interventions { totalCount } } }';
    expect(await school.ask(ofStudent, { id: lost.studentId }, curator)).toEqual({ interventions: { totalCount: 1 } });
    expect(await school.ask(ofStudent, { id: lost.studentId }, lost.person)).toEqual({ interventions: null });
  });

  it('are refused to strangers, for nobody, and in the future', async () => {
    const log = (enrollmentId: string, person: TestPerson, more: object = {}) =>
      school.mutate('logIntervention', { enrollmentId, kind: 'OTHER', ...more }, person, SELECTION);
    const stranger = await school.graph.person('CURATOR');
    expect((await log(lost.enrollmentId, stranger)).refused).toEqual(['NOT_FOUND']);
    expect((await log(NOBODY, curator)).refused).toEqual(['NOT_FOUND']);
    const tomorrow = new Date(Date.now() + DAY_MS).toISOString();
    expect((await log(lost.enrollmentId, curator, { doneAt: tomorrow })).refused).toEqual(['INVALID_INPUT']);
    expect((await log(lost.enrollmentId, lost.person)).codes).toEqual(['FORBIDDEN']);
  });

  it('are measured against similar students without one', async () => {
    const studentId = await school.unclaimed();
    const treated = await learn(studentId, 3);
    const similar = await learn(await school.unclaimed(), 3);
    const em = school.em;
    const days: [string, number, number][] = [
      [treated, 40, 60],
      [treated, 33, 40],
      [similar, 40, 64],
      [similar, 32, 70],
      // Too different to be compared with.
      [thriving.enrollmentId, 40, 5],
      [thriving.enrollmentId, 33, 5],
    ];
    for (const [enrollmentId, day, score] of days) {
      em.create(RiskDay, { enrollmentId, day: dayOf(ago(day)), score, level: 'AT_RISK' });
    }
    const more = { note: '', doneBy: null, doneAt: ago(40), scoreBefore: 60 };
    em.create(Intervention, { id: newId(), enrollmentId: treated, studentId, kind: 'MEETING', ...more });
    await em.flush();
    const query = `query ($filter: InterventionFilter) { interventionEffects(filter: $filter) { days measured change similarChange } }`;
    const filter = { kind: 'MEETING', courseId: course.courseId };
    const [week, month] = await school.ask<object[]>(query, { filter }, admin);
    expect(week).toEqual({ days: 7, measured: 1, change: -20, similarChange: 6 });
    expect(month).toMatchObject({ days: 28, measured: 0, change: null });
    expect((await school.run(query, { filter }, curator)).codes).toEqual(['FORBIDDEN']);
  });

  it('lose their words when the student is erased', async () => {
    const { studentId, person } = lost;
    const kept = await learningPrivacy.collect(school.em, person.userId);
    expect(kept.sections['interventions']).toMatchObject([{ kind: 'CALL', note: 'Called, will catch up.' }]);
    expect(kept.sections['risk']).toHaveLength(1);
    await transaction(school.em, (tx) => learningPrivacy.erase(tx, person.userId));
    const left = await school.em.find(Intervention, { studentId });
    expect(left.map(({ note }) => note)).toEqual(['']);
  });
});

describe('models of risk', () => {
  const MODELS = `query { riskModels { edges { node { status figures { students failed auc } comparedWith { auc } } } } }`;
  const models = async () => {
    const { edges } = await school.ask<{ edges: { node: object }[] }>(MODELS, {}, admin);
    return edges.map(({ node }) => node);
  };

  it('are not trained on few outcomes', async () => {
    await school.runJob('retrain-risk');
    expect(await models()).toEqual([]);
  });

  it('are one at a time, and can be taken back', async () => {
    const figures = { students: 400, failed: 100, auc: 0.8, calibrationError: 0.02, precisionAtTop: 0.7 };
    const em = school.em;
    em.create(RiskModelRow, {
      id: newId(),
      status: 'RUNNING',
      // A model that another version of the program wrote: nobody can be scored by it.
      model: {} as never,
      figures,
      comparedWith: { ...figures, auc: 0.7 },
      trainedAt: new Date(),
      trainedBy: null,
    });
    await em.flush();
    expect(await models()).toMatchObject([{ status: 'RUNNING', figures: { auc: 0.8 }, comparedWith: { auc: 0.7 } }]);
    await school.runJob('score-all-risk');
    expect(await riskOf(thriving.studentId, admin)).toMatchObject({ level: 'LOW' });
    const takeBack = 'mutation { takeRiskModelBack { userErrors { code } } }';
    expect((await school.run(takeBack, {}, curator)).codes).toEqual(['FORBIDDEN']);
    await school.ask(takeBack, {}, admin);
    expect(await models()).toMatchObject([{ status: 'REPLACED' }]);
    await school.ask('mutation { retrainRiskModel { userErrors { code } } }', {}, admin);
  });
});
