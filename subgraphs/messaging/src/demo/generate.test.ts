import { FIXED_PEOPLE } from '@tutorgraph/kit/demo/fixed-people';
import { expect, test } from 'vitest';
import { generateMessagingDemo } from './generate.js';

const lesson = {
  studentId: FIXED_PEOPLE.STUDENT.id,
  tutorUserId: FIXED_PEOPLE.TUTOR.id,
  paidAt: new Date('2026-11-01T09:00:00Z'),
};
const cohort = {
  ...{ id: lesson.tutorUserId, courseId: lesson.studentId, title: 'Autumn', courseTitle: 'English' },
  ...{ curatorId: FIXED_PEOPLE.CURATOR.id, startsOn: new Date('2026-10-01'), userIds: [lesson.studentId] },
};
const options = { seed: 7, now: new Date('2026-11-21T09:00:00Z'), lessons: [lesson, lesson], cohorts: [cohort] };

test('the same options give the same chats', () => {
  expect(generateMessagingDemo(options)).toEqual(generateMessagingDemo(options));
});

test('a student and a tutor have one room, whose messages are numbered without a hole and lie in the past', () => {
  const { rooms, members, messages } = generateMessagingDemo(options);
  expect(rooms.map(({ kind }) => kind)).toEqual(['DIRECT', 'SUPPORT', 'NAMED', 'GROUP']);
  for (const { id, lastSequence, memberCount } of rooms) {
    const own = messages.filter(({ roomId }) => roomId === id);
    expect(own.map(({ sequence }) => sequence)).toEqual(own.map((_, index) => index + 1));
    expect(lastSequence).toBe(own.length);
    const inside = members.filter(({ roomId }) => roomId === id).map(({ userId }) => userId);
    expect(inside).toHaveLength(memberCount);
    expect(own.every(({ authorId }) => inside.includes(authorId))).toBe(true);
    expect(own.every(({ createdAt }) => createdAt <= options.now)).toBe(true);
  }
});
