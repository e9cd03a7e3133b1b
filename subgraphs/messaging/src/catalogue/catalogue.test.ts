import { languages, locales } from '@tutorgraph/kit/messages/languages';
import { createMessages, loadMessages } from '@tutorgraph/kit/messages/messages';
import * as accounts from '@tutorgraph/schema/events/accounts';
import * as learning from '@tutorgraph/schema/events/learning';
import * as marketplace from '@tutorgraph/schema/events/marketplace';
import * as payments from '@tutorgraph/schema/events/payments';
import * as recommendations from '@tutorgraph/schema/events/recommendations';
import { describe, expect, it } from 'vitest';
import { events as ownEvents } from '../events.js';
import { targetKinds } from '../notifications/notification.rules.js';
import { notificationType, notificationTypes } from './catalogue.js';
import { anna, mentionsIn, named } from './names.js';
import { actionLabel, render, typeTitle } from './render.js';
import { unannounced } from './unannounced.js';
import { type Values, writeOut } from './values.js';

const catalogue = await loadMessages(new URL('../messages/', import.meta.url));
const messages = createMessages(catalogue);
const moscow = { locale: 'ru', timeZone: 'Europe/Moscow' };
const london = { locale: 'en', timeZone: 'Europe/London' };

const published = [
  ...[accounts, learning, marketplace, payments, recommendations].flatMap((room) =>
    Object.values(room).map(({ type }) => type),
  ),
  ...ownEvents.map(({ type }) => type),
];

describe('the catalogue', () => {
  it('has each type once', () => {
    expect(new Set(notificationTypes.map(({ type }) => type)).size).toBe(notificationTypes.length);
    expect(notificationType('BOOKING_CONFIRMED')?.urgency).toBe('HIGH');
    expect(notificationType('NO_SUCH_TYPE')).toBeUndefined();
  });

  it('tells of each event that a room publishes, or says why nobody is told', () => {
    const told = new Set(notificationTypes.flatMap(({ eventType }) => eventType ?? []));
    const untold = new Set(Object.keys(unannounced).map((name) => `tutorgraph.${name}.v1`));
    expect(published.filter((type) => !told.has(type) && !untold.has(type))).toEqual([]);
    expect([...untold].filter((type) => told.has(type) || !published.includes(type))).toEqual([]);
    expect([...told].filter((type) => !published.includes(type))).toEqual([]);
  });

  it.each(notificationTypes.map((type) => [type.type, type] as const))(
    '%s is written in every language, for each way in which its texts differ',
    (name, { samples }) => {
      expect(samples.length).toBeGreaterThan(0);
      for (const locale of locales) {
        for (const values of samples) {
          for (const part of ['title', 'body']) expect(missingIn(name, part, values, locale)).toEqual([]);
          const { title, body, sms } = render(messages, name, values, { locale, timeZone: 'Europe/Moscow' });
          for (const text of [title, body, sms]) {
            expect(text).not.toMatch(/\{\{|notification\.|undefined|NaN|\d{4}-\d{2}-\d{2}T|%%/);
            expect(text.trim()).not.toBe('');
          }
          expect(title).not.toContain('\n');
          expect(title.length).toBeLessThanOrEqual(90);
        }
        expect(typeTitle(messages, name, locale)).not.toContain('notification.');
      }
    },
  );

  it('says of each name whose it is, so that it can go with the account', () => {
    const samples = notificationTypes.flatMap((type) => type.samples);
    const names = samples.flatMap((values) => Object.keys(values).filter((key) => key.endsWith('Name')));
    expect(new Set(names)).toEqual(new Set(['authorName', 'otherName', 'personName', 'studentName', 'tutorName']));
    for (const values of samples) {
      for (const key of Object.keys(values).filter((name) => name.endsWith('Name'))) {
        expect(mentionsIn(values)).toContain(values[key.replace(/Name$/, 'Id')]);
      }
    }
    // What calls itself a name without saying whose does not even compile.
    const unnamed: Values = {
      // @ts-expect-error only \`named\` gives names
      otherName: 'Anna K.',
    };
    expect(mentionsIn(unnamed)).toEqual([]);
    expect([named('other', null), named('other', { ...anna, name: '' })]).toEqual([
      { otherName: '', otherId: '' },
      { otherName: '', otherId: '' },
    ]);
  });

  it('has a word for the button to each thing that a notification leads to', () => {
    for (const locale of languages.keys()) {
      for (const kind of targetKinds) expect(actionLabel(messages, kind, locale)).not.toContain('notification.');
    }
  });
});

/** The same texts with their placeholders left as they are. */
const unfilled = createMessages(
  Object.fromEntries(
    Object.entries(catalogue).map(([language, texts]) => [
      language,
      Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, text.replaceAll('{{', '<<')])),
    ]),
  ),
);

/** Placeholders of a text that its values do not fill. */
function missingIn(type: string, part: string, values: Values, locale: string): string[] {
  const filled = writeOut(values, { locale, timeZone: 'UTC' }, messages);
  const template = unfilled(locale, `notification.${type}.${part}`, filled);
  return [...template.matchAll(/<<(\w+)/g)].flatMap(([, name = '']) => (name in filled ? [] : [name]));
}

describe('a notification that is read', () => {
  const values = {
    otherName: 'Anna K.',
    'subject:en': 'Mathematics',
    'subject:ru': 'Математика',
    startsAt: '2026-11-24T15:00:00.000Z',
  };

  it('is in the language and on the clock of the reader', () => {
    expect(render(messages, 'BOOKING_CONFIRMED', values, moscow)).toEqual({
      title: 'Занятие подтверждено: Математика',
      body: 'Вас ждёт Anna K.: вторник, 24 ноября в 18:00. Видеокомната откроется со страницы занятия.',
      sms: 'Занятие подтверждено: Математика. Вас ждёт Anna K.: вторник, 24 ноября в 18:00. Видеокомната откроется со страницы занятия.',
    });
    expect(render(messages, 'BOOKING_CONFIRMED', values, london).body).toBe(
      'You meet Anna K. on Tuesday 24 November at 15:00. The video room opens from the lesson.',
    );
  });

  it('is told the hour after the clocks have changed', () => {
    const [before, after] = ['2026-10-24T15:00:00Z', '2026-10-26T15:00:00Z'].map((startsAt) =>
      writeOut({ startsAt }, london, messages),
    );
    expect([before?.['startsAtTime'], after?.['startsAtTime']]).toEqual(['16:00', '15:00']);
  });

  it('names the zone to whoever has set none', () => {
    expect(writeOut(values, { locale: 'en', timeZone: 'UTC' }, messages)['startsAt']).toMatch(/15:00 UTC$/);
  });

  it('has money as its currency is written', () => {
    const priced = (amountMinor: number, currency: string, reader = moscow) =>
      String(writeOut({ amountMinor, currency }, reader, messages)['amount']).replaceAll(/\s/g, ' ');
    expect(priced(150_000, 'RUB')).toBe('1 500 ₽');
    expect(priced(2_550, 'EUR', london)).toBe('€25.50');
    expect(priced(2_550, 'JPY', london)).toBe('¥2,550');
  });

  it('has the plural form of its language', () => {
    const titles = (locale: string, counts: number[]) =>
      counts.map((count) => render(messages, 'REVIEW_RECEIVED', { count, subject: 'x' }, { ...moscow, locale }).title);
    expect(titles('ru', [1, 3, 5])).toEqual(['Новый отзыв: 1 звезда', 'Новый отзыв: 3 звезды', 'Новый отзыв: 5 звёзд']);
    expect(titles('en', [1, 5])).toEqual(['A new review: 1 star', 'A new review: 5 stars']);
  });

  it('speaks of a deleted account, and of a lesson without a time', () => {
    const gone = { ...values, otherName: '', context: 'BY_STUDENT' };
    expect(render(messages, 'BOOKING_CANCELLED', gone, moscow).body).toMatch(/^удалённый аккаунт/);
    const untimed = {
      'subject:en': 'Maths',
      otherName: 'A.',
      context: 'BY_TUTOR',
      startsAtKey: 'notification.unscheduled',
    };
    expect(render(messages, 'BOOKING_CANCELLED', untimed, london).title).toBe(
      'Lesson cancelled: Maths, no time agreed yet',
    );
  });

  it('puts in what people wrote as it is, whatever that looks like', () => {
    const odd = { ...values, otherName: '$t(NOT_FOUND) {{startsAt}} <b>' };
    expect(render(messages, 'BOOKING_CONFIRMED', odd, london).body).toContain('$t(NOT_FOUND)');
  });

  it('falls back to English for words that a language lacks, and to general news for a type that is gone', () => {
    expect(writeOut({ 'subject:en': 'Maths' }, moscow, messages)).toEqual({ subject: 'Maths' });
    expect(render(messages, 'NO_SUCH_TYPE', {}, moscow)).toEqual({
      title: 'Новости Tutorgraph',
      body: '',
      sms: 'Новости Tutorgraph',
    });
  });

  it('keeps what a sender keeps for programs to itself', () => {
    expect(writeOut({ 'metadata.seenAt': 'never', 'title:en': 'Hi' }, london, messages)).toEqual({ title: 'Hi' });
  });
});
