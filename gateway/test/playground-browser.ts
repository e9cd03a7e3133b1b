import { existsSync } from 'node:fs';
import { processSettings } from '@tutorgraph/kit/environment/environment';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { demoUsers } from '../src/playground/demo-users.js';
import type { ReadyOperation } from '../src/playground/ready-operation.js';
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

const CHROMIUM = processSettings()['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
const QUIET = ['disable-gpu', 'disable-quic', 'no-first-run', 'disable-background-networking', 'disable-sync'];

/** Is there a browser to try the page in? Says so when there is none. */
export function hasBrowser(): boolean {
  const found = existsSync(CHROMIUM);
  if (!found) console.warn(`No Chromium at ${CHROMIUM}: set CHROMIUM_PATH to test the playground in it.`);
  return found;
}

/** A browser that asks nobody but the page's server. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM,
    args: ['--headless', '--no-sandbox', ...QUIET.map((flag) => `--${flag}`), '--disable-component-update'],
  });
}

/** The playground in a window, with a server of its own. */
export class PlaygroundPage {
  /** What the console said that should not be said, and what was asked for elsewhere. */
  readonly complaints: string[] = [];

  private constructor(
    readonly server: PlaygroundServer,
    readonly page: Page,
  ) {}

  static async open(browser: Browser): Promise<PlaygroundPage> {
    const server = new PlaygroundServer();
    await server.start({ demoUsers, operations });
    const view = new PlaygroundPage(server, await browser.newPage());
    await view.load();
    return view;
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  step(name: string): Locator {
    return this.page.locator(`[data-operation="${name}"]`);
  }

  async run(): Promise<void> {
    await this.page.getByRole('button', { name: /execute query/i }).click();
  }

  async seesAnswer(text: string): Promise<void> {
    await this.page.waitForFunction((wanted) => modelOf('response.json')?.getValue().includes(wanted), text);
  }

  async signIn(label: string): Promise<void> {
    await this.button(label).click();
    await this.isSignedInAs(label);
  }

  async isSignedInAs(label: string): Promise<void> {
    await this.page.locator(`#sign-in button[aria-pressed="true"]:text-is("${label}")`).waitFor();
  }

  /** Opens a ready-made operation in the editor. */
  async open(name: string): Promise<void> {
    await this.step(name).click();
    await this.page.locator('.graphiql-tab', { hasText: name }).waitFor();
    await this.page.waitForFunction((wanted) => modelOf('operation.graphql')?.getValue().includes(` ${wanted}`), name);
  }

  async close(): Promise<void> {
    await this.page.close();
    await this.server.stop();
  }

  private async load(): Promise<void> {
    const { page, server, complaints } = this;
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
  }
}

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

/** What the page offers. */
export const operations = [
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
