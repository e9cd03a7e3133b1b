import { describe, expect, test } from 'vitest';
import { ZodError, z } from 'zod';
import { defineEvent, domainEvent } from './event.js';

const lessonMoved = defineEvent({
  type: 'tutorgraph.school.lesson.moved.v1',
  description: 'A lesson was moved.',
  data: z.object({ roomId: z.uuid() }),
});
const roomId = '01890a5d-ac96-774b-bcce-b302099a8057';

describe('an event', () => {
  test('is a CloudEvent of its room that happened now', () => {
    const event = lessonMoved.create({ subject: 'lesson-1', data: { roomId } });
    expect(domainEvent.parse(event)).toEqual(event);
    expect(event).toMatchObject({
      specversion: '1.0',
      source: 'tutorgraph/school',
      type: 'tutorgraph.school.lesson.moved.v1',
      subject: 'lesson-1',
      data: { roomId },
    });
    expect(Math.abs(Date.parse(event.time) - Date.now())).toBeLessThan(5_000);
    expect(z.uuidv7().safeParse(event.id).success).toBe(true);
  });

  test('carries only what its schema allows', () => {
    const data = { roomId, teacher: 'Anna Ivanova' };
    expect(lessonMoved.create({ subject: 'lesson-1', data }).data).toEqual({ roomId });
    expect(() => lessonMoved.create({ subject: 'lesson-1', data: { roomId: 'aula' } })).toThrow(ZodError);
  });

  test('is checked again by whoever takes it', () => {
    const event = lessonMoved.create({ subject: 'lesson-1', data: { roomId } });
    expect(lessonMoved.parse(structuredClone(event))).toEqual({ roomId });
    expect(() => lessonMoved.parse({ ...event, data: {} })).toThrow(ZodError);
    expect(() => lessonMoved.parse({ ...event, type: 'tutorgraph.school.lesson.held.v1' })).toThrow('Expected');
  });
});

test.each([
  'lesson.moved',
  'tutorgraph.school.lesson.moved',
  'tutorgraph.School.lesson.moved.v1',
  'tutorgraph.a.b.c.v0',
])('a type named %s is refused', (type) => {
  expect(() => defineEvent({ type, description: '', data: z.object({}) })).toThrow('must be named');
});
