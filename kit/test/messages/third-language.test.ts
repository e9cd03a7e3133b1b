import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { loadMessages } from '../../src/messages/messages.js';
import type { startTestGraph, TestGraph } from '../../src/testing/graph.js';
import { catalogueProblems } from './catalogue-problems.js';
import { copyProject, type ProjectCopy } from './project-copy.js';

const IN_GERMAN = `(texts) => Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, 'Auf Deutsch: ' + text]))`;
const KIT_IN_GERMAN = `import { language as english } from './en.js';
export const language = { name: 'Deutsch', messages: (${IN_GERMAN})(english.messages) };
`;
const ROOM_IN_GERMAN = `import { messages as english } from './en.js';
export const messages = (${IN_GERMAN})(english);
`;
const UPDATE = `mutation ($input: UpdateProfileInput!) {
  updateProfile(input: $input) { user { locale } userErrors { field message } }
}`;

let copy: ProjectCopy;
let graph: TestGraph;

beforeAll(async () => {
  copy = await copyProject('accounts');
  await writeFile(join(copy.folder, 'kit/src/messages/languages/de.ts'), KIT_IN_GERMAN);
  await writeFile(join(copy.folder, 'subgraphs/accounts/src/messages/de.ts'), ROOM_IN_GERMAN);
  const testing = await kit<{ startTestGraph: typeof startTestGraph }>('testing/graph.ts');
  graph = await testing.startTestGraph(['accounts']);
}, 120_000);

afterAll(async () => {
  await graph?.close();
  await copy?.remove();
});

/** A module of the copy's kit. */
function kit<Module>(file: string): Promise<Module> {
  return import(pathToFileURL(join(copy.folder, 'kit/src', file)).href);
}

it('is offered to clients', async () => {
  const { data } = await graph.run('accounts', '{ __type(name: "Locale") { enumValues { name description } } }');
  expect(data['__type']).toEqual({
    enumValues: [
      { name: 'en', description: 'English (English).' },
      { name: 'de', description: 'German (Deutsch).' },
      { name: 'ru', description: 'Russian (Русский).' },
    ],
  });
});

it('can be chosen by a person', async () => {
  const person = await graph.person('STUDENT');
  const { data } = await graph.run('accounts', UPDATE, { input: { locale: 'de' } }, person);
  expect(data).toEqual({ updateProfile: { user: { locale: 'de' }, userErrors: [] } });
});

it('is what a room says and what it says of an input that does not fit', async () => {
  const person = await graph.person('STUDENT', { locale: 'de' });
  const { data } = await graph.run('accounts', UPDATE, { input: { firstName: '' } }, person);
  expect(data).toMatchObject({ updateProfile: { userErrors: [{ message: 'Auf Deutsch: Fill this in.' }] } });
});

it('is what a browser gets that asks for it', async () => {
  const query = 'mutation { refreshSession(input: { refreshToken: "x" }) { userErrors { message } } }';
  const from = { requestId: 'request-1', acceptLanguage: 'fr, de-AT;q=0.9, en;q=0.8' };
  const answer = await graph.rooms.get('accounts')?.subgraph.execute({ query }, from);
  expect(answer?.data).toMatchObject({
    refreshSession: { userErrors: [{ message: expect.stringMatching(/^Auf Deutsch: /) }] },
  });
});

it('is missed where a room has no file of it', async () => {
  const { locales } = await kit<{ locales: readonly string[] }>('messages/languages.ts');
  const messages = await kit<{ loadMessages: typeof loadMessages }>('messages/messages.ts');
  const inAccounts = await messages.loadMessages(pathToFileURL(join(copy.folder, 'subgraphs/accounts/src/messages/')));
  expect(catalogueProblems(inAccounts, locales)).toEqual([]);
  const elsewhere = await messages.loadMessages(
    new URL('../../../subgraphs/marketplace/src/messages/', import.meta.url),
  );
  expect(catalogueProblems(elsewhere, locales)).toEqual(['there is no de.ts']);
});
