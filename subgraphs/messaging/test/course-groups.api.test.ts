import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { startConsumer } from '@tutorgraph/kit/events/consumer';
import { defineEvent } from '@tutorgraph/kit/events/event';
import { isRealPostgres } from '@tutorgraph/kit/testing/database';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { enrollmentStarted, studentClaimed } from '@tutorgraph/schema/events/learning';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Cohorts } from '../src/course-groups/cohorts.js';
import { courseGroupsConsumer } from '../src/course-groups/course-groups.consumer.js';
import { CourseGroups } from '../src/course-groups/course-groups.js';
import { People } from '../src/people/people.js';
import { Chat } from './chat.js';
import { Classes } from './classes.js';

/** Two students and a curator. */
const LIMIT = 3;

let chat: Chat;
let classes: Classes;
let courseId: string;
let lessonId: string;
let curator: TestPerson;

const description = 'As learning publishes it.';
const started = defineEvent({ type: enrollmentStarted.type, description, data: enrollmentStarted.schema });
const claimed = defineEvent({ type: studentClaimed.type, description, data: studentClaimed.schema });

beforeAll(async () => {
  chat = await Chat.open({ CHAT_MEMBER_LIMIT: String(LIMIT) }, ['accounts', 'learning', 'messaging']);
  classes = await Classes.open(chat);
  ({ courseId, lessonId } = await classes.course());
  curator = await chat.graph.person('CURATOR');
});

afterAll(() => chat?.close());

/** A cohort with its curator and one student, for whom its group was made. */
async function classroom() {
  const [cohortId, student] = [await classes.cohort(courseId, curator), await chat.student()];
  const enrollmentId = await classes.enrolls(student, courseId, cohortId);
  const { id: roomId } = (await classes.group(cohortId)) ?? expect.fail('there is no group');
  return { cohortId, student, enrollmentId, roomId };
}

async function membersOf(cohortId: string): Promise<Record<string, string> | undefined> {
  return (await classes.group(cohortId))?.members;
}

describe('the group of a cohort', () => {
  it('is made when its first student with an account comes, for them and the curator', async () => {
    const cohortId = await classes.cohort(courseId, curator);
    const studentId = await classes.stranger(courseId, cohortId);
    expect(await classes.group(cohortId)).toBeNull();
    const student = await chat.student();
    await classes.enrolls(student, courseId, cohortId);
    const group = await classes.group(cohortId);
    expect(group).toMatchObject({ title: 'English · Autumn', memberCount: 2 });
    const both = { [curator.userId]: 'MODERATOR', [student.userId]: 'MEMBER' };
    expect(group?.members).toEqual(both);
    const query = 'query ($id: ID!) { chatRoom(id: $id) { kind title course { id } } }';
    const seenBy = async (person: TestPerson) => (await chat.run(query, { id: group?.id }, person)).data['chatRoom'];
    expect(await seenBy(student)).toEqual({ kind: 'GROUP', title: 'English · Autumn', course: { id: courseId } });
    const newcomer = await chat.student();
    expect(await seenBy(newcomer)).toBeNull();
    // Learning may still hold somebody whose account is erased.
    const gone = await chat.student();
    await chat.sql('update accounts.users set erased_at = now() where id = ?', [gone.userId]);
    const held = await classes.stranger(courseId, cohortId);
    await chat.sql('update learning.students set user_id = ? where id = ?', [gone.userId, held]);
    await classes.says(claimed.create({ subject: held, data: { studentId: held, userId: gone.userId } }));
    // Who had no account comes in with it.
    await chat.sql('update learning.students set user_id = ? where id = ?', [newcomer.userId, studentId]);
    const data = { studentId, userId: newcomer.userId };
    await classes.says(claimed.create({ subject: studentId, data }));
    expect(await membersOf(cohortId)).toEqual({ ...both, [newcomer.userId]: 'MEMBER' });
  });

  it('is left with the course, entered again with it, and changed with the cohort', async () => {
    const { cohortId, student, enrollmentId } = await classroom();
    const other = await classes.cohort(courseId, null, 'Winter');
    const inIt = { [curator.userId]: 'MODERATOR', [student.userId]: 'MEMBER' };
    await classes.made('dropEnrollment', { enrollmentId }, 'enrollment', student);
    expect(await membersOf(cohortId)).toEqual({ [curator.userId]: 'MODERATOR' });
    await classes.made('resumeEnrollment', { enrollmentId }, 'enrollment', student);
    expect(await membersOf(cohortId)).toEqual(inIt);
    await classes.made('moveToCohort', { enrollmentId, cohortId: other }, 'enrollment');
    expect(await membersOf(cohortId)).toEqual({ [curator.userId]: 'MODERATOR' });
    expect(await membersOf(other)).toEqual({ [student.userId]: 'MEMBER' });
    await classes.made('moveToCohort', { enrollmentId, cohortId }, 'enrollment');
    expect([await membersOf(cohortId), await membersOf(other)]).toEqual([inIt, {}]);
  });

  it('stays with who has completed the course, and is not forced on who left it', async () => {
    const { cohortId, roomId, student, enrollmentId } = await classroom();
    await classes.made('startLesson', { lessonId }, 'lesson', student);
    const leaver = await chat.student();
    const left = await classes.enrolls(leaver, courseId, cohortId);
    expect(await membersOf(cohortId)).toHaveProperty(leaver.userId);
    await chat.mutate('leaveChatRoom', { roomId }, leaver);
    await classes.made('dropEnrollment', { enrollmentId: left }, 'enrollment', leaver);
    await classes.made('resumeEnrollment', { enrollmentId: left }, 'enrollment', leaver);
    await classes.made('completeLesson', { lessonId }, 'enrollment', student);
    expect(await chat.sql('select status from learning.enrollments where id = ?', [enrollmentId])).toEqual([
      { status: 'COMPLETED' },
    ]);
    expect(await membersOf(cohortId)).toEqual({ [curator.userId]: 'MODERATOR', [student.userId]: 'MEMBER' });
  });

  it('has the curator whom the cohort has, and is called as it is', async () => {
    const { cohortId, student, roomId } = await classroom();
    const successor = await chat.graph.person('CURATOR');
    await classes.made('updateCohort', { cohortId, curatorId: successor.userId }, 'cohort');
    const led = { [successor.userId]: 'MODERATOR', [student.userId]: 'MEMBER' };
    expect(await membersOf(cohortId)).toEqual(led);
    // What moderators call it stays, until the cohort is called otherwise.
    await chat.mutate('updateChatRoom', { roomId, title: 'Our group' }, successor);
    await classes.made('updateCohort', { cohortId, curatorId: curator.userId }, 'cohort');
    expect(await classes.group(cohortId)).toMatchObject({ title: 'Our group' });
    await chat.mutate('leaveChatRoom', { roomId }, curator);
    await classes.made('updateCohort', { cohortId, title: 'Spring' }, 'cohort');
    expect(await classes.group(cohortId)).toMatchObject({
      ...{ title: 'English · Spring', memberCount: 1 },
      members: { [student.userId]: 'MEMBER' },
    });
    await classes.made('updateCohort', { cohortId, curatorId: null }, 'cohort');
    await classes.heard();
    await classes.made('updateCohort', { cohortId, curatorId: curator.userId }, 'cohort');
    expect(await membersOf(cohortId)).toEqual({ [student.userId]: 'MEMBER', [curator.userId]: 'MODERATOR' });
  });

  it('has no more people than a room may, with a place kept for its curator', async () => {
    const cohortId = await classes.cohort(courseId, null);
    const students = [await chat.student(), await chat.student(), await chat.student()];
    for (const student of students) await classes.enrolls(student, courseId, cohortId);
    const [first = curator, second = curator] = students;
    const seated = { [first.userId]: 'MEMBER', [second.userId]: 'MEMBER' };
    expect(await membersOf(cohortId)).toEqual(seated);
    await classes.made('updateCohort', { cohortId, curatorId: curator.userId }, 'cohort');
    expect(await membersOf(cohortId)).toEqual({ ...seated, [curator.userId]: 'MODERATOR' });
  });

  it('is the same, told once, when events come again to several processes at once', async () => {
    const { cohortId, student, enrollmentId, roomId } = await classroom();
    const running = chat.graph.rooms.get('messaging') ?? expect.fail('messaging does not run');
    const { em } = running.orm;
    const { client } = chat.graph;
    const consumer = courseGroupsConsumer(new CourseGroups(LIMIT), new Cohorts(client), new People(client));
    const replicas = await Promise.all(
      [1, 2].map(() => startConsumer({ ...consumer, em, bus: chat.graph.bus, pollMs: 20 })),
    );
    const [row] = await chat.sql<{ id: string }>('select id from learning.students where user_id = ?', [
      student.userId,
    ]);
    const data = { studentId: row?.id ?? '', userId: student.userId, courseId, cohortId };
    for (let round = 0; round < 3; round++) await classes.says(started.create({ subject: enrollmentId, data }));
    await classes.made('dropEnrollment', { enrollmentId }, 'enrollment', student);
    // Late, when it is not so any longer.
    await classes.says(started.create({ subject: enrollmentId, data }));
    expect(await membersOf(cohortId)).toEqual({ [curator.userId]: 'MODERATOR' });
    await Promise.all(replicas.map((replica) => replica.stop()));
    const told = (await chat.told(roomId)).filter((event) => event.endsWith(student.userId));
    expect(told).toEqual([`chat-member.added ${student.userId}`, `chat-member.removed ${student.userId}`]);
    expect((await chat.told(roomId)).filter((event) => event === 'chat-room.created')).toHaveLength(1);
  });
});

// The embedded database takes transactions one after another: there a race cannot show.
describe.runIf(isRealPostgres())('many who are seated in a cohort at once', () => {
  it('make one group and find as many places as it has', async () => {
    const em = chat.graph.rooms.get('messaging')?.orm.em ?? expect.fail('messaging does not run');
    const groups = new CourseGroups(LIMIT);
    const cohort = { id: newId(), title: 'Autumn', courseId, courseTitle: 'English', curatorId: curator.userId };
    await Promise.all(
      Array.from({ length: 8 }, () => {
        const seat = { userId: newId(), courseId, cohort, isNew: true };
        return transaction(em, (tx) => groups.seat(tx, seat, new Date()));
      }),
    );
    const group = await classes.group(cohort.id);
    expect(group).toMatchObject({ memberCount: LIMIT, members: { [curator.userId]: 'MODERATOR' } });
    expect(Object.keys(group?.members ?? {})).toHaveLength(LIMIT);
  });
});

describe('a device that was offline', () => {
  it('is told which courses and homework of its owner changed', async () => {
    const student = await chat.student();
    const cohortId = await classes.cohort(courseId, curator);
    const id = await classes.enrolls(student, courseId, cohortId);
    await classes.made('startLesson', { lessonId }, 'lesson', student);
    await classes.heard();
    const query = `query ($cursor: String) { changesSince(cursor: $cursor) { cursor followed { kind id subject {
      __typename ... on Enrollment { id } ... on HomeworkAssignment { id } } } } }`;
    const since = async (cursor: string | null, person = student) => {
      const { data } = await chat.run(query, { cursor }, person);
      return data['changesSince'] as { cursor: string; followed: object[] };
    };
    const first = await since(null);
    const [assignment] = await chat.sql<{ id: string }>(
      'select id from learning.homework_assignments where enrollment_id = ?',
      [id],
    );
    const enrollment = { kind: 'LEARNING_PROGRESS', id, subject: { __typename: 'Enrollment', id } };
    const homework = { kind: 'HOMEWORK', id: assignment?.id };
    expect(first.followed).toEqual([
      enrollment,
      { ...homework, subject: { __typename: 'HomeworkAssignment', id: assignment?.id } },
    ]);
    expect((await since(first.cursor)).followed).toEqual([]);
    await classes.made('completeLesson', { lessonId }, 'enrollment', student);
    await classes.heard();
    expect((await since(first.cursor)).followed).toEqual([enrollment]);
    expect((await since(null, curator)).followed).toEqual([]);
  });
});
