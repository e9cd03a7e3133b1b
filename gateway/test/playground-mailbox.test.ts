import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hasBrowser, launchBrowser, PlaygroundPage } from './playground-browser.js';

describe.skipIf(!hasBrowser())('the mailbox of the playground', () => {
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

  it('shows no mailbox where messages are really sent', async () => {
    await view.run();
    await view.seesAnswer('Mathematics');
    await expect.poll(() => view.button('Mailbox').count()).toBe(0);
  });

  it('shows messages as they arrive in the mailbox, the newest first, with codes to copy', async () => {
    view.server.deliver({
      recipient: 'anna@mail.example',
      subject: 'Your code',
      text: 'Your code: 1234\n\nIt is good until the end of 2026\nor never.',
    });
    await view.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await view.page.reload();
    await view.button('Mailbox').click();
    const messages = view.page.getByRole('list', { name: 'Messages, the newest first' }).getByRole('listitem');
    await expect.poll(() => messages.count()).toBe(1);
    view.server.deliver({ channel: 'SMS', recipient: '+79991234567', text: 'Tutorgraph: <b>5678</b> is your code' });
    await view.button('Refresh').click();
    await expect.poll(() => messages.first().innerText()).toContain('<b>5678</b> is your code');
    await messages.last().getByRole('button', { name: 'Copy the code 1234' }).click();
    await view.page.getByText('Copied 1234').waitFor();
    expect(await view.page.evaluate('navigator.clipboard.readText()')).toBe('1234');
    expect(await view.page.getByRole('button', { name: /Copy the code/ }).count()).toBe(2);
    expect(view.complaints).toEqual([]);
  });

  it('says that something arrived while the mailbox is closed', async () => {
    view.server.deliver({ recipient: 'anna@mail.example', text: 'old' });
    await view.page.reload();
    await view.signIn('Tutor');
    await view.open('Apply');
    view.server.deliver({ recipient: 'tutor@mail.example', text: 'new' });
    await view.run();
    await view.button('Mailbox 1 new').waitFor();
    await view.page.getByText('Mail to tutor@mail.example: see the mailbox').waitFor();
    await view.button('Mailbox 1 new').click();
    await view.button('Mailbox').waitFor();
  });

  it('fills in the newest code of whoever is signed in, and renews the session once the address is confirmed', async () => {
    view.server.deliver({ recipient: 'student@demo.tutorgraph.example', text: '1234' });
    view.server.deliver({ recipient: 'student@demo.tutorgraph.example', text: 'Hello,\n4711\n' });
    view.server.deliver({ recipient: 'tutor@demo.tutorgraph.example', text: '9999' });
    await view.page.reload();
    await view.signIn('Student');
    await view.open('Verify');
    expect(view.server.refreshes).toBe(0);
    await view.run();
    await view.seesAnswer('student@demo.tutorgraph.example');
    await view.page.getByText('Your address is confirmed').waitFor();
    expect(view.server.refreshes).toBe(1);
    expect(view.complaints).toEqual([]);
  });

  it('says where a code is to be found when there is none yet', async () => {
    view.server.mailbox = [];
    await view.page.reload();
    await view.signIn('Student');
    await view.open('Verify');
    await view.page.getByText('Put the code into the variables: it is in the message that brings it.').waitFor();
  });
});
