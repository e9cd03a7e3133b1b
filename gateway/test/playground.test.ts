import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { demoUsers } from '../src/playground/demo-users.js';
import { type ReadyOperation, readReadyOperations } from '../src/playground/ready-operation.js';
import { PlaygroundServer } from './playground-server.js';

interface EditorModel {
  uri: { path: string };
  getValue(): string;
}

/** What the tests use inside the page. */
declare global {
  var monaco: { editor: { getModels(): EditorModel[] } };
  var modelOf: (file: string) => EditorModel | undefined;
}

const CHROMIUM = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const QUIET = ['disable-gpu', 'disable-quic', 'no-first-run', 'disable-background-networking', 'disable-sync'];
const BROWSER_ACCEPT = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';

function operation(about: Partial<ReadyOperation> & Pick<ReadyOperation, 'name' | 'document'>): ReadyOperation {
  return {
    kind: 'query',
    title: about.name,
    group: 'Tried',
    about: undefined,
    as: undefined,
    variables: {},
    remember: {},
    ...about,
  };
}

const operations = [
  operation({
    name: 'Subjects',
    document: 'query Subjects { subjects { id name } }',
    remember: { subject: 'subjects.0.name' },
  }),
  operation({ name: 'Me', title: 'Who am I', document: 'query Me { me { email } }' }),
  operation({
    name: 'Apply',
    kind: 'mutation',
    as: 'TUTOR',
    document: 'mutation Apply($message: String!) { apply(message: $message) { id } }',
    variables: { message: '$subject' },
  }),
  operation({
    name: 'Verify',
    kind: 'mutation',
    document:
      'mutation Verify($code: String!) { verifyEmail(input: { code: $code }) { user { email } userErrors { message } } }',
    variables: { code: '$code' },
  }),
  operation({
    name: 'Watch',
    title: 'Watch applications',
    kind: 'subscription',
    as: 'STUDENT',
    document:
      'subscription Watch($after: String) { applicationReceived(after: $after) { cursor application { id message seenBy } } }',
  }),
];

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

if (!existsSync(CHROMIUM)) console.warn(`No Chromium at ${CHROMIUM}: set CHROMIUM_PATH to test the playground in it.`);

describe.skipIf(!existsSync(CHROMIUM))('the playground in a browser', () => {
  let server: PlaygroundServer;
  let browser: Browser;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: ['--headless', '--no-sandbox', ...QUIET.map((flag) => `--${flag}`), '--disable-component-update'],
    });
  });
  afterAll(() => browser?.close());

  beforeEach(async () => {
    server = new PlaygroundServer();
    complaints = [];
    await server.start({ demoUsers, operations });
    page = await browser.newPage();
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => {
      const { origin, protocol } = new URL(request.url());
      if (origin !== new URL(server.url).origin && protocol !== 'data:') complaints.push(`asked for ${request.url()}`);
    });
    await page.addInitScript(() => {
      globalThis.modelOf = (file) => globalThis.monaco.editor.getModels().find(({ uri }) => uri.path.endsWith(file));
    });
    await page.goto(server.url);
    await page.getByRole('button', { name: /execute query/i }).waitFor();
  });
  afterEach(async () => {
    await page.close();
    await server.stop();
  });

  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const step = (name: string) => page.locator(`[data-operation="${name}"]`);
  const run = () => page.getByRole('button', { name: /execute query/i }).click();
  const seesAnswer = (text: string) =>
    page.waitForFunction((wanted) => modelOf('response.json')?.getValue().includes(wanted), text);
  const signIn = async (label: string) => {
    await button(label).click();
    await page.locator(`#sign-in button[aria-pressed="true"]:text-is("${label}")`).waitFor();
  };
  const open = async (name: string) => {
    await step(name).click();
    await page.locator('.graphiql-tab', { hasText: name }).waitFor();
    await page.waitForFunction((wanted) => modelOf('operation.graphql')?.getValue().includes(` ${wanted}`), name);
  };

  it('loads whole from our server, without a complaint in the console, and runs a query', async () => {
    await run();
    await seesAnswer('Mathematics');
    await button('Docs').click();
    await page.getByText('A GraphQL schema provides a root type').waitFor();
    expect(complaints).toEqual([]);
  });

  it('signs in as a demo user by one click, stays signed in over a reload, and signs out', async () => {
    await signIn('Curator');
    await page.getByText('Demo curator', { exact: true }).waitFor();
    await page.reload();
    await page.getByText('Demo curator', { exact: true }).waitFor();
    await open('Me');
    await run();
    await seesAnswer('curator@demo.tutorgraph.example');

    await button('Sign out').click();
    await page.locator('#viewer').waitFor({ state: 'hidden' });
    await run();
    await seesAnswer('"me": null');
    expect(complaints).toEqual([]);
  });

  it('shows events live to the student who watches while the tutor applies in another tab', async () => {
    await open('Watch');
    await run();
    const stream = page.getByRole('article', { name: 'Watch, Demo student' });
    await stream.getByText('Watching from here on').waitFor();

    await open('Apply');
    await page.locator('#sign-in button[aria-pressed="true"]:text-is("Tutor")').waitFor();
    await run();
    await seesAnswer('"apply"');
    await stream.getByText('application: Mathematics · student@demo.tutorgraph.example').click();
    await stream.getByText('"seenBy": "student@demo.tutorgraph.example"').waitFor();

    await stream.getByRole('button', { name: 'Stop Watch, Demo student' }).click();
    await stream.getByText('ended').waitFor();
    expect(complaints).toEqual([]);
  });

  it('goes on after the last event when the connection breaks', async () => {
    await open('Watch');
    await run();
    const stream = page.getByRole('article', { name: 'Watch, Demo student' });
    await stream.getByText('Watching from here on').waitFor();
    server.breakConnections();
    await stream.getByText('2 events').waitFor();
    expect(server.cursors).toEqual([undefined, '0']);
  });

  it('renews the session before it ends, on live connections too', async () => {
    server.tokenLifeMs = 1_000;
    await signIn('Student');
    server.tokenLifeMs = 20_000;
    await open('Me');
    await run();
    await seesAnswer('student@demo.tutorgraph.example');
    expect(server.refreshes).toBe(1);

    await open('Watch');
    await run();
    await page.getByText('Watching from here on').waitFor();
    const authorization = expect.stringMatching(/^Bearer \d+ student@demo.tutorgraph.example$/);
    await expect.poll(() => server.pings[0], { timeout: 20_000 }).toEqual({ authorization });
  });

  it('shows no mailbox where messages are really sent', async () => {
    await run();
    await seesAnswer('Mathematics');
    await expect.poll(() => button('Mailbox').count()).toBe(0);
  });

  it('shows messages as they arrive in the mailbox, the newest first, with codes to copy', async () => {
    server.deliver({
      recipient: 'anna@mail.example',
      subject: 'Your code',
      text: 'Hello,\n\n1234\n\nIn 2026 or never.',
    });
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.reload();
    await button('Mailbox').click();
    const messages = page.getByRole('list', { name: 'Messages, the newest first' }).getByRole('listitem');
    await expect.poll(() => messages.count()).toBe(1);
    server.deliver({ channel: 'SMS', recipient: '+79991234567', text: 'Tutorgraph: <b>5678</b> is your code' });
    await button('Refresh').click();
    await expect.poll(() => messages.first().innerText()).toContain('<b>5678</b> is your code');
    await messages.last().getByRole('button', { name: 'Copy the code 1234' }).click();
    await page.getByText('Copied 1234').waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe('1234');
    expect(await page.getByRole('button', { name: /Copy the code/ }).count()).toBe(2);
    expect(complaints).toEqual([]);
  });

  it('says that something arrived while the mailbox is closed', async () => {
    server.deliver({ recipient: 'anna@mail.example', text: 'old' });
    await page.reload();
    await signIn('Tutor');
    await open('Apply');
    server.deliver({ recipient: 'tutor@mail.example', text: 'new' });
    await run();
    await button('Mailbox 1 new').waitFor();
    await page.getByText('Mail to tutor@mail.example: see the mailbox').waitFor();
    await button('Mailbox 1 new').click();
    await button('Mailbox').waitFor();
  });

  it('fills in the newest code of whoever is signed in, and renews the session once the address is proven', async () => {
    server.deliver({ recipient: 'student@demo.tutorgraph.example', text: '1234' });
    server.deliver({ recipient: 'student@demo.tutorgraph.example', text: 'Hello,\n4711\n' });
    server.deliver({ recipient: 'tutor@demo.tutorgraph.example', text: '9999' });
    await page.reload();
    await signIn('Student');
    await open('Verify');
    expect(server.refreshes).toBe(0);
    await run();
    await seesAnswer('student@demo.tutorgraph.example');
    await page.getByText('Your address is proven').waitFor();
    expect(server.refreshes).toBe(1);
    expect(complaints).toEqual([]);
  });

  it('says where a code is to be found when there is none yet', async () => {
    server.mailbox = [];
    await page.reload();
    await signIn('Student');
    await open('Verify');
    await page.getByText('Put the code into the variables: it is in the message that brings it.').waitFor();
  });

  it('is used by keyboard alone', async () => {
    await button('Student').focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText('Demo tutor', { exact: true }).waitFor();
    await step('Me').focus();
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => modelOf('operation.graphql')?.getValue().includes('query Me'));
    await page.keyboard.press('Control+Enter');
    await seesAnswer('tutor@demo.tutorgraph.example');
    await button('Help').press('Enter');
    await page.getByRole('heading', { name: 'How to use this page' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { name: 'How to use this page' }).waitFor({ state: 'hidden' });
  });
});
