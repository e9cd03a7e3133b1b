import { setTimeout as delay } from 'node:timers/promises';
import type { Person } from './person.js';

const MAILBOX = `query Mailbox {
  developmentMailbox(first: 100) { edges { node { recipient text } } }
}`;
const VERIFY_EMAIL = `mutation VerifyEmail($input: VerifyEmailInput!) {
  verifyEmail(input: $input) { user { id } userErrors { code message } }
}`;
const LOOKS = 60;
const PAUSE_MS = 250;

/** Enters the code that was mailed to somebody who has registered; a session from before knows nothing of it. */
export async function confirmAddress(person: Person): Promise<void> {
  const code = await codeFor(person);
  await person.run(VERIFY_EMAIL, { input: { code } });
}

/** Mails are delivered by a job: a moment after what they tell of. */
async function codeFor(person: Person): Promise<string> {
  for (let look = 0; look < LOOKS; look++) {
    const { developmentMailbox: page } = await person.run<{
      developmentMailbox: { edges: { node: { recipient: string; text: string } }[] };
    }>(MAILBOX);
    const mail = page.edges.find(({ node }) => node.recipient === person.email)?.node;
    const code = mail && /\b\d{4}\b/.exec(mail.text)?.[0];
    if (code) return code;
    await delay(PAUSE_MS);
  }
  throw new Error(`No code was mailed to ${person.email}`);
}
