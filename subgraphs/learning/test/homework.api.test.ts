import { newId } from '@tutorgraph/kit/database/id';
import { withStatements } from '@tutorgraph/kit/database/statement-count';
import { isRealPostgres } from '@tutorgraph/kit/testing/database';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GOOD_TEXT, HomeworkSchool, type MadeSubmission, SUBMISSION } from './homework-fixtures.js';
import { type Learning, NOBODY } from './learning-fixtures.js';

const BYTES = Buffer.from('%PDF-1.7 my homework');

let school: HomeworkSchool;
let learning: Learning;
let author: TestPerson;

beforeAll(async () => {
  school = await HomeworkSchool.open();
  learning = school.learning;
  await learning.graph.files.serve();
  author = await learning.graph.person('SUPERVISOR');
});
afterAll(() => school?.close());

const refusedFor = async (person: TestPerson | undefined, field: string, input: object) => {
  const { refused, codes } = await learning.mutate(field, input, person, `submission { ${SUBMISSION} }`);
  return [...refused, ...codes];
};

/** A checked upload of somebody, as accounts keeps it. */
async function uploaded(person: TestPerson, change: { kind?: string; status?: string } = {}): Promise<string> {
  const [id, key] = [newId(), `attachments/${newId()}`];
  await learning.graph.files.storage.put(key, BYTES, { contentType: 'application/pdf' });
  await learning.sql(
    `insert into accounts.uploads (id, user_id, kind, status, content_type, size, storage_key, created_at, confirmed_at)
     values (?, ?, ?, ?, 'application/pdf', ?, ?, now(), now())`,
    [id, person.userId, change.kind ?? 'ATTACHMENT', change.status ?? 'CONFIRMED', BYTES.byteLength, key],
  );
  return id;
}

const RUBRIC = [
  {
    ...{ title: 'The story', aspect: 'CONTENT', points: 60 },
    levels: [
      { points: 60, description: 'Who, where, when and why' },
      { points: 0, description: 'No story' },
    ],
  },
  {
    ...{ title: 'Correct English', aspect: 'ACCURACY', points: 40 },
    levels: [
      { points: 40, description: 'Hardly a mistake' },
      { points: 20, description: 'Some' },
      { points: 0, description: 'Many' },
    ],
  },
];
const TASK = {
  title: 'A trip',
  instructions: 'Write about a trip.',
  rubric: RUBRIC,
  isRequired: true,
  checksEnglish: true,
};

describe('authors of a draft', () => {
  const DEFINED =
    'homework { id position title dueDays maxScore passPercent minWords isRequired rubric { id aspect points levels { points } } lesson { id } }';
  const define = (lessonId: string, change: object = {}, person = author) =>
    learning.mutate('defineHomework', { ...TASK, lessonId, ...change }, person, DEFINED);

  it('define homework with a rubric, write it anew, and remove it', async () => {
    const { lessonIds } = await learning.course({ published: false });
    const [lessonId = ''] = lessonIds;
    const made = (await define(lessonId)).payload?.['homework'] as { id: string; rubric: object[] };
    expect(made).toMatchObject({ position: 1, dueDays: 7, maxScore: 100, passPercent: 60, minWords: null });
    expect(made.rubric).toMatchObject([
      { id: 'c1', aspect: 'CONTENT', points: 60 },
      { id: 'c2', aspect: 'ACCURACY', levels: [{ points: 40 }, { points: 20 }, { points: 0 }] },
    ]);
    expect((await define(lessonId)).payload).toMatchObject({ homework: { position: 2, lesson: { id: lessonId } } });
    const anew = await learning.mutate('updateHomework', { ...TASK, homeworkId: made.id, dueDays: 3 }, author, DEFINED);
    expect(anew.payload).toMatchObject({ homework: { id: made.id, dueDays: 3 } });
    const gone = await learning.mutate('removeHomework', { homeworkId: made.id }, author, 'removedHomeworkId');
    expect(gone.payload).toMatchObject({ removedHomeworkId: made.id });
    expect((await learning.mutate('removeHomework', { homeworkId: made.id }, author)).refused).toEqual(['NOT_FOUND']);
  });

  it.each<[string, object, string]>([
    ['points that do not make the most', { maxScore: 90 }, 'maxScore'],
    ['accuracy of English that is not checked', { checksEnglish: false }, 'checksEnglish'],
    [
      'length without a number of words',
      {
        rubric: [
          {
            ...RUBRIC[0],
            points: 100,
            aspect: 'LENGTH',
            levels: [
              { points: 100, description: 'All' },
              { points: 0, description: 'None' },
            ],
          },
        ],
      },
      'minWords',
    ],
    [
      'levels that do not begin with the best',
      { rubric: [{ ...RUBRIC[0], levels: [...(RUBRIC[0]?.levels ?? [])].reverse() }, RUBRIC[1]] },
      'rubric,0,levels',
    ],
    ['no criterion', { rubric: [] }, 'rubric'],
    ['no title', { title: ' ' }, 'title'],
  ])('are refused %s', async (_what, change, field) => {
    const { lessonIds } = await learning.course({ published: false });
    const { payload } = await define(lessonIds[0] ?? '', change);
    const errors = payload?.['userErrors'] as { code: string; field: string[] }[];
    expect(errors.map((error) => [error.code, error.field.join()])).toContainEqual(['INVALID_INPUT', `input,${field}`]);
  });

  it('change nothing that was published, nor does the database', async () => {
    const { lessonIds, homeworkId, person } = await school.classroom();
    expect((await define(lessonIds[0] ?? '')).refused).toEqual(['VERSION_PUBLISHED']);
    expect((await learning.mutate('updateHomework', { ...TASK, homeworkId }, author)).refused).toEqual([
      'VERSION_PUBLISHED',
    ]);
    expect((await learning.mutate('removeHomework', { homeworkId }, author)).refused).toEqual(['VERSION_PUBLISHED']);
    expect((await define(NOBODY)).refused).toEqual(['NOT_FOUND']);
    expect((await define(lessonIds[0] ?? '', {}, person)).codes).toEqual(['FORBIDDEN']);
    await expect(learning.sql(`update learning.homework set title = 'x' where id = ?`, [homeworkId])).rejects.toThrow(
      /published/,
    );
  });

  it('take their homework into the next draft', async () => {
    const { courseId, homeworkId } = await school.classroom();
    const { refused } = await learning.mutate('draftCourse', { courseId }, author);
    expect(refused).toEqual([]);
    const copies = await learning.sql(
      `select h.id, h.title, h.lineage_id = o.lineage_id as same from learning.homework h
         join learning.homework o on o.id = ? join learning.lessons l on l.id = h.lesson_id
         join learning.course_versions v on v.id = l.version_id where v.course_id = ? and v.status = 'DRAFT'`,
      [homeworkId, courseId],
    );
    expect(copies).toEqual([{ id: expect.not.stringMatching(homeworkId), title: 'My last trip', same: true }]);
  });
});

describe('a student', () => {
  it('has the homework of a lesson once they begin it, once', async () => {
    const member = await school.classroom();
    await school.begins(member.enrollmentId, member.lessonIds[0] ?? '');
    const list = await learning.ask<{ edges: { node: Record<string, unknown> }[]; totalCount: number }>(
      `{ homework { totalCount edges { node { id status score isLate isOverdue assignedAt dueAt homework { title } course { id }
         student { id } submission { id } submissions { id } extensions { reason } } } } }`,
      {},
      member.person,
    );
    expect(list.totalCount).toBe(1);
    const { assignedAt, dueAt, ...node } = list.edges[0]?.node ?? {};
    expect(node).toEqual({
      ...{ id: member.assignmentId, status: 'ASSIGNED', score: null, isLate: false, isOverdue: false },
      ...{ homework: { title: 'My last trip' }, course: { id: member.courseId }, student: { id: member.studentId } },
      ...{ submission: null, submissions: [], extensions: [] },
    });
    expect(Date.parse(String(dueAt)) - Date.parse(String(assignedAt))).toBe(7 * 24 * 60 * 60 * 1000);
    expect(await learning.told(member.studentId)).toEqual(['homework.assigned']);
    const lesson = await learning.ask(
      'query ($id: ID!) { lesson(id: $id) { homework { id title rubric { title } } } }',
      { id: member.lessonIds[0] },
      member.person,
    );
    expect(lesson).toMatchObject({ homework: [{ id: member.homeworkId, rubric: [{ title: 'content' }, {}, {}] }] });
  });

  it('keeps a draft that nobody else sees, and hands it in', async () => {
    const member = await school.classroom();
    const { person, curator, assignmentId } = member;
    const draft = await school.made('saveHomeworkDraft', { assignmentId, text: 'I went' }, person);
    expect(draft).toMatchObject({
      version: 1,
      status: 'DRAFT',
      text: 'I went',
      revision: 1,
      assignment: { status: 'DRAFT' },
    });
    expect(await school.submission(draft.id, curator)).toBeNull();
    const seen = 'query ($id: ID!) { homeworkAssignment(id: $id) { status submission { id } submissions { id } } }';
    expect(await learning.ask(seen, { id: assignmentId }, curator)).toEqual({
      status: 'DRAFT',
      submission: null,
      submissions: [],
    });
    const more = await school.made('saveHomeworkDraft', { assignmentId, text: GOOD_TEXT, expectedRevision: 1 }, person);
    expect([more.id, more.revision]).toEqual([draft.id, 2]);
    expect(await refusedFor(person, 'saveHomeworkDraft', { assignmentId, text: 'Old', expectedRevision: 1 })).toEqual([
      'CHANGED',
    ]);
    const submitted = await school.made('submitHomework', { assignmentId }, person);
    expect(submitted).toMatchObject({ id: draft.id, version: 1, status: 'SUBMITTED', text: GOOD_TEXT, isLate: false });
    expect((await school.submission(draft.id, curator))?.['text']).toBe(GOOD_TEXT);
    expect(await refusedFor(person, 'saveHomeworkDraft', { assignmentId, text: 'x' })).toEqual(['HANDED_IN']);
    const days = await learning.sql('select homework from learning.activity_days where student_id = ?', [
      member.studentId,
    ]);
    expect(days).toEqual([{ homework: 1 }]);
  });

  it('hands in late what is late', async () => {
    const member = await school.classroom();
    await learning.sql(`update learning.homework_assignments set due_at = ? where id = ?`, [
      new Date(Date.now() - 1_000),
      member.assignmentId,
    ]);
    const overdue = await learning.ask(
      '{ homework(filter: { overdue: true, statuses: [ASSIGNED] }) { edges { node { id isOverdue } } } }',
      {},
      member.person,
    );
    expect(overdue).toEqual({ edges: [{ node: { id: member.assignmentId, isOverdue: true } }] });
    expect((await school.submits(member)).isLate).toBe(true);
    expect(await learning.ask('{ homework(filter: { overdue: true }) { totalCount } }', {}, member.person)).toEqual({
      totalCount: 0,
    });
  });

  it('hands in once, however often they press the button', async () => {
    const member = await school.classroom();
    const input = { assignmentId: member.assignmentId, text: GOOD_TEXT, idempotencyKey: 'again' };
    const [first, second] = [
      await school.made('submitHomework', input, member.person),
      await school.made('submitHomework', input, member.person),
    ];
    expect(second.id).toBe(first.id);
    expect(await refusedFor(member.person, 'submitHomework', { ...input, text: 'Other' })).toEqual([
      'IDEMPOTENCY_KEY_REUSED',
    ]);
    expect((await learning.told(member.studentId)).filter((type) => type === 'homework.submitted')).toHaveLength(1);
  });

  it.runIf(isRealPostgres())('hands in once also at once', async () => {
    const member = await school.classroom();
    const { assignmentId, person } = member;
    const outcomes = await Promise.all(
      [...Array(6)].map(() => refusedFor(person, 'submitHomework', { assignmentId, text: GOOD_TEXT })),
    );
    expect(outcomes.map(String).sort()).toEqual(['', ...Array(5).fill('HANDED_IN')]);
    const keyed = await school.classroom();
    const input = { assignmentId: keyed.assignmentId, text: GOOD_TEXT, idempotencyKey: 'k' };
    const same = await Promise.all([...Array(6)].map(() => school.made('submitHomework', input, keyed.person)));
    expect(new Set(same.map(({ id }) => id)).size).toBe(1);
    for (const { studentId } of [member, keyed]) {
      expect((await learning.told(studentId)).filter((type) => type === 'homework.submitted')).toHaveLength(1);
    }
    const drafts = await school.classroom();
    await Promise.all(
      [...Array(5)].map((_, index) =>
        school.made('saveHomeworkDraft', { assignmentId: drafts.assignmentId, text: `${index}` }, drafts.person),
      ),
    );
    expect(
      await learning.sql('select version from learning.homework_submissions where assignment_id = ?', [
        drafts.assignmentId,
      ]),
    ).toEqual([{ version: 1 }]);
  });

  it('is refused what cannot be handed in', async () => {
    const member = await school.classroom();
    const { assignmentId, person } = member;
    const hands = (input: object, by: TestPerson | undefined = person) =>
      refusedFor(by, 'submitHomework', { assignmentId, ...input });
    expect(await hands({})).toEqual(['INVALID_INPUT']);
    expect(await hands({ text: ' \n ' })).toEqual(['INVALID_INPUT']);
    expect(await hands({ text: 'a'.repeat(20_001) })).toEqual(['INVALID_INPUT']);
    expect(await hands({ text: 'a\0b' })).toEqual(['INVALID_INPUT']);
    expect(await hands({ text: 'x', assignmentId: NOBODY })).toEqual(['NOT_FOUND']);
    expect(await hands({ text: 'x', assignmentId: 'none' })).toEqual(['NOT_FOUND']);
    expect(await hands({ text: 'x' }, (await learning.student()).person)).toEqual(['NOT_FOUND']);
    expect(await hands({ text: 'x' }, await learning.graph.person('STUDENT'))).toEqual(['NOT_A_STUDENT']);
    expect(await hands({ text: 'x' }, member.curator)).toEqual(['NOT_A_STUDENT']);
    expect(await learning.mutate('submitHomework', { assignmentId, text: 'x' })).toMatchObject({
      codes: ['UNAUTHENTICATED'],
    });
    await learning.sql(`update learning.enrollments set status = 'DROPPED', dropped_at = now() where id = ?`, [
      member.enrollmentId,
    ]);
    expect(await hands({ text: 'x' })).toEqual(['NOT_ENROLLED']);
    expect(await hands({ text: 'a'.repeat(20_000) })).toEqual(['NOT_ENROLLED']);
  });
});

describe('files of homework', () => {
  it('go with it in every version, can be had, and are gone when no version shows them', async () => {
    const member = await school.classroom();
    const { assignmentId, person } = member;
    const [first, second] = [await uploaded(person), await uploaded(person, { kind: 'DOCUMENT' })];
    const files = [{ uploadId: first, name: 'Сочинение.pdf' }, { uploadId: second }];
    const draft = await school.made('saveHomeworkDraft', { assignmentId, files }, person);
    expect(draft.files).toMatchObject([
      { id: first, name: 'Сочинение.pdf' },
      { id: second, name: 'homework-2.pdf' },
    ]);
    const answer = await fetch(String(draft.files[0]?.url));
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(BYTES);
    expect(answer.headers.get('content-disposition')).toContain('attachment');
    const fewer = await school.made('saveHomeworkDraft', { assignmentId, files: [{ uploadId: first }] }, person);
    expect(fewer.files.map(({ id }) => id)).toEqual([first]);
    await learning.runJob('remove-homework-files');
    expect((await fetch(String(draft.files[1]?.url))).status).toBe(404);
    const submitted: MadeSubmission = await school.checked({ assignmentId, person }, '');
    expect(submitted).toMatchObject({ status: 'NEEDS_REVIEW', files: [{ id: first }] });
    const { refused } = await learning.mutate(
      'reviewSubmission',
      school.review(submitted, { decision: 'RETURN' }),
      member.curator,
    );
    expect(refused).toEqual([]);
    const next = await school.made('saveHomeworkDraft', { assignmentId, files: [] }, person);
    expect(next).toMatchObject({ version: 2, files: [] });
    await learning.runJob('remove-homework-files');
    expect((await fetch(String(draft.files[0]?.url))).status).toBe(200);
  });

  it('are refused that are not yours, of another kind, not checked, or with other homework', async () => {
    const [member, other] = [await school.classroom(), await school.classroom()];
    const { assignmentId, person } = member;
    const saves = (uploadIds: string[], name?: string) =>
      refusedFor(person, 'saveHomeworkDraft', {
        assignmentId,
        files: uploadIds.map((uploadId) => ({ uploadId, name })),
      });
    expect(await saves([await uploaded(other.person)])).toEqual(['UPLOAD_NOT_FOUND']);
    expect(await saves([newId()])).toEqual(['UPLOAD_NOT_FOUND']);
    expect(await saves([await uploaded(person, { kind: 'AVATAR' })])).toEqual(['UPLOAD_NOT_USABLE']);
    expect(await saves([await uploaded(person, { status: 'REQUESTED' })])).toEqual(['UPLOAD_NOT_USABLE']);
    const id = await uploaded(person);
    expect(await saves([id, id])).toEqual(['INVALID_INPUT']);
    expect(await saves([id], 'a/b')).toEqual(['INVALID_INPUT']);
    expect(await saves([...Array(11)].map(() => newId()))).toEqual(['INVALID_INPUT']);
    expect(await saves([id])).toEqual([]);
    const enrollmentId = await learning.enrollment(member.studentId, other);
    const [second] = await school.begins(enrollmentId, other.lessonIds[0] ?? '');
    expect(await refusedFor(person, 'saveHomeworkDraft', { assignmentId: second, files: [{ uploadId: id }] })).toEqual([
      'UPLOAD_NOT_USABLE',
    ]);
  });
});

describe('homework of somebody', () => {
  it('is seen by them, the curator of that very cohort and who may see all students, by nobody else', async () => {
    const member = await school.classroom();
    const { id } = await school.submits(member);
    const elsewhere = await learning.cohort((await learning.course()).courseId);
    const otherCourse = await learning.course();
    const { cohortId, curator: otherCurator } = await learning.cohort(otherCourse.courseId);
    await learning.enrollment(member.studentId, otherCourse, { cohortId });
    const query = `query ($id: ID!, $of: ID!, $who: ID) { homeworkAssignment(id: $id) { id } submission(id: $of) { id } homework(studentId: $who) { totalCount } }`;
    const sees = async (person: TestPerson) => {
      const { data } = await learning.run(query, { id: member.assignmentId, of: id, who: member.studentId }, person);
      return [
        data['homeworkAssignment'] !== null,
        data['submission'] !== null,
        (data['homework'] as { totalCount: number }).totalCount,
      ];
    };
    for (const person of [member.person, member.curator, author]) expect(await sees(person)).toEqual([true, true, 1]);
    const strangers = [
      elsewhere.curator,
      otherCurator,
      (await learning.student()).person,
      await learning.graph.person('TUTOR'),
    ];
    for (const person of strangers) expect(await sees(person)).toEqual([false, false, 0]);
    expect((await learning.run(query, { id: member.assignmentId, of: id, who: member.studentId })).codes).toEqual(
      [...Array(3)].map(() => 'UNAUTHENTICATED'),
    );
  });

  it('costs as many statements for four as for one', async () => {
    const member = await school.classroom();
    const others = await Promise.all([...Array(3)].map(() => school.member(member, member.cohortId)));
    for (const one of [member, ...others]) await school.checked(one);
    const query = `query ($first: Int) { homeworkQueue(filter: { cohortId: "${member.cohortId}" }, first: $first) { edges { node {
      homework { title lesson { title } } student { name user { id } } course { title } isOverdue extensions { id grantedBy { id } }
      submissions { version files { url } aiCheck { score doubts edits { start } } review { score reviewer { id } } reviews { number }
        annotations { start } grades { score gradedBy { id } } assignment { id } } submission { id } } } } }`;
    const count = async (first: number) => {
      const { result, statements } = await withStatements(() =>
        learning.ask<{ edges: object[] }>(query, { first }, member.curator),
      );
      expect(result.edges).toHaveLength(first);
      return statements.length;
    };
    const few = await count(1);
    expect(await count(4)).toBe(few);
  });
});
