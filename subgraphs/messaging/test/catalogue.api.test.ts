import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { notificationTypes } from '../src/catalogue/catalogue.js';
import { Chat } from './chat.js';

let chat: Chat;

beforeAll(async () => {
  chat = await Chat.open();
});

afterAll(() => chat.close());

const TYPES = '{ notificationTypes { type title description urgency channels } }';
const PREVIEW = `query ($type: NotificationType!, $locale: String, $timeZone: TimeZone) {
  previewNotification(type: $type, locale: $locale, timeZone: $timeZone) { title body sms html } }`;

describe('notificationTypes', () => {
  it('tells everybody who is signed in of what they may hear, in their language', async () => {
    const russian = await chat.graph.person('STUDENT', { locale: 'ru' });
    const { data } = await chat.run(TYPES, {}, russian);
    const found = data['notificationTypes'] as { type: string; title: string }[];
    expect(found).toHaveLength(notificationTypes.length);
    expect(found[0]).toEqual({
      type: 'BOOKING_CONFIRMED',
      title: 'Занятие подтверждено',
      description: 'A lesson is paid and takes place; for its student and tutor.',
      urgency: 'HIGH',
      channels: ['IN_APP', 'EMAIL', 'PUSH'],
    });
    expect((await chat.run(TYPES)).codes).toEqual(['UNAUTHENTICATED']);
  });
});

describe('previewNotification', () => {
  it('shows staff each way in which a text differs, in any language and zone', async () => {
    const staff = await chat.graph.person('SUPERVISOR');
    const preview = async (variables: object) => {
      const { data, codes } = await chat.run(PREVIEW, variables, staff);
      if (codes.length > 0) throw new Error(codes.join());
      return data['previewNotification'] as { title: string; body: string; sms: string; html: string }[];
    };
    const cancelled = await preview({ type: 'BOOKING_CANCELLED', locale: 'ru', timeZone: 'Europe/Moscow' });
    const [one] = cancelled;
    expect(one?.title).toBe('Занятие отменено: Математика, вторник, 24 ноября в 18:00');
    expect(cancelled.at(-1)?.title).toBe('Отменено несколько занятий: Математика');
    expect(new Set(cancelled.map(({ body }) => body)).size).toBe(6);
    const [message] = await preview({ type: 'STAFF_MESSAGE', locale: 'xx' });
    expect(message).toMatchObject({
      title: 'The office is closed on Monday',
      body: 'We answer again on Tuesday.',
      sms: 'The office is closed on Monday. We answer again on Tuesday.',
    });
    expect(message?.html).toMatch(/^<!doctype html><html lang="en">.*We answer again on Tuesday\./);
  });

  it('is for staff who may send', async () => {
    const [student, hr] = [await chat.student(), await chat.graph.person('HR')];
    for (const person of [student, hr]) {
      expect((await chat.run(PREVIEW, { type: 'WELCOME' }, person)).codes).toEqual(['FORBIDDEN']);
    }
  });
});
