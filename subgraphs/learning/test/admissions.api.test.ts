import { withStatements } from '@tutorgraph/kit/database/statement-count';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { isRealPostgres } from '@tutorgraph/kit/testing/database';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  movedOnceWithStudent,
  movedWithEnrollment,
  movedWithStudent,
  notMovedWithStudent,
} from '../src/admissions/merge-students.js';
import { learningPrivacy } from '../src/privacy/learning-privacy.js';
import { Student } from '../src/students/student.entity.js';
import { Learning, NOBODY, type Outcome } from './learning-fixtures.js';

const STUDENT =
  'student { id name status user { id } enrollments { edges { node { id status percent cohort { id } course { id } } } } }';
const IMPORT = `addedCount enrolledCount students { row isNew student { id name email externalId } }`;
const addressOf = ({ userId }: TestPerson) => `${userId}@test.tutorgraph.example`;

let learning: Learning;
let admin: TestPerson;
beforeAll(async () => {
  learning = await Learning.open({ APP_URL: 'https://app.example.com' }, ['accounts', 'learning', 'messaging']);
  admin = await learning.graph.person('ADMIN');
});
afterAll(() => learning?.close());

let count = 0;
const newAddress = () => `somebody-${++count}@mail.example`;
const invite = (input: object) => learning.mutate('inviteStudent', { language: 'en', ...input }, admin, STUDENT);
const claim = (code: string, person: TestPerson) => learning.mutate('claimStudent', { code }, person, STUDENT);
const importRows = (rows: object[], dryRun = false) =>
  learning.mutate('importStudents', { rows, dryRun }, admin, IMPORT);
const studentOf = ({ payload }: Outcome) =>
  payload?.['student'] as { id: string; name: string; enrollments: { edges: { node: Record<string, unknown> }[] } };
const coursesOf = (outcome: Outcome) => studentOf(outcome).enrollments.edges.map(({ node }) => node);
const student = (id: string) => learning.em.findOne(Student, { id });

interface Mail {
  subject: string;
  recipient: string;
  text: string;
}

async function mailsTo(address: string, least = 1): Promise<Mail[]> {
  const query = '{ developmentMailbox(first: 100) { edges { node { recipient subject text } } } }';
  const find = async () => {
    const { data } = await learning.graph.run('messaging', query);
    const { edges } = data['developmentMailbox'] as { edges: { node: Mail }[] };
    return edges.map(({ node }) => node).filter(({ recipient }) => recipient === address);
  };
  await expect.poll(async () => (await find()).length, { timeout: 20_000 }).toBeGreaterThanOrEqual(least);
  return find();
}

async function invitedCode(address: string, least = 1): Promise<string> {
  const [mail] = await mailsTo(address, least);
  return /invitations\/([\w-]{32})/.exec(mail?.text ?? '')?.[1] ?? '';
}

/** What accounts tells when somebody has proven their address. */
async function verified({ userId }: TestPerson): Promise<void> {
  const accounts = learning.graph.rooms.get('accounts');
  await accounts?.orm.em.fork().execute(
    `insert into accounts.outbox (event) select jsonb_build_object('specversion', '1.0', 'id', gen_random_uuid(),
       'source', 'tutorgraph/accounts', 'type', 'tutorgraph.accounts.user.verified.v1', 'subject', ?::text,
       'time', now(), 'datacontenttype', 'application/json', 'data', '{}'::jsonb)`,
    [userId],
  );
}

describe('an invitation', () => {
  it('is a mail with a code, by which somebody takes their place and what waits there', async () => {
    const { courseId } = await learning.course({ enrollmentPolicy: 'CLOSED', title: 'Grammar' });
    const { cohortId } = await learning.cohort(courseId);
    const email = newAddress();
    const invited = await invite({ email: email.toUpperCase(), name: 'Anna', courseId, cohortId, language: 'ru' });
    const { id } = studentOf(invited);
    expect(await student(id)).toMatchObject({ email, name: 'Anna', userId: null, source: 'STAFF' });
    const [mail] = await mailsTo(email);
    expect(mail?.subject).toBe('Ваше место на Tutorgraph ждёт вас');
    expect(mail?.text).toContain('Grammar');
    const code = await invitedCode(email);
    const stored = await learning.sql<object>('select * from learning.student_invitations where student_id = ?', [id]);
    expect(JSON.stringify(stored)).not.toContain(code);
    const person = await learning.graph.person('STUDENT');
    expect((await claim(`${code}x`, person)).refused).toEqual(['CODE_INVALID']);
    const claimed = await claim(code, person);
    expect(studentOf(claimed)).toMatchObject({ id, user: { id: person.userId }, status: 'ACTIVE' });
    expect(coursesOf(claimed)).toMatchObject([{ status: 'ACTIVE', cohort: { id: cohortId } }]);
    expect(await student(id)).toMatchObject({ email: null });
    expect((await claim(code, await learning.graph.person('STUDENT'))).refused).toEqual(['CODE_INVALID']);
    expect(await learning.told(id)).toEqual([
      ...['student.added', 'enrollment.started', 'student.invited', 'staff-action.performed', 'student.claimed'],
    ]);
    expect((await invite({ studentId: id })).refused).toEqual(['ALREADY_CLAIMED']);
    await expect.poll(async () => (await student(id))?.accountName, { timeout: 20_000 }).toBe('Test P.');
  });

  it('is good for 14 days, and until there is a newer one', async () => {
    const email = newAddress();
    const { id } = studentOf(await invite({ email }));
    const first = await invitedCode(email);
    expect(studentOf(await invite({ studentId: id })).id).toBe(id);
    expect(studentOf(await invite({ email })).id).toBe(id);
    const person = await learning.graph.person('STUDENT');
    expect((await claim(first, person)).refused).toEqual(['CODE_INVALID']);
    await mailsTo(email, 2);
    await learning.sql(
      `update learning.student_invitations set expires_at = now() - interval '1 second', created_at = now() - interval '15 days' where student_id = ?`,
      [id],
    );
    const codes = (await mailsTo(email, 2)).map(({ text }) => /invitations\/([\w-]{32})/.exec(text)?.[1] ?? '');
    for (const code of codes) expect((await claim(code, person)).refused).toEqual(['CODE_INVALID']);
    const message = await learning.graph.client.query(
      'learning',
      { query: 'query ($id: ID!) { studentInvitation(studentId: $id) { id } }', variables: { id } },
      ['studentInvitation'],
    );
    expect(message).toEqual({ studentInvitation: null });
    const left = () => learning.sql('select from learning.student_invitations where student_id = ?', [id]);
    await learning.runJob('purge-invitations');
    expect(await left(), 'what ended a moment ago is kept for a month').toHaveLength(3);
    await learning.sql(
      `update learning.student_invitations set expires_at = now() - interval '31 days', created_at = now() - interval '45 days' where student_id = ?`,
      [id],
    );
    await learning.runJob('purge-invitations');
    expect(await left()).toEqual([]);
  });

  it('needs an address, and names one person', async () => {
    expect((await invite({ studentId: NOBODY })).refused).toEqual(['NOT_FOUND']);
    expect((await invite({ studentId: await learning.unclaimed() })).refused).toEqual(['NO_ADDRESS']);
    expect((await invite({ studentId: NOBODY, email: newAddress() })).refused).toEqual(['INVALID_INPUT']);
    expect((await invite({})).refused).toEqual(['INVALID_INPUT']);
    const { cohortId, courseId } = await learning.classroom();
    expect((await invite({ email: newAddress(), cohortId })).refused).toEqual(['INVALID_INPUT']);
    expect((await invite({ email: newAddress(), courseId: NOBODY })).refused).toEqual(['NOT_FOUND']);
    await learning.sql('update learning.cohorts set capacity = 1 where id = ?', [cohortId]);
    const email = newAddress();
    expect((await invite({ email, courseId, cohortId })).refused).toEqual(['COHORT_FULL']);
    expect(await learning.em.count(Student, { email })).toBe(0);
  });
});

describe('whoever comes', () => {
  it('finds the place that waits for their proven address, without any code', async () => {
    const person = await learning.graph.person('STUDENT');
    const id = await learning.unclaimed(addressOf(person), { name: 'From elsewhere' });
    const course = await learning.course();
    await learning.enrollment(id, course);
    await verified(person);
    await expect.poll(async () => (await student(id))?.userId, { timeout: 20_000 }).toBe(person.userId);
    expect(await learning.told(id)).toEqual(['student.claimed']);
  });

  it('becomes one with the student that they are already: no course twice, nothing lost', async () => {
    const shared = await learning.course({ modules: [4] });
    const theirs = await learning.course();
    const { person, studentId } = await learning.student();
    const { cohortId } = await learning.cohort(shared.courseId, { capacity: 1 });
    const own = await learning.enrollment(studentId, shared);
    await learning.completed(own, shared.lessonIds.slice(0, 1));
    const email = newAddress();
    const invited = studentOf(await invite({ email, name: 'Anna' })).id;
    await learning.sql('update learning.students set external_id = ? where id = ?', [`gc-${invited}`, invited]);
    const doubled = await learning.enrollment(invited, shared, { cohortId, percent: 0 });
    await learning.completed(doubled, shared.lessonIds.slice(0, 3));
    const alone = await learning.enrollment(invited, theirs, { percent: 25 });
    const claimed = await claim(await invitedCode(email), person);
    expect(studentOf(claimed)).toMatchObject({ id: studentId, name: 'Anna' });
    const courses = coursesOf(claimed);
    expect(courses).toHaveLength(2);
    expect(courses).toContainEqual({
      id: own,
      status: 'ACTIVE',
      percent: 75,
      cohort: { id: cohortId },
      course: { id: shared.courseId },
    });
    expect(courses).toContainEqual({
      id: alone,
      status: 'ACTIVE',
      percent: 25,
      cohort: null,
      course: { id: theirs.courseId },
    });
    expect(await student(invited)).toBeNull();
    expect(await student(studentId)).toMatchObject({ externalId: `gc-${invited}` });
    const [cohort] = await learning.sql('select member_count from learning.cohorts where id = ?', [cohortId]);
    expect(cohort).toEqual({ member_count: 1 });
  });

  it('keeps the enrolment that is further, with all that hangs on it', async () => {
    const course = await learning.course({ modules: [1] });
    const { person, studentId } = await learning.student();
    await learning.enrollment(studentId, course, { status: 'DROPPED' });
    const email = newAddress();
    const invited = studentOf(await invite({ email })).id;
    const done = await learning.enrollment(invited, course, { status: 'COMPLETED', percent: 100 });
    await learning.completed(done, course.lessonIds);
    const claimed = await claim(await invitedCode(email), person);
    expect(coursesOf(claimed)).toMatchObject([{ id: done, status: 'COMPLETED', percent: 100 }]);
    expect(studentOf(claimed)).toMatchObject({ id: studentId, status: 'COMPLETED' });
  });

  it('brings along every row that is about them', async () => {
    const columns = await learning.sql<{ table: string; column: string }>(
      `select c.table_name as table, c.column_name as column from information_schema.columns c
        where c.table_schema = 'learning' and c.column_name in ('student_id', 'enrollment_id')`,
    );
    const having = (name: string) => columns.flatMap(({ table, column }) => (column === name ? [table] : []));
    // Whoever adds a table says in merge-students.ts what becomes of its rows.
    expect([...movedWithStudent, ...movedOnceWithStudent, ...notMovedWithStudent].sort()).toEqual(
      having('student_id').sort(),
    );
    expect([...Object.keys(movedWithEnrollment), 'lesson_progress'].sort()).toEqual(having('enrollment_id').sort());
  });
});

describe('an import', () => {
  it('adds whom it does not know, brings the others up to date, and does no more when it is repeated', async () => {
    const { courseId } = await learning.course({ enrollmentPolicy: 'CLOSED' });
    const { cohortId } = await learning.cohort(courseId);
    const [email, known] = [newAddress(), newAddress()];
    const before = await learning.unclaimed(known);
    const rows = [
      { email, externalId: 'gc-1', name: 'Anna', courseId, cohortId },
      { email: known.toUpperCase(), externalId: 'gc-2', name: 'Boris', courseId },
      { externalId: 'gc-3' },
    ];
    const tried = await importRows(rows, true);
    expect(tried.payload).toMatchObject({
      addedCount: 2,
      enrolledCount: 2,
      students: [{ isNew: true, student: null }, { isNew: false }, {}],
    });
    expect(await learning.em.count(Student, { externalId: 'gc-1' })).toBe(0);
    const first = await importRows(rows);
    expect(first.payload).toMatchObject({
      ...{ addedCount: 2, enrolledCount: 2 },
      students: [
        { row: 0, isNew: true, student: { name: 'Anna', email, externalId: 'gc-1' } },
        { row: 1, isNew: false, student: { id: before, name: 'Boris', email: known, externalId: 'gc-2' } },
        { row: 2, isNew: true, student: { email: null, externalId: 'gc-3' } },
      ],
    });
    expect(await learning.told(before)).toEqual(['enrollment.started']);
    const again = await importRows(rows);
    expect(again.payload).toMatchObject({ addedCount: 0, enrolledCount: 0 });
    const moved = await importRows([{ email: newAddress(), externalId: 'gc-1', name: 'Anna P.' }]);
    expect(moved.payload).toMatchObject({ students: [{ isNew: false, student: { name: 'Anna P.' } }] });
    expect(await learning.told(before)).toEqual(['enrollment.started']);
  });

  it('takes all rows or none, and says of each what is wrong with it', async () => {
    const { courseId } = await learning.course();
    const archived = await learning.course({ archivedAt: new Date() });
    const { cohortId } = await learning.cohort((await learning.course()).courseId);
    const [one, two, good] = [newAddress(), newAddress(), newAddress()];
    await learning.unclaimed(one, { externalId: 'id-1' });
    await learning.unclaimed(two, { externalId: 'id-2' });
    const fieldsOf = ({ payload }: Outcome) =>
      ((payload?.['userErrors'] ?? []) as { code: string; field: string[] }[]).map(({ code, field }) => [
        code,
        field.slice(2).join('.'),
      ]);
    expect(fieldsOf(await importRows([{ email: good }, { name: 'y' }]))).toEqual([['INVALID_INPUT', '1.email']]);
    expect(
      fieldsOf(
        await importRows([
          { email: good },
          { email: good.toUpperCase() },
          { externalId: 'gc-9', courseId: NOBODY },
          { externalId: 'gc-10', courseId: archived.courseId },
          { externalId: 'gc-11', courseId, cohortId },
          { externalId: 'gc-11' },
        ]),
      ),
    ).toEqual([
      ['DUPLICATE_ROW', '1.email'],
      ['DUPLICATE_ROW', '5.externalId'],
      ['NOT_FOUND', '2.courseId'],
      ['ENROLLMENT_CLOSED', '3.courseId'],
      ['NOT_FOUND', '4.cohortId'],
    ]);
    const contradicting = await importRows([
      { email: good },
      { email: one, externalId: 'id-2' },
      { email: two, externalId: 'id-new' },
    ]);
    expect(fieldsOf(contradicting)).toEqual([
      ['ROWS_CONTRADICT', '1.email'],
      ['ROWS_CONTRADICT', '2.email'],
    ]);
    const small = await learning.cohort(courseId, { capacity: 1 });
    const place = { courseId, cohortId: small.cohortId };
    const full = await importRows([
      { email: good, ...place },
      { externalId: 'gc-12', ...place },
    ]);
    expect(full.refused).toEqual(['COHORT_FULL']);
    expect(await learning.em.count(Student, { email: good })).toBe(0);
    const many = Array.from({ length: 1_001 }, (_, index) => ({ externalId: `n-${index}` }));
    expect((await importRows(many)).refused).toEqual(['INVALID_INPUT']);
  });

  it('of a thousand rows takes few statements, and finds the accounts that some have already', async () => {
    const { courseId } = await learning.course();
    const person = await learning.graph.person('STUDENT');
    const rows = Array.from({ length: 999 }, (_, index) => ({
      email: newAddress(),
      externalId: `many-${index}`,
      courseId,
    }));
    const { result, statements } = await withStatements(() =>
      importRows([...rows, { email: addressOf(person), courseId }]),
    );
    expect(result.payload).toMatchObject({ addedCount: 1_000, enrolledCount: 1_000 });
    expect(statements.length).toBeLessThan(60);
    await expect.poll(() => learning.em.count(Student, { userId: person.userId }), { timeout: 20_000 }).toBe(1);
  });
});

// The embedded database takes transactions one after another: there a race cannot show.
describe.runIf(isRealPostgres())('at once', () => {
  it('two people with one code: one of them takes the place', async () => {
    const email = newAddress();
    const { id } = studentOf(await invite({ email }));
    const code = await invitedCode(email);
    const people = await Promise.all([1, 2, 3].map(() => learning.graph.person('STUDENT')));
    const outcomes = await Promise.all(people.map((person) => claim(code, person)));
    expect(outcomes.flatMap(({ codes }) => codes)).toEqual([]);
    expect(outcomes.filter(({ refused }) => refused.length === 0)).toHaveLength(1);
    expect((await learning.told(id)).filter((event) => event === 'student.claimed')).toHaveLength(1);
  });

  it('one person claims two places, enrols, and is imported again: they stay one student, in each course once', async () => {
    const course = await learning.course();
    const person = await learning.graph.person('STUDENT');
    const emails = [newAddress(), newAddress()];
    const codes: string[] = [];
    for (const email of emails) {
      await invite({ email, courseId: course.courseId });
      codes.push(await invitedCode(email));
    }
    const outcomes = await Promise.all([
      ...codes.map((code) => claim(code, person)),
      learning.mutate('enroll', { courseId: course.courseId }, person),
      importRows(emails.map((email) => ({ email, courseId: course.courseId }))),
      importRows(emails.toReversed().map((email) => ({ email, courseId: course.courseId }))),
    ]);
    expect(outcomes.flatMap(({ codes: faults }) => faults)).toEqual([]);
    const own = await learning.em.find(Student, { userId: person.userId });
    expect(own).toHaveLength(1);
    const enrolled = 'select count(*)::int as count from learning.enrollments where student_id = ? and course_id = ?';
    expect(await learning.sql(enrolled, [String(own[0]?.id), course.courseId])).toEqual([{ count: 1 }]);
    for (const email of emails) expect(await learning.em.count(Student, { email })).toBeLessThanOrEqual(1);
  });
});

describe('somebody’s data', () => {
  it('is theirs to have, and goes with their account: courses are left and places are free', async () => {
    const { person, studentId, enrollmentId, cohortId, lessonIds, curator } = await learning.classroom();
    await learning.completed(enrollmentId, lessonIds.slice(0, 1));
    await learning.sql(
      `update learning.students set name = 'Anna Secret', account_name = 'Anna S.', external_id = ? where id = ?`,
      [`gc-${studentId}`, studentId],
    );
    const { sections } = await learningPrivacy.collect(learning.em, person.userId);
    expect(sections).toMatchObject({
      student: { name: 'Anna Secret', externalId: `gc-${studentId}` },
      courses: [{ title: 'English for travellers', cohort: 'Autumn', status: 'ACTIVE' }],
      lessons: [{ title: 'Lesson 1.1', status: 'COMPLETED' }],
    });
    expect((await learningPrivacy.collect(learning.em, curator.userId)).sections).toMatchObject({
      curatedCohorts: [{ title: 'Autumn' }],
    });
    for (let repetition = 0; repetition < 2; repetition++) {
      await transaction(learning.em, (tx) => learningPrivacy.erase(tx, person.userId));
    }
    expect(await student(studentId)).toMatchObject({
      ...{ userId: null, name: null, accountName: null, email: null, externalId: null, status: 'DROPPED' },
    });
    const rows = await learning.sql('select member_count from learning.cohorts where id = ?', [cohortId]);
    expect(rows).toEqual([{ member_count: 0 }]);
    expect((await learningPrivacy.collect(learning.em, person.userId)).sections).toMatchObject({ student: null });
    await transaction(learning.em, (tx) => learningPrivacy.erase(tx, curator.userId));
    expect((await learningPrivacy.collect(learning.em, curator.userId)).sections).toMatchObject({ curatedCohorts: [] });
  });
});
