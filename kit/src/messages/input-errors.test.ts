import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { inputError } from './input-errors.js';
import { locales } from './languages.js';

function said(schema: z.ZodType, input: unknown, locale: string): string | undefined {
  const { error } = schema.safeParse(input, { error: (issue) => inputError(locale, issue) });
  return error?.issues[0]?.message;
}

describe('what is said of an input that does not fit', () => {
  it.each([
    ['nothing where something must be', z.string(), undefined, 'Fill this in.', 'Заполните это поле.'],
    ['null', z.string(), null, 'Fill this in.', 'Заполните это поле.'],
    ['an empty text', z.string().min(1), '', 'Fill this in.', 'Заполните это поле.'],
    ['another type', z.string(), 7, 'This is not filled in as it must be.', 'Поле заполнено неверно.'],
    ['a text too short', z.string().min(21), 'x', /at least 21 characters/, 'Нужно не меньше 21 символа.'],
    ['a text too long', z.string().max(2), 'xyz', /at most 2 characters/, 'Можно не больше 2 символов.'],
    ['a text of another length', z.string().length(3), 'x', /exactly 3 characters/, 'Нужно ровно 3 символа.'],
    ['a text a bit too long', z.string().max(1), 'xy', /at most 1 character\./, 'Можно не больше 1 символа.'],
    ['no email address', z.email(), 'x', /not an email address/, /не адрес электронной почты/],
    ['no page', z.url(), 'x', /not the address of a page/, /не адрес страницы/],
    ['another pattern', z.string().regex(/^[a-z]+$/), '7', /not written as it must be/, /не так, как нужно/],
    ['no choice', z.enum(['a', 'b']), 'c', /none of the choices/, /варианта нет/],
    ['a fraction', z.number().int(), 1.5, /whole number/, /целое число/],
    ['a number too small', z.number().min(5), 4, 'This must be at least 5.', 'Нужно не меньше 5.'],
    ['a number too large', z.bigint().max(5n), 6n, 'This must be at most 5.', 'Нужно не больше 5.'],
    ['a number that is not positive', z.number().positive(), 0, 'This must be more than 0.', 'Нужно больше 0.'],
    ['a number at an end that is not in', z.number().lt(5), 5, 'This must be less than 5.', 'Нужно меньше 5.'],
    ['too few', z.array(z.string()).min(2), ['x'], 'Choose at least 2.', 'Выберите не меньше 2.'],
    ['too many', z.array(z.string()).max(0), ['x'], 'Choose at most 0.', 'Выберите не больше 0.'],
    ['not so many', z.array(z.string()).length(2), [], 'Choose exactly 2.', 'Выберите ровно 2.'],
    ['what a rule of its own refuses', z.string().refine(() => false), 'x', /not filled in/, /заполнено неверно/],
    ['what nobody thought of', z.date().min(new Date()), new Date(0), /not filled in/, /заполнено неверно/],
  ])('names %s', (_what, schema, input, english, russian) => {
    const matching = (expected: string | RegExp) =>
      typeof expected === 'string' ? expected : expect.stringMatching(expected);
    expect(said(schema, input, 'en')).toEqual(matching(english));
    expect(said(schema, input, 'ru')).toEqual(matching(russian));
  });

  it('is English in a language that is not there', () => {
    expect(locales).not.toContain('xx');
    expect(said(z.string(), undefined, 'xx')).toBe('Fill this in.');
  });
});
