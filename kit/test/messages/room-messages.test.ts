import { GraphQLEnumType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { buildRoomSchema } from '../../src/graphql/subgraph.js';
import { languages, locales } from '../../src/messages/languages.js';
import { createMessages, loadMessages } from '../../src/messages/messages.js';
import { loadRoomSources } from '../../src/testing/load-room.js';
import { catalogueProblems } from './catalogue-problems.js';

const rooms = await loadRoomSources();

describe.each(rooms)('the messages of $name', ({ messages, schema }) => {
  it('are the same ones in every language, with the same placeholders', async () => {
    expect(catalogueProblems(await loadMessages(messages), locales)).toEqual([]);
  });

  it('are there for each code of an expected failure, in every language', async () => {
    const catalogue = await loadMessages(messages);
    const codes = errorCodes(buildRoomSchema(schema).schema.getTypeMap());
    expect(codes.length).toBeGreaterThan(0);
    for (const locale of locales) {
      const texts = catalogue[locale] ?? {};
      expect(codes.filter((code) => !(texts[code] ?? texts[`${code}_other`]))).toEqual([]);
    }
  });

  it('are said with nothing left out when each placeholder has its value', async () => {
    const catalogue = await loadMessages(messages);
    const text = createMessages(catalogue);
    for (const locale of locales) {
      for (const [key, template] of Object.entries(catalogue[locale] ?? {})) {
        const names = [...template.matchAll(/\{\{-?\s*(\w+)/g)].map(([, name]) => name ?? '');
        const said = text(locale, key, Object.fromEntries(names.map((name) => [name, 3])));
        expect(said).not.toMatch(/\{\{|\$t\(/);
        expect(said).not.toBe(key);
      }
    }
  });
});

it('kit says the same in every language', () => {
  const catalogue = Object.fromEntries([...languages].map(([code, { messages }]) => [code, messages]));
  expect(catalogueProblems(catalogue, locales)).toEqual([]);
});

function errorCodes(types: Readonly<Record<string, unknown>>): string[] {
  return Object.values(types).flatMap((type) => {
    const isCode = type instanceof GraphQLEnumType && type.name.endsWith('ErrorCode');
    return isCode ? type.getValues().map(({ name }) => name) : [];
  });
}

describe('what a room lacks in a language', () => {
  const en = { GREETING: 'Hello, {{name}}!', BYE: 'Bye.', cups_one: '{{count}} cup', cups_other: '{{count}} cups' };
  const ru = {
    GREETING: 'Привет, {{name}}!',
    BYE: 'Пока.',
    cups_one: '{{count}} чашка',
    cups_few: '{{count}} чашки',
    cups_many: '{{count}} чашек',
    cups_other: '{{count}} чашки',
  };
  const problems = (changed: Record<string, string | undefined>) => {
    const texts = Object.entries({ ...ru, ...changed }).filter((entry): entry is [string, string] => !!entry[1]);
    return catalogueProblems({ en, ru: Object.fromEntries(texts) }, ['en', 'ru']);
  };

  it('is nothing when it says the same', () => {
    expect(problems({})).toEqual([]);
  });

  it.each([
    ['a key', { BYE: undefined }, 'ru.ts lacks BYE'],
    ['a form of a plural', { cups_many: undefined }, 'ru.ts lacks cups_many'],
    ['a text', { BYE: ' ' }, 'ru.ts says nothing at BYE'],
    ['English for a key', { HI: 'Привет' }, 'ru.ts has HI, which English has not'],
    ['a placeholder', { GREETING: 'Привет!' }, 'ru.ts has {{}} at GREETING where English has {{name}}'],
    [
      'the same placeholder',
      { cups_few: '{{number}}' },
      'ru.ts has {{number}} at cups_few where English has {{count}}',
    ],
  ])('can be %s', (_what, changed, problem) => {
    expect(problems(changed)).toEqual([problem]);
  });

  it('can be a whole file', () => {
    expect(catalogueProblems({ en }, ['en', 'ru'])).toEqual(['there is no ru.ts']);
    expect(catalogueProblems({ en, ru }, ['en'])).toEqual(['ru.ts is in a language that kit does not have']);
  });
});
