import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import type { ExecutionResult } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collectHomework, eraseHomework, eraseHomeworkFiles } from '../src/privacy/homework-privacy.js';
import { GOOD_TEXT, HomeworkSchool, type MadeSubmission } from './homework-fixtures.js';
import { type Learning, NOBODY } from './learning-fixtures.js';

const HEARD = `subscription ($studentId: ID, $after: String) { homeworkChanged(studentId: $studentId, after: $after) {
  cursor kind assignment { id status } submission { id version } } }`;

interface Heard {
  cursor: string;
  kind: string | null;
  assignment: { id: string } | null;
}

let school: HomeworkSchool;
let learning: Learning;

beforeAll(async () => {
  school = await HomeworkSchool.open();
  learning = school.learning;
});
afterAll(() => school?.close());

describe('homework live', () => {
  /** What somebody hears, as it comes. */
  class Listener {
    readonly heard: Heard[] = [];
    private constructor(private readonly live: AsyncIterator<ExecutionResult>) {}

    static async begin(person: TestPerson, variables: object = {}): Promise<Listener> {
      const listener = new Listener(await learning.graph.subscribe('learning', HEARD, variables, person));
      void listener.listen();
      await expect.poll(() => listener.heard.length, { timeout: 20_000, interval: 10 }).toBeGreaterThan(0);
      return listener;
    }

    private async listen(): Promise<void> {
      for (;;) {
        const { value, done } = await this.live.next();
        if (done) return;
        this.heard.push((value as ExecutionResult<{ homeworkChanged: Heard }>).data?.homeworkChanged as Heard);
      }
    }

    /** What became of homework since it was given, which may have been just before. */
    kinds(assignmentId: string): (string | null)[] {
      const kinds = this.heard.filter(({ assignment }) => assignment?.id === assignmentId).map(({ kind }) => kind);
      return kinds.filter((kind) => kind !== 'ASSIGNED');
    }

    async hears(assignmentId: string, ...kinds: string[]): Promise<void> {
      await expect.poll(() => this.kinds(assignmentId), { timeout: 20_000, interval: 10 }).toEqual(kinds);
    }

    async end(): Promise<void> {
      await this.live.return?.();
    }
  }

  it('is heard by the student and their curator, not by others, and goes on behind a cursor', async () => {
    const member = await school.classroom();
    const stranger = await school.classroom();
    await learning.published();
    const supervisor = await learning.graph.person('SUPERVISOR');
    const people = [member.person, member.curator, stranger.person, stranger.curator, supervisor];
    const [own, curator, other, otherCurator, all] = await Promise.all(people.map((person) => Listener.begin(person)));
    const of = await Listener.begin(supervisor, { studentId: member.studentId });
    const submission = await school.checked(member);
    expect((await learning.mutate('reviewSubmission', school.review(submission), member.curator)).refused).toEqual([]);
    for (const listener of [own, curator, all, of]) {
      await listener?.hears(member.assignmentId, 'SUBMITTED', 'CHECKED', 'REVIEWED');
    }
    await school.submits(stranger);
    await otherCurator?.hears(
      stranger.assignmentId,
      'SUBMITTED',
      ...(otherCurator.kinds(stranger.assignmentId).slice(1) as string[]),
    );
    for (const listener of [other, otherCurator]) expect(listener?.kinds(member.assignmentId)).toEqual([]);
    for (const listener of [own, curator, of]) expect(listener?.kinds(stranger.assignmentId)).toEqual([]);
    const { cursor } = own?.heard.find(({ kind }) => kind === 'SUBMITTED') ?? {};
    const again = await Listener.begin(member.person, { after: cursor });
    await again.hears(member.assignmentId, 'CHECKED', 'REVIEWED');
    await Promise.all([own, curator, other, otherCurator, all, of, again].map((listener) => listener?.end()));
  });

  it('is heard no more by a curator whose cohort another one has', async () => {
    const member = await school.classroom();
    const second = { ...member, ...(await school.member(member, member.cohortId)) };
    await learning.published();
    const former = await Listener.begin(member.curator);
    await school.submits(member);
    await expect.poll(() => former.kinds(member.assignmentId)).toContain('SUBMITTED');
    const next = await learning.graph.person('CURATOR');
    await learning.sql('update learning.cohorts set curator_id = ? where id = ?', [next.userId, member.cohortId]);
    const listener = await Listener.begin(next);
    await school.submits(second);
    await expect.poll(() => listener.kinds(second.assignmentId), { timeout: 20_000 }).toContain('SUBMITTED');
    expect(former.kinds(second.assignmentId)).toEqual([]);
    await Promise.all([former.end(), listener.end()]);
  });

  it('is refused of students whom one may not see', async () => {
    const member = await school.classroom();
    const stranger = (await learning.student()).person;
    for (const studentId of [member.studentId, NOBODY]) {
      await expect(learning.graph.subscribe('learning', HEARD, { studentId }, stranger)).rejects.toMatchObject({
        extensions: { code: 'FORBIDDEN' },
      });
    }
  });
});

describe('homework that is due soon', () => {
  it('is told of once, and again after more time was given', async () => {
    const member = await school.classroom();
    const [handedIn, dropped] = [
      await school.member(member, member.cohortId),
      await school.member(member, member.cohortId),
    ];
    await school.submits(handedIn);
    await learning.sql(`update learning.enrollments set status = 'DROPPED', dropped_at = now() where id = ?`, [
      dropped.enrollmentId,
    ]);
    const remindersOf = async ({ studentId }: { studentId: string }) =>
      (await learning.told(studentId)).filter((type) => type === 'homework.due-soon').length;
    await learning.runJob('remind-homework');
    expect(await remindersOf(member)).toBe(0);
    await learning.sql('update learning.homework_assignments set due_at = ?', [new Date(Date.now() + 3_600_000)]);
    await Promise.all([learning.runJob('remind-homework'), learning.runJob('remind-homework')]);
    await learning.runJob('remind-homework');
    expect(await Promise.all([member, handedIn, dropped].map(remindersOf))).toEqual([1, 0, 0]);
    const input = { assignmentId: member.assignmentId, dueAt: new Date(Date.now() + 7_200_000), reason: 'More time' };
    expect((await learning.mutate('extendHomework', input, member.curator)).refused).toEqual([]);
    await learning.runJob('remind-homework');
    expect(await remindersOf(member)).toBe(2);
  });
});

describe('somebody who asks for their data, or to be forgotten', () => {
  async function reviewed() {
    const member = await school.classroom();
    const key = `attachments/${newId()}`;
    await learning.graph.files.storage.put(key, Buffer.from('%PDF-1.7'), { contentType: 'application/pdf' });
    const uploadId = newId();
    await learning.sql(
      `insert into accounts.uploads (id, user_id, kind, status, content_type, size, storage_key, created_at, confirmed_at)
       values (?, ?, 'ATTACHMENT', 'CONFIRMED', 'application/pdf', 8, ?, now(), now())`,
      [uploadId, member.person.userId, key],
    );
    const submission: MadeSubmission = await school.checked(member, GOOD_TEXT, {
      files: [{ uploadId, name: 'a.pdf' }],
    });
    const change = {
      comment: 'Dear Ann, well done.',
      annotations: [{ start: 0, end: 4, quote: 'Last', kind: 'PRAISE', comment: 'Ann!' }],
    };
    const { refused } = await learning.mutate('reviewSubmission', school.review(submission, change), member.curator);
    expect(refused).toEqual([]);
    const template = { title: 'Praise', text: 'Well done', isShared: false };
    expect((await learning.mutate('saveCommentTemplate', template, member.curator)).refused).toEqual([]);
    return { ...member, submission, key, uploadId };
  }

  it('has what they handed in with its files, and what they wrote as a curator', async () => {
    const { person, curator, submission, key, uploadId } = await reviewed();
    const own = await collectHomework(learning.em, person.userId);
    expect(own.files).toEqual([{ name: `homework-${uploadId}-a.pdf`, key }]);
    expect(JSON.parse(JSON.stringify(own.sections))).toMatchObject({
      homework: [{ status: 'REVIEWED', score: 94 }],
      homeworkSubmissions: [
        {
          ...{ id: submission.id, text: GOOD_TEXT, check: { degraded: true } },
          ...{
            reviews: [{ comment: 'Dear Ann, well done.' }],
            annotations: [{ comment: 'Ann!' }],
            grades: [{ score: 94 }],
          },
        },
      ],
    });
    const written = await collectHomework(learning.em, curator.userId);
    expect(written.sections).toMatchObject({
      ...{ homework: [], homeworkReviews: [{ comment: 'Dear Ann, well done.' }] },
      ...{ homeworkAnnotations: [{ comment: 'Ann!' }], homeworkCommentTemplates: [{ title: 'Praise' }] },
    });
    expect((await collectHomework(learning.em, NOBODY)).files ?? []).toEqual([]);
  });

  it('leaves scores that are nobody’s', async () => {
    const { person, curator, submission, key } = await reviewed();
    for (const { userId } of [person, curator, person]) {
      await eraseHomeworkFiles(learning.em, learning.graph.files.storage, userId);
      await transaction(learning.em, (tx) => eraseHomework(tx, userId));
    }
    await expect(learning.graph.files.storage.get(key)).rejects.toThrow();
    const kept = await learning.sql<Record<string, unknown>>(
      `select s.text, s.file_ids, r.comment, r.reviewer_id, g.score, g.graded_by, c.edits,
         (select count(*)::int from learning.homework_annotations n where n.submission_id = s.id) as notes
         from learning.homework_submissions s join learning.homework_reviews r on r.submission_id = s.id
         join learning.homework_grades g on g.submission_id = s.id
         join learning.homework_checks c on c.submission_id = s.id where s.id = ?`,
      [submission.id],
    );
    expect(kept).toEqual([
      { text: '', file_ids: [], comment: null, reviewer_id: null, score: 94, graded_by: null, edits: [], notes: 0 },
    ]);
    const rest = await learning.sql(
      'select from learning.homework_comment_templates where owner_id = ? union all select from learning.homework_files where key = ?',
      [curator.userId, key],
    );
    expect(rest).toEqual([]);
  });
});
