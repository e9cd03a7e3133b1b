import { isRealPostgres } from '@tutorgraph/kit/testing/database';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COUNTED_RUBRIC, GOOD_TEXT, HomeworkSchool, type MadeSubmission } from './homework-fixtures.js';
import { type Learning, NOBODY } from './learning-fixtures.js';

let school: HomeworkSchool;
let learning: Learning;
let supervisor: TestPerson;

beforeAll(async () => {
  school = await HomeworkSchool.open();
  learning = school.learning;
  supervisor = await learning.graph.person('SUPERVISOR');
});
afterAll(() => school?.close());

const REVIEWED = `submission { id version status revision score: assignment { status score } aiCheck { score edits { id } }
  review { number decision score comment scores { criterionId score } reviewer { id } dismissedEdits }
  reviews { number } annotations { start end kind comment } grades { source score gradedBy { id } } }`;

async function reviews(submission: MadeSubmission, person: TestPerson, change: object = {}): Promise<string[]> {
  const { refused, codes } = await learning.mutate('reviewSubmission', school.review(submission, change), person);
  return [...refused, ...codes];
}

describe('a curator', () => {
  it('accepts homework with scores, a comment and notes, which completes the lesson', async () => {
    const member = await school.classroom();
    const submission = await school.checked(member);
    const start = GOOD_TEXT.indexOf('ate a lot');
    const input = school.review(submission, {
      comment: 'A vivid story.',
      annotations: [{ start, end: start + 9, quote: 'ate a lot', kind: 'PRAISE', comment: 'Good past tense.' }],
    });
    const { payload } = await learning.mutate('reviewSubmission', input, member.curator, REVIEWED);
    expect(payload?.['submission']).toMatchObject({
      status: 'REVIEWED',
      score: { status: 'REVIEWED', score: 94 },
      review: {
        number: 1,
        decision: 'ACCEPT',
        score: 94,
        comment: 'A vivid story.',
        reviewer: { id: member.curator.userId },
      },
      annotations: [{ start, end: start + 9, kind: 'PRAISE' }],
      grades: [{ source: 'CURATOR', score: 94, gradedBy: { id: member.curator.userId } }],
    });
    const progress = await learning.sql('select status from learning.lesson_progress where enrollment_id = ?', [
      member.enrollmentId,
    ]);
    expect(progress).toEqual([{ status: 'COMPLETED' }]);
    expect(await learning.told(member.studentId)).toEqual([
      ...['homework.assigned', 'homework.submitted', 'homework.checked', 'homework.reviewed', 'lesson.completed'],
    ]);
  });

  it('returns it, and the student makes the next version of what they had', async () => {
    const member = await school.classroom();
    const first = await school.checked(member);
    await learning.sql('update learning.homework_assignments set due_at = ? where id = ?', [
      new Date(Date.now() - 1_000),
      member.assignmentId,
    ]);
    expect(await reviews(first, member.curator, { decision: 'RETURN', comment: 'Tell us why.' })).toEqual([]);
    expect(
      await learning.sql('select from learning.lesson_progress where enrollment_id = ?', [member.enrollmentId]),
    ).toEqual([]);
    const draft = await school.made('saveHomeworkDraft', { assignmentId: member.assignmentId }, member.person);
    expect(draft).toMatchObject({ version: 2, status: 'DRAFT', text: GOOD_TEXT });
    expect(await reviews({ ...first, revision: first.revision + 1 }, member.curator)).toEqual(['NOT_REVIEWABLE']);
    const second = await school.checked(member, `${GOOD_TEXT} I had never been so happy before.`);
    expect(second).toMatchObject({ version: 2, isLate: false });
    expect(await reviews(second, member.curator)).toEqual([]);
    const seen = await learning.ask<{ submissions: object[] }>(
      'query ($id: ID!) { homeworkAssignment(id: $id) { score submission { version } submissions { version status review { decision } } } }',
      { id: member.assignmentId },
      member.person,
    );
    expect(seen).toMatchObject({
      score: 94,
      submission: { version: 2 },
      submissions: [
        { version: 2, status: 'REVIEWED', review: { decision: 'ACCEPT' } },
        { version: 1, status: 'RETURNED', review: { decision: 'RETURN' } },
      ],
    });
  });

  it('gives another score later, which adds to the history, but takes nothing back', async () => {
    const member = await school.classroom();
    const submission = await school.checked(member);
    expect(await reviews(submission, member.curator)).toEqual([]);
    const now = { ...submission, revision: submission.revision + 1 };
    expect(await reviews(now, member.curator, { decision: 'RETURN' })).toEqual(['NOT_REVIEWABLE']);
    const scores = ['c1', 'c2', 'c3'].map((criterionId) => ({ criterionId, score: 10 }));
    const { payload } = await learning.mutate('reviewSubmission', school.review(now, { scores }), supervisor, REVIEWED);
    expect(payload?.['submission']).toMatchObject({
      score: { score: 30 },
      review: { number: 2 },
      grades: [{ score: 94 }, { score: 30, gradedBy: { id: supervisor.userId } }],
    });
    for (const statement of [
      'update learning.homework_grades set score = 100',
      'delete from learning.homework_grades',
    ]) {
      await expect(learning.sql(`${statement} where submission_id = ?`, [submission.id])).rejects.toThrow(
        /append-only/,
      );
    }
  });

  it.runIf(isRealPostgres())('is told that another one was faster', async () => {
    const member = await school.classroom();
    const submission = await school.checked(member);
    const judges = [member.curator, supervisor, await learning.graph.person('ADMIN')];
    const outcomes = await Promise.all(judges.map((person) => reviews(submission, person, { decision: 'RETURN' })));
    expect(outcomes.map(String).sort()).toEqual(['', 'CHANGED', 'CHANGED']);
    expect(
      await learning.sql('select from learning.homework_reviews where submission_id = ?', [submission.id]),
    ).toHaveLength(1);
    expect(
      await learning.sql('select from learning.homework_grades where submission_id = ?', [submission.id]),
    ).toHaveLength(1);
  });

  it('is refused what does not fit', async () => {
    const member = await school.classroom();
    const submission = await school.checked(member);
    const { curator } = member;
    const score = (criterionId: string, points: number) => ({ criterionId, score: points });
    const note = { start: 0, end: 4, quote: 'Last', kind: 'QUESTION', comment: 'When?' };
    const unfit: [object, string][] = [
      [{ scores: [score('c1', 51), score('c2', 1), score('c3', 1)] }, 'input.scores.0'],
      [{ scores: [score('c1', 1), score('c1', 1), score('c3', 1)] }, 'input.scores.1'],
      [{ scores: [score('c1', 1), score('c2', 1)] }, 'input.scores'],
      [{ scores: [score('c1', -1), score('c2', 1), score('c3', 1)] }, 'input.scores.0.score'],
      [{ annotations: [{ ...note, quote: 'last' }] }, 'input.annotations.0.quote'],
      [{ annotations: [note, { ...note, start: 9_000, end: 9_004 }] }, 'input.annotations.1.quote'],
      [{ annotations: [{ ...note, start: 4 }] }, 'input.annotations.0.end'],
      [{ dismissedEdits: ['e999'] }, 'input.dismissedEdits'],
    ];
    for (const [change, field] of unfit) {
      const { payload } = await learning.mutate('reviewSubmission', school.review(submission, change), curator);
      expect(payload?.['userErrors']).toMatchObject([{ code: 'INVALID_INPUT', field: field.split('.') }]);
    }
    expect(await reviews({ ...submission, revision: 1 }, curator)).toEqual(['CHANGED']);
    expect(await reviews({ ...submission, id: NOBODY }, curator)).toEqual(['NOT_FOUND']);
  });

  it('reviews only their cohorts, and nobody reviews their own homework', async () => {
    const member = await school.classroom();
    const submission = await school.checked(member);
    const { curator: other } = await learning.cohort(member.courseId);
    expect(await reviews(submission, other)).toEqual(['NOT_FOUND']);
    expect(await reviews(submission, member.person)).toEqual(['FORBIDDEN']);
    await learning.sql('update learning.students set user_id = ? where id = ?', [
      member.curator.userId,
      member.studentId,
    ]);
    expect(await reviews(submission, member.curator)).toEqual(['NOT_FOUND']);
    const draft = await school.classroom();
    const { id } = await school.made(
      'saveHomeworkDraft',
      { assignmentId: draft.assignmentId, text: 'x' },
      draft.person,
    );
    expect(await reviews({ ...submission, id }, draft.curator)).toEqual(['NOT_FOUND']);
  });

  it('sees what waits for them, filtered and in order', async () => {
    const first = await school.classroom();
    const second = { ...first, ...(await school.member(first, first.cohortId)) };
    const idle = await school.member(first, first.cohortId);
    await school.member(first, null);
    await school.checked(second);
    await school.checked(first);
    await learning.sql('update learning.homework_assignments set due_at = ? where id = ?', [
      new Date(Date.now() - 1_000),
      idle.assignmentId,
    ]);
    const queue = async (filter: object | null, orderBy = 'SUBMITTED', person = first.curator) => {
      const query = `query ($filter: HomeworkQueueFilter, $orderBy: HomeworkQueueOrder!) {
        homeworkQueue(filter: $filter, orderBy: $orderBy) { edges { node { id } } } }`;
      const { edges } = await learning.ask<{ edges: { node: { id: string } }[] }>(query, { filter, orderBy }, person);
      return edges.map(({ node }) => node.id);
    };
    expect(await queue(null)).toEqual([second.assignmentId, first.assignmentId]);
    expect(await queue(null, 'DUE')).toEqual([first.assignmentId, second.assignmentId]);
    expect(await queue({ statuses: ['NEEDS_REVIEW'], cohortId: first.cohortId })).toHaveLength(2);
    expect(await queue({ statuses: ['REVIEWED'] })).toEqual([]);
    expect(await queue({ overdue: true }, 'DUE')).toEqual([idle.assignmentId]);
    expect(await queue({ overdue: true, courseId: NOBODY }, 'DUE')).toEqual([]);
    expect(await queue({ cohortId: 'none' })).toEqual([]);
    expect(await queue({ courseId: first.courseId, statuses: ['ASSIGNED'] }, 'DUE', supervisor)).toHaveLength(2);
    expect(await queue(null, 'DUE', (await learning.cohort(first.courseId)).curator)).toEqual([]);
  });

  it('gives more time, for a reason that the student sees', async () => {
    const member = await school.classroom();
    const { assignmentId, curator } = member;
    const extend = (dueAt: Date, person: TestPerson = curator) =>
      learning.mutate(
        'extendHomework',
        { assignmentId, dueAt, reason: 'You were ill.' },
        person,
        'assignment { dueAt isLate extensions { reason dueAt grantedBy { id } } }',
      );
    await learning.sql('update learning.homework_assignments set due_at = ? where id = ?', [
      new Date(Date.now() - 1_000),
      assignmentId,
    ]);
    expect((await school.submits(member)).isLate).toBe(true);
    const later = new Date(Date.now() + 3 * 24 * 60 * 60 * 1000);
    expect((await extend(later)).payload?.['assignment']).toMatchObject({
      ...{ dueAt: later.toISOString(), isLate: false },
      extensions: [{ reason: 'You were ill.', dueAt: later.toISOString(), grantedBy: { id: curator.userId } }],
    });
    for (const day of [later, new Date(Date.now() - 1_000), new Date(Date.now() + 400 * 24 * 60 * 60 * 1000)]) {
      expect((await extend(day)).refused).toEqual(['INVALID_INPUT']);
    }
    expect(
      (await extend(new Date(later.getTime() + 1), (await learning.cohort(member.courseId)).curator)).refused,
    ).toEqual(['NOT_FOUND']);
    expect(await learning.told(member.studentId)).toContain('homework.extended');
    await learning.sql(`update learning.homework_assignments set status = 'REVIEWED' where id = ?`, [assignmentId]);
    expect((await extend(new Date(later.getTime() + 1))).refused).toEqual(['ALREADY_ACCEPTED']);
  });
});

describe('what curators say again and again', () => {
  const save = (person: TestPerson, input: object) =>
    learning.mutate(
      'saveCommentTemplate',
      { title: 'Tenses', text: 'Look at your tenses.', ...input },
      person,
      'template { id title text isShared }',
    );
  const titles = async (person: TestPerson) => {
    const query = '{ commentTemplates { edges { node { title isShared } } } }';
    const { edges } = await learning.ask<{ edges: { node: { title: string } }[] }>(query, {}, person);
    return edges.map(({ node }) => node.title);
  };

  it('is their own, or the school’s where somebody sees all students', async () => {
    const [ann, bob] = [await learning.graph.person('CURATOR'), await learning.graph.person('CURATOR')];
    const { id = '' } = ((await save(ann, {})).payload?.['template'] ?? {}) as { id?: string };
    const made = await save(supervisor, { title: 'Articles', isShared: true });
    const shared = { id: '', ...(made.payload?.['template'] as { id: string } | undefined) };
    expect((await save(ann, { isShared: true })).refused).toEqual(['INVALID_INPUT']);
    expect([await titles(ann), await titles(bob)]).toEqual([['Articles', 'Tenses'], ['Articles']]);
    expect((await save(ann, { templateId: id, title: 'Past tenses' })).refused).toEqual([]);
    expect(await titles(ann)).toEqual(['Articles', 'Past tenses']);
    const removes = (person: TestPerson, templateId: string) =>
      learning.mutate('deleteCommentTemplate', { templateId }, person, 'deletedTemplateId');
    for (const [person, which] of [
      [bob, id],
      [ann, shared.id],
      [ann, NOBODY],
    ] as const) {
      expect((await removes(person, which)).refused).toEqual(['NOT_FOUND']);
      expect((await save(person, { templateId: which })).refused).toEqual(['NOT_FOUND']);
    }
    expect((await removes(ann, id)).payload).toMatchObject({ deletedTemplateId: id });
    expect((await removes(supervisor, shared.id)).refused).toEqual([]);
    expect(await titles(ann)).toEqual([]);
  });
});

describe('agreement of the check and curators', () => {
  it('is reported for a period, with what became of its edits', async () => {
    const year = (at: number) => new Date(Date.UTC(2020, 0, at));
    const member = await school.classroom({ rubric: COUNTED_RUBRIC });
    const pairs = [
      [80, 82, 4, ['e1']],
      [70, 60, 2, []],
      [30, 65, 3, ['e1', 'e2']],
      [20, 20, 0, []],
    ] as const;
    for (const [index, [ai, curator, edits, dismissed]] of pairs.entries()) {
      const { assignmentId } = await school.member(member, member.cohortId);
      await learning.sql(
        `with s as (insert into learning.homework_submissions (id, assignment_id, version, status, text, file_ids, submitted_at, created_at, updated_at)
           values (gen_random_uuid(), ?, 1, 'REVIEWED', '', '[]', now(), now(), now()) returning id)
         insert into learning.homework_reviews (id, submission_id, number, decision, scores, score, ai_score, edit_count, dismissed_edits, created_at)
         select gen_random_uuid(), s.id, 1, 'ACCEPT', '[]', ?, ?, ?, ?::jsonb, ? from s`,
        [assignmentId, curator, ai, edits, JSON.stringify(dismissed), year(10 + index)],
      );
    }
    const query = `query ($from: DateTime!, $to: DateTime!) { homeworkAgreement(from: $from, to: $to) {
      reviews withinFive meanDifference kappa keptEdits dismissedEdits } }`;
    const of = (from: Date, to: Date, person = supervisor) => learning.run(query, { from, to }, person);
    expect((await of(year(1), year(31))).data['homeworkAgreement']).toEqual({
      ...{ reviews: 4, withinFive: 0.5, meanDifference: 11.75, kappa: 0.5, keptEdits: 6, dismissedEdits: 3 },
    });
    expect((await of(year(13), year(31))).data['homeworkAgreement']).toMatchObject({ reviews: 1, kappa: null });
    expect((await of(year(31), year(1))).codes).toEqual(['BAD_USER_INPUT']);
    expect((await of(year(1), year(31), member.curator)).codes).toEqual(['FORBIDDEN']);
  });
});
