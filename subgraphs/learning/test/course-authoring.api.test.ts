import { transaction } from '@tutorgraph/kit/database/transaction';
import { isRealPostgres } from '@tutorgraph/kit/testing/database';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { learningPrivacy } from '../src/privacy/learning-privacy.js';
import { Learning, NOBODY } from './learning-fixtures.js';

let learning: Learning;
let author: TestPerson;
let slugs = 0;

beforeAll(async () => {
  learning = await Learning.open();
  author = await learning.graph.person('SUPERVISOR');
});

afterAll(() => learning.close());

const SELECTIONS: Record<string, string> = {
  course:
    'course { id slug price { amountMinor currency } certificateScore draft { id number status } version { id } }',
  version: 'version { id number status modules { id lineageId position title lessons { id lineageId title } } }',
  module: 'module { id position title description lessons { title } }',
  lesson: 'lesson { id position kind body videoUrl isPreview module { id } prerequisites { id } }',
};

/** Runs an author's mutation that gives this object. */
async function write<Made = { id: string }>(field: string, input: object, name: string, who = author): Promise<Made> {
  const { payload, refused, codes } = await learning.mutate(field, input, who, SELECTIONS[name]);
  if (!payload?.[name]) throw new Error(`${field} was refused: ${JSON.stringify([refused, codes])}`);
  return payload[name] as Made;
}

const refused = async (field: string, input: object) => (await learning.mutate(field, input, author)).refused;

const course = (change: object = {}) => ({
  slug: `written-${++slugs}`,
  title: 'Letters that get answers',
  description: 'For those who write at work.',
  language: 'en',
  enrollmentPolicy: 'OPEN',
  lengthDays: 30,
  certificateRule: 'COMPLETION',
  ...change,
});

interface Draft {
  courseId: string;
  versionId: string;
}

async function draft(change: object = {}): Promise<Draft> {
  const { id, draft: made } = await write<{ id: string; draft: { id: string } }>(
    'createCourse',
    course(change),
    'course',
  );
  return { courseId: id, versionId: made.id };
}

const addModule = async (versionId: string, title: string, change: object = {}) =>
  (await write('addModule', { versionId, title, ...change }, 'module')).id;
const addLesson = async (moduleId: string, title: string, change: object = {}) =>
  (await write('addLesson', { moduleId, title, kind: 'TEXT', body: 'Dear reader', minutes: 5, ...change }, 'lesson'))
    .id;

interface Outline {
  id: string;
  number: number;
  modules: {
    id: string;
    lineageId: string;
    title: string;
    lessons: { id: string; lineageId: string; title: string }[];
  }[];
}

/** The modules of a version with their lessons, each as `Module: lesson, lesson`. */
async function outline(versionId: string): Promise<string[]> {
  const rows = await learning.sql<{ module: string; position: number; lessons: string[]; positions: number[] }>(
    `select m.title as module, m.position, array_remove(array_agg(l.title order by l.position), null) as lessons,
            array_remove(array_agg(l.position order by l.position), null) as positions
       from learning.course_modules m left join learning.lessons l on l.module_id = m.id
      where m.version_id = ? group by m.id order by m.position`,
    [versionId],
  );
  expect(rows.map(({ position }) => position)).toEqual(rows.map((_, index) => index + 1));
  for (const { positions } of rows) expect(positions).toEqual(positions.map((_, index) => index + 1));
  return rows.map(({ module, lessons }) => `${module}: ${lessons.join(', ')}`);
}

describe('a course', () => {
  it('begins with an empty draft, and changes at once for everybody', async () => {
    const price = { amountMinor: 9_900, currency: 'EUR' };
    const made = await write<Record<string, unknown>>(
      'createCourse',
      course({ enrollmentPolicy: 'PAID', price }),
      'course',
    );
    expect(made).toMatchObject({ price, certificateScore: 0, draft: { number: 1, status: 'DRAFT' }, version: null });
    const courseId = String(made['id']);
    expect(await refused('updateCourse', { courseId, price: null })).toEqual(['PRICE_REQUIRED']);
    expect(await refused('updateCourse', { courseId: NOBODY })).toEqual(['NOT_FOUND']);
    const change = { courseId, enrollmentPolicy: 'CLOSED', price: null, certificateScore: 80 };
    expect(await write('updateCourse', change, 'course')).toMatchObject({ price: null, certificateScore: 80 });
    expect(await refused('createCourse', course({ slug: made['slug'] }))).toEqual(['SLUG_TAKEN']);
    expect(await refused('createCourse', course({ slug: 'Not a slug', title: ' ' }))).toEqual([
      'INVALID_INPUT',
      'INVALID_INPUT',
    ]);
    const rows = await learning.sql<{ action: string; fields: string[] }>(
      `select event -> 'data' ->> 'action' as action, event -> 'data' -> 'fields' as fields from learning.outbox
        where event ->> 'subject' = ? and event ->> 'type' like '%staff-action%' order by sequence`,
      [courseId],
    );
    expect(rows.map(({ action }) => action)).toEqual(['learning.course.create', 'learning.course.update']);
    expect(rows[1]?.fields.sort()).toEqual(['certificateScore', 'enrollmentPolicy', 'price']);
  });

  it('stays when whoever made it is erased', async () => {
    const maker = await learning.graph.person('ADMIN');
    const { id, slug } = await write<{ id: string; slug: string }>('createCourse', course(), 'course', maker);
    const { sections } = await learningPrivacy.collect(learning.em, maker.userId);
    expect(sections).toMatchObject({ coursesMade: [{ slug, title: 'Letters that get answers' }] });
    await transaction(learning.em, (tx) => learningPrivacy.erase(tx, maker.userId));
    expect(await learning.sql('select created_by from learning.courses where id = ?', [id])).toEqual([
      { created_by: null },
    ]);
  });
});

describe('a draft', () => {
  it('keeps its modules and lessons in order', async () => {
    const { versionId } = await draft();
    const one = await addModule(versionId, 'One', { description: ' ' });
    const two = await addModule(versionId, 'Two');
    await addModule(versionId, 'Zero', { position: 1 });
    const a = await addLesson(one, 'a');
    const b = await addLesson(one, 'b');
    await addLesson(one, 'c', { position: 2 });
    expect(await outline(versionId)).toEqual(['Zero: ', 'One: a, c, b', 'Two: ']);
    await write('moveModule', { moduleId: two, position: 1 }, 'module');
    expect(await write('moveModule', { moduleId: one, position: 99 }, 'module')).toMatchObject({ position: 3 });
    expect(await outline(versionId)).toEqual(['Two: ', 'Zero: ', 'One: a, c, b']);
    await write('moveLesson', { lessonId: a, position: 3 }, 'lesson');
    await write('moveLesson', { lessonId: b, position: 1 }, 'lesson');
    expect(await outline(versionId)).toEqual(['Two: ', 'Zero: ', 'One: b, c, a']);
    await addLesson(two, 'd');
    expect(await write('moveLesson', { lessonId: b, moduleId: two, position: 1 }, 'lesson')).toMatchObject({
      position: 1,
      module: { id: two },
    });
    expect(await outline(versionId)).toEqual(['Two: b, d', 'Zero: ', 'One: c, a']);
    await write('removeLesson', { lessonId: b }, 'module');
    await write('removeModule', { moduleId: one }, 'version');
    expect(await outline(versionId)).toEqual(['Two: d', 'Zero: ']);
    const other = await addModule((await draft()).versionId, 'Elsewhere');
    const lessonId = await addLesson(two, 'e');
    expect(await refused('moveLesson', { lessonId, moduleId: other, position: 1 })).toEqual(['OTHER_VERSION']);
  });

  it('takes lessons only as they may be', async () => {
    const moduleId = await addModule((await draft()).versionId, 'One');
    const lesson = { moduleId, title: 'A video', minutes: 5 };
    expect(await refused('addLesson', { ...lesson, kind: 'VIDEO' })).toEqual(['VIDEO_MISMATCH']);
    const videoUrl = 'https://video.example/1';
    expect(await refused('addLesson', { ...lesson, kind: 'TEXT', videoUrl })).toEqual(['VIDEO_MISMATCH']);
    expect(await refused('addLesson', { ...lesson, kind: 'VIDEO', videoUrl: 'ftp://video.example' })).toEqual([
      'INVALID_INPUT',
    ]);
    expect(await refused('addLesson', { ...lesson, kind: 'TEXT', body: 'я'.repeat(50_001) })).toEqual([
      'INVALID_INPUT',
    ]);
    const { id: lessonId } = await write('addLesson', { ...lesson, kind: 'VIDEO', videoUrl }, 'lesson');
    expect(
      await write('updateLesson', { lessonId, isPreview: true, body: 'я'.repeat(50_000) }, 'lesson'),
    ).toMatchObject({
      videoUrl,
      isPreview: true,
    });
    expect(await write('updateLesson', { lessonId, kind: 'TEXT', body: '    code' }, 'lesson')).toMatchObject({
      kind: 'TEXT',
      body: '    code',
      videoUrl: null,
    });
    expect(await write('updateModule', { moduleId, title: 'Two', description: 'What for' }, 'module')).toMatchObject({
      title: 'Two',
      description: 'What for',
    });
  });

  it('has no lessons that wait for each other', async () => {
    const { versionId } = await draft();
    const moduleId = await addModule(versionId, 'One');
    const [a, b, c] = [await addLesson(moduleId, 'a'), await addLesson(moduleId, 'b'), await addLesson(moduleId, 'c')];
    const set = (lessonId: string, ...requiredIds: string[]) => ({ lessonId, requiredIds });
    expect(await write('setPrerequisites', set(b, a, a), 'lesson')).toMatchObject({ prerequisites: [{ id: a }] });
    await write('setPrerequisites', set(c, a, b), 'lesson');
    expect(await refused('setPrerequisites', set(a, c))).toEqual(['PREREQUISITE_CYCLE']);
    expect(await refused('setPrerequisites', set(a, a))).toEqual(['PREREQUISITE_CYCLE']);
    expect(await refused('setPrerequisites', set(a, NOBODY))).toEqual(['NOT_FOUND']);
    const elsewhere = await addLesson(await addModule((await draft()).versionId, 'One'), 'x');
    expect(await refused('setPrerequisites', set(a, elsewhere))).toEqual(['OTHER_VERSION']);
    await write('setPrerequisites', set(c), 'lesson');
    expect(await write('setPrerequisites', set(a, c), 'lesson')).toMatchObject({ prerequisites: [{ id: c }] });
  });
});

describe('publishing', () => {
  it('says all that is missing at once, in the reader’s language', async () => {
    const { courseId, versionId } = await draft({ certificateRule: 'COMPLETION_AND_SCORE' });
    expect(await refused('publishCourse', { courseId })).toEqual(['COURSE_EMPTY']);
    const moduleId = await addModule(versionId, 'Full');
    const emptyId = await addModule(versionId, 'Bare');
    const silentId = await addLesson(moduleId, 'Silent', { body: ' \n' });
    const quizId = await addLesson(moduleId, 'Quiz', { kind: 'QUIZ', body: null });
    const { payload } = await learning.mutate('publishCourse', { courseId }, author, 'userErrors { aboutId }');
    expect(payload?.['userErrors']).toMatchObject([
      { code: 'NOTHING_SCORED', aboutId: null },
      {
        code: 'MODULE_EMPTY',
        aboutId: emptyId,
        message: 'The module “Bare” has no lesson. Add one or remove the module.',
      },
      { code: 'LESSON_EMPTY', aboutId: silentId },
      { code: 'QUIZ_WITHOUT_TEST', aboutId: quizId },
    ]);
  });

  it('retires what was published, which who learns it keeps', async () => {
    const { courseId, versionId } = await draft();
    const moduleId = await addModule(versionId, 'One');
    const [a, b] = [await addLesson(moduleId, 'a'), await addLesson(moduleId, 'b')];
    await write('setPrerequisites', { lessonId: b, requiredIds: [a] }, 'lesson');
    await learning.sql(
      `insert into learning.homework (id, lesson_id, lineage_id, position, title, instructions, due_days, max_score,
         pass_percent, rubric, is_required, checks_english)
       values (gen_random_uuid(), ?, gen_random_uuid(), 1, 'Write', 'A letter', 7, 10, 60, '[]', true, true)`,
      [a],
    );
    await write('publishCourse', { courseId }, 'version');
    expect(await learning.told(courseId)).toContain('course.published');
    expect(await refused('publishCourse', { courseId })).toEqual(['NOTHING_TO_PUBLISH']);
    for (const [field, input] of Object.entries({
      addModule: { versionId, title: 'Late' },
      updateModule: { moduleId, title: 'Late' },
      removeLesson: { lessonId: a },
      setPrerequisites: { lessonId: b, requiredIds: [] },
    })) {
      expect(await refused(field, input)).toEqual(['VERSION_PUBLISHED']);
    }
    const { studentId, person } = await learning.student();
    await learning.enrollment(studentId, { courseId, versionId });

    const next = await write<Outline>('draftCourse', { courseId }, 'version');
    expect(next).toMatchObject({ number: 2, modules: [{ title: 'One', lessons: [{ title: 'a' }, { title: 'b' }] }] });
    expect(await write('draftCourse', { courseId }, 'version')).toMatchObject({ id: next.id });
    const [copyOfA, copyOfB] = next.modules[0]?.lessons ?? [];
    expect([copyOfA?.id, copyOfB?.id]).not.toEqual([a, b]);
    const same = await learning.sql<{ same: number }>(
      `select count(distinct lineage_id)::int as same from learning.lessons where id in (?, ?)`,
      [a, copyOfA?.id],
    );
    expect(same).toEqual([{ same: 1 }]);
    expect(
      await learning.sql('select required_id as id from learning.lesson_prerequisites where lesson_id = ?', [
        copyOfB?.id,
      ]),
    ).toEqual([{ id: copyOfA?.id }]);
    expect(await learning.sql('select title from learning.homework where lesson_id = ?', [copyOfA?.id])).toEqual([
      { title: 'Write' },
    ]);
    await write('updateLesson', { lessonId: copyOfA?.id, title: 'A new beginning' }, 'lesson');
    await write('publishCourse', { courseId }, 'version');
    const seen = (who?: TestPerson) =>
      learning.ask('query ($id: ID!) { course(id: $id) { version { id number status } } }', { id: courseId }, who);
    expect(await seen(person)).toEqual({ version: { id: versionId, number: 1, status: 'RETIRED' } });
    expect(await seen()).toEqual({ version: { id: next.id, number: 2, status: 'PUBLISHED' } });
    await learning.mutate('archiveCourse', { courseId }, author);
    expect(await refused('publishCourse', { courseId })).toEqual(['COURSE_ARCHIVED']);
  });
});

it('brings who learns a former version into what is published, with what they did in lessons of both', async () => {
  const { courseId, versionId } = await draft();
  const moduleId = await addModule(versionId, 'One');
  const [kept, gone] = [await addLesson(moduleId, 'kept'), await addLesson(moduleId, 'gone')];
  await learning.sql(
    `insert into learning.homework (id, lesson_id, lineage_id, position, title, instructions, due_days, max_score,
       pass_percent, rubric, is_required, checks_english)
     values (gen_random_uuid(), ?, gen_random_uuid(), 1, 'Write', 'A letter', 7, 10, 60, '[]', true, true)`,
    [kept],
  );
  await write('publishCourse', { courseId }, 'version');
  const { studentId } = await learning.student();
  const enrollmentId = await learning.enrollment(studentId, { courseId, versionId }, { percent: 100 });
  const finished = await learning.enrollment(
    (await learning.student()).studentId,
    { courseId, versionId },
    {
      status: 'COMPLETED',
      percent: 100,
    },
  );
  await learning.completed(enrollmentId, [kept, gone]);
  await learning.sql(
    `insert into learning.homework_assignments (id, homework_id, enrollment_id, student_id, status, assigned_at, due_at, updated_at)
     select gen_random_uuid(), id, ?, ?, 'ASSIGNED', now(), now(), now() from learning.homework where lesson_id = ?`,
    [enrollmentId, studentId, kept],
  );
  const next = await write<Outline>('draftCourse', { courseId }, 'version');
  const [keptNext, goneNext] = next.modules[0]?.lessons ?? [];
  await write('removeLesson', { lessonId: goneNext?.id }, 'module');
  await addLesson(next.modules[0]?.id ?? '', 'new');
  await write('publishCourse', { courseId }, 'version');
  const move = (ids: string[], who = author) =>
    learning.mutate('moveEnrollmentsToPublished', { enrollmentIds: ids }, who, 'enrollments { id percent status }');
  const { payload } = await move([enrollmentId, finished]);
  expect(payload?.['enrollments']).toEqual([
    { id: enrollmentId, percent: 50, status: 'ACTIVE' },
    { id: finished, percent: 100, status: 'COMPLETED' },
  ]);
  const rows = (statement: string) => learning.sql<Record<string, string>>(statement, [enrollmentId]);
  expect(await rows('select lesson_id as id from learning.lesson_progress where enrollment_id = ?')).toEqual([
    { id: keptNext?.id },
  ]);
  expect(
    await rows(`select h.lesson_id as id from learning.homework_assignments a
      join learning.homework h on h.id = a.homework_id where a.enrollment_id = ?`),
  ).toEqual([{ id: keptNext?.id }]);
  expect(await learning.sql('select version_id as id from learning.enrollments where id = ?', [finished])).toEqual([
    { id: versionId },
  ]);
  expect((await move([enrollmentId])).refused).toEqual([]);
  expect((await move([NOBODY])).refused).toEqual(['NOT_FOUND']);
  expect((await move([enrollmentId], await learning.graph.person('CURATOR'))).codes).toEqual(['FORBIDDEN']);
});

/** On an embedded database transactions come one after another. */
describe.runIf(isRealPostgres())('at once (runs when DATABASE_URL is set)', () => {
  it('two authors do not close a circle together', async () => {
    const moduleId = await addModule((await draft()).versionId, 'One');
    for (let turn = 0; turn < 3; turn++) {
      const [a, b] = [await addLesson(moduleId, 'a'), await addLesson(moduleId, 'b')];
      const outcomes = await Promise.all([
        refused('setPrerequisites', { lessonId: a, requiredIds: [b] }),
        refused('setPrerequisites', { lessonId: b, requiredIds: [a] }),
      ]);
      expect(outcomes.flat()).toEqual(['PREREQUISITE_CYCLE']);
    }
  });

  it('authors who add and move at once leave neither a hole nor a repeat', async () => {
    const { versionId } = await draft();
    const moduleId = await addModule(versionId, 'One');
    const first = await addLesson(moduleId, 'first');
    await Promise.all(
      [...Array(8)].flatMap((_, index) => [
        addLesson(moduleId, `${index}`, { position: 1 }),
        write('moveLesson', { lessonId: first, position: index + 1 }, 'lesson'),
      ]),
    );
    expect((await outline(versionId))[0]?.split(', ')).toHaveLength(9);
  });

  it('a lesson that is added while the draft is published is in it or refused', async () => {
    for (let turn = 0; turn < 3; turn++) {
      const { courseId, versionId } = await draft();
      const moduleId = await addModule(versionId, 'One');
      await addLesson(moduleId, 'a');
      const late = { moduleId, title: 'late', kind: 'TEXT', body: 'Late', minutes: 5 };
      const [published, ...added] = await Promise.all([
        refused('publishCourse', { courseId }),
        ...[...Array(4)].map(() => refused('addLesson', late)),
      ]);
      expect(published).toEqual([]);
      const kept = added.filter((codes) => codes.length === 0).length;
      expect(added.flat()).toEqual(Array(4 - kept).fill('VERSION_PUBLISHED'));
      expect((await outline(versionId))[0]?.split(', ')).toHaveLength(1 + kept);
    }
  });

  it('a course has one draft and one published version however many make and publish them', async () => {
    const { courseId, versionId } = await draft();
    await addLesson(await addModule(versionId, 'One'), 'a');
    await refused('publishCourse', { courseId });
    const drafts = await Promise.all([...Array(4)].map(() => write('draftCourse', { courseId }, 'version')));
    expect(new Set(drafts.map(({ id }) => id)).size).toBe(1);
    const outcomes = await Promise.all([...Array(4)].map(() => refused('publishCourse', { courseId })));
    expect(outcomes.flat()).toEqual(Array(3).fill('NOTHING_TO_PUBLISH'));
  });
});
