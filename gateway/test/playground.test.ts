import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { demoUsers } from '../src/playground/demo-users.js';
import { readReadyOperations } from '../src/playground/ready-operation.js';
import { hasBrowser, launchBrowser, operations, PlaygroundPage } from './playground-browser.js';
import { PlaygroundServer } from './playground-server.js';

const BROWSER_ACCEPT = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';

describe('the playground page', () => {
  const server = new PlaygroundServer();
  beforeAll(() => server.start({ demoUsers, operations }));
  afterAll(() => server.stop());

  const get = (headers: Record<string, string>, query = '') => fetch(`${server.url}${query}`, { headers });

  it('is answered to a browser and may be asked for again and again', async () => {
    const first = await get({ accept: BROWSER_ACCEPT });
    const etag = first.headers.get('etag') ?? '';
    expect(first.status).toBe(200);
    expect(first.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(first.headers.get('vary')).toBe('accept');
    expect(first.headers.get('cache-control')).toBe('no-cache');
    expect(await first.text()).toContain('Tutorgraph');

    const again = await get({ accept: BROWSER_ACCEPT, 'if-none-match': etag });
    expect(again.status).toBe(304);
  });

  it.each([
    ['an operation in the address', { accept: BROWSER_ACCEPT }, '?query={subjects{name}}'],
    [
      'a client that wants a GraphQL answer',
      { accept: 'application/graphql-response+json' },
      '?query={subjects{name}}',
    ],
    ['a client that wants either', { accept: 'text/html, application/json' }, '?query={subjects{name}}'],
    ['a client that takes anything', { accept: '*/*' }, '?query={subjects{name}}'],
  ])('leaves to GraphQL %s', async (_, headers, query) => {
    const answer = await get(headers, query);
    expect(await answer.json()).toEqual({ data: { subjects: [{ name: 'Mathematics' }] } });
  });

  it('allows no script but our own files and no other origin', async () => {
    const policy = (await get({ accept: BROWSER_ACCEPT })).headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("connect-src 'self'");
  });

  it('lets browsers keep what it loads for ever, compressed, and knows no other files', async () => {
    const page = await (await get({ accept: BROWSER_ACCEPT })).text();
    const base = /src="([^"]+)\/main\.js"/.exec(page)?.[1] ?? '';
    const script = await fetch(new URL(`${base}/graphiql/graphiql.js`, server.url));
    expect(script.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(script.headers.get('content-encoding')).toBe('gzip');
    expect((await script.text()).length).toBeGreaterThan(1_000_000);

    const missing = await fetch(new URL(`${base}/page.html`, server.url));
    expect(missing.status).toBe(404);
    const outdated = await fetch(new URL('/graphql/playground/0000000000000000/main.js', server.url));
    expect(outdated.status).toBe(404);
    expect(outdated.headers.get('cache-control')).toBe('no-store');
  });
});

describe('a playground without demo data', () => {
  const server = new PlaygroundServer();
  beforeAll(() => server.start({ demoUsers: undefined, operations: [] }));
  afterAll(() => server.stop());

  it('holds neither addresses nor passwords', async () => {
    const page = await (await fetch(server.url, { headers: { accept: BROWSER_ACCEPT } })).text();
    expect(page).toContain('"demoUsers":[]');
    expect(page).not.toContain('demo.tutorgraph.example');
  });
});

describe('ready-made operations', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'operations-'));
  });
  afterEach(() => rm(directory, { recursive: true }));

  it('are read with their title, variables and what to remember, in the order of the files', async () => {
    await writeFile(join(directory, '2-b.graphql'), '# Title: B\n# Group: G\nquery B { b }\n');
    await writeFile(
      join(directory, '1-a.graphql'),
      '# Title: A: the first\n# Group: G\n# As: TUTOR\n# variables: {"id": "$id"}\n# remember: {"id": "a.id"}\n\nmutation A { a }\n',
    );
    const [first, second] = await readReadyOperations(directory);
    expect(first).toEqual({
      name: 'A',
      kind: 'mutation',
      title: 'A: the first',
      group: 'G',
      about: undefined,
      as: 'TUTOR',
      variables: { id: '$id' },
      remember: { id: 'a.id' },
      document: 'mutation A { a }\n',
    });
    expect(second?.name).toBe('B');
  });

  it.each([
    ['no title', '# Group: G\nquery A { a }'],
    ['variables that are no JSON', '# Title: A\n# Group: G\n# variables: {\nquery A { a }'],
    ['an operation without a name', '# Title: A\n# Group: G\n{ a }'],
  ])('with %s are refused by the name of the file', async (_, text) => {
    await writeFile(join(directory, 'broken.graphql'), text);
    await expect(readReadyOperations(directory)).rejects.toThrow('broken.graphql is no ready-made operation');
  });
});

describe.skipIf(!hasBrowser())('the playground in a browser', () => {
  let browser: Browser;
  let view: PlaygroundPage;

  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());

  beforeEach(async () => {
    view = await PlaygroundPage.open(browser);
  });
  afterEach(() => view.close());

  it('loads whole from our server, without a complaint in the console, and runs a query', async () => {
    await view.run();
    await view.seesAnswer('Mathematics');
    await view.button('Docs').click();
    await view.page.getByText('A GraphQL schema provides a root type').waitFor();
    expect(view.complaints).toEqual([]);
  });

  it('signs in as a demo user by one click, stays signed in over a reload, and signs out', async () => {
    await view.signIn('Curator');
    await view.page.getByText('Demo curator', { exact: true }).waitFor();
    await view.page.reload();
    await view.page.getByText('Demo curator', { exact: true }).waitFor();
    await view.open('Me');
    await view.run();
    await view.seesAnswer('curator@demo.tutorgraph.example');

    await view.button('Sign out').click();
    await view.page.locator('#viewer').waitFor({ state: 'hidden' });
    await view.run();
    await view.seesAnswer('"me": null');
    expect(view.complaints).toEqual([]);
  });

  it('shows events live to the student who watches while the tutor applies in another tab', async () => {
    await view.open('Watch');
    await view.run();
    const stream = view.page.getByRole('article', { name: 'Watch, Demo student' });
    await stream.getByText('Watching from here on').waitFor();

    await view.open('Apply');
    await view.isSignedInAs('Tutor');
    await view.run();
    await view.seesAnswer('"apply"');
    await stream.getByText('application: Mathematics · student@demo.tutorgraph.example').click();
    await stream.getByText('"seenBy": "student@demo.tutorgraph.example"').waitFor();

    await stream.getByRole('button', { name: 'Stop Watch, Demo student' }).click();
    await stream.getByText('ended').waitFor();
    expect(view.complaints).toEqual([]);
  });

  it('goes on after the last event when the connection breaks', async () => {
    await view.open('Watch');
    await view.run();
    const stream = view.page.getByRole('article', { name: 'Watch, Demo student' });
    await stream.getByText('Watching from here on').waitFor();
    view.server.breakConnections();
    await stream.getByText('2 events').waitFor();
    expect(view.server.cursors).toEqual([undefined, '0']);
  });

  it('renews the session before it ends, on live connections too', async () => {
    view.server.tokenLifeMs = 1_000;
    await view.signIn('Student');
    view.server.tokenLifeMs = 20_000;
    await view.open('Me');
    await view.run();
    await view.seesAnswer('student@demo.tutorgraph.example');
    expect(view.server.refreshes).toBe(1);

    await view.open('Watch');
    await view.run();
    await view.page.getByText('Watching from here on').waitFor();
    const authorization = expect.stringMatching(/^Bearer \d+ student@demo.tutorgraph.example$/);
    await expect.poll(() => view.server.pings[0], { timeout: 20_000 }).toEqual({ authorization });
  });

  it('is used by keyboard alone', async () => {
    await view.button('Student').focus();
    await view.page.keyboard.press('Tab');
    await view.page.keyboard.press('Enter');
    await view.page.getByText('Demo tutor', { exact: true }).waitFor();
    await view.step('Me').focus();
    await view.page.keyboard.press('Enter');
    await view.page.waitForFunction(() => modelOf('operation.graphql')?.getValue().includes('query Me'));
    await view.page.keyboard.press('Control+Enter');
    await view.seesAnswer('tutor@demo.tutorgraph.example');
    await view.button('Help').press('Enter');
    await view.page.getByRole('heading', { name: 'How to use this page' }).waitFor();
    await view.page.keyboard.press('Escape');
    await view.page.getByRole('heading', { name: 'How to use this page' }).waitFor({ state: 'hidden' });
  });
});
