import { expect, it } from 'vitest';
import { applicationSubmitted, bookingConfirmed, orderMatched, subjectCreated, tutorHidden } from './events.js';
import { liveKeys } from './live-keys.js';

const [first, second, third] = [
  '01900000-0000-7000-8000-000000000001',
  '01900000-0000-7000-8000-000000000002',
  '01900000-0000-7000-8000-000000000003',
] as const;

it('finds an application by itself, its order and its tutor', () => {
  const event = applicationSubmitted.create({ subject: first, data: { orderId: second, tutorId: third } });
  expect(liveKeys(event)).toEqual([`application:${first}`, `order:${second}`, `tutor:${third}`]);
});

it('finds orders, tutors and subjects by themselves', () => {
  expect(liveKeys(orderMatched.create({ subject: first, data: { studentId: second, subjectId: third } }))).toEqual([
    `order:${first}`,
    `student:${second}`,
  ]);
  expect(liveKeys(tutorHidden.create({ subject: first, data: { userId: second } }))).toEqual([`tutor:${first}`]);
  expect(liveKeys(subjectCreated.create({ subject: first, data: {} }))).toEqual([`subject:${first}`]);
});

it('finds a booking by itself and its two people, from whatever order it came', () => {
  const data = { orderId: null, applicationId: null, tutorId: second, studentId: third, status: 'CONFIRMED' } as const;
  expect(liveKeys(bookingConfirmed.create({ subject: first, data }))).toEqual([
    `booking:${first}`,
    `tutor:${second}`,
    `student:${third}`,
  ]);
});
