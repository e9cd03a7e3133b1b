import type { RequestMetadata } from '@tutorgraph/kit/graphql/context';
import type { TestGraph } from '@tutorgraph/kit/testing/graph';
import { database, runAs } from './account-fixtures.js';

const USER_ERRORS = 'userErrors { code field message }';
const USER = 'user { id email emailVerified phone }';
export const REQUEST_EMAIL = `mutation ($input: RequestEmailVerificationInput) {
  requestEmailVerification(input: $input) { accepted ${USER_ERRORS} }
}`;
export const VERIFY_EMAIL = `mutation ($input: VerifyEmailInput!) {
  verifyEmail(input: $input) { ${USER} ${USER_ERRORS} }
}`;
export const REQUEST_PHONE = `mutation ($input: RequestPhoneVerificationInput!) {
  requestPhoneVerification(input: $input) { accepted ${USER_ERRORS} }
}`;
export const VERIFY_PHONE = `mutation ($input: VerifyPhoneInput!) {
  verifyPhone(input: $input) { ${USER} ${USER_ERRORS} }
}`;
export const REMOVE_PHONE = `mutation { removePhone { ${USER} ${USER_ERRORS} } }`;
export const REQUEST_RESET = `mutation ($input: RequestPasswordResetInput!) {
  requestPasswordReset(input: $input) { accepted ${USER_ERRORS} }
}`;
export const RESET = `mutation ($input: ResetPasswordInput!) {
  resetPassword(input: $input) { accepted ${USER_ERRORS} }
}`;
export const CHANGE = `mutation ($input: ChangePasswordInput!) {
  changePassword(input: $input) { accepted ${USER_ERRORS} }
}`;

/** What a mutation answers, as loose as a test needs it. */
export interface Answer {
  accepted?: boolean | null;
  user?: { id: string; email: string | null; emailVerified: boolean | null; phone: string | null } | null;
  userErrors: { code: string; field: string[] | null; message: string }[];
}

let network = 0;

/** Another network each time, so that a test meets the limits of networks only where it means to. */
export function elsewhere(): Partial<RequestMetadata> {
  network += 1;
  return { clientAddress: `198.${18 + (network >> 16)}.${(network >> 8) & 255}.${network & 255}` };
}

/** Runs a mutation, from another network each time unless told; gives its payload. @throws its first error */
export async function ask(
  graph: TestGraph,
  query: string,
  input: object,
  metadata: Partial<RequestMetadata> = {},
): Promise<Answer> {
  const { data, errors } = await runAs(graph, { ...elsewhere(), ...metadata }, query, { input });
  if (errors) throw errors[0];
  return Object.values(data)[0] as Answer;
}

/** Codes of what a mutation refused. */
export function codesOf({ userErrors }: Answer): string[] {
  return userErrors.map(({ code }) => code);
}

/** A message that messaging has kept instead of sending it. */
export interface KeptMessage {
  channel: string;
  recipient: string;
  subject: string | null;
  text: string;
  userId: string | null;
}

/** Messages that messaging has kept for a mail address or phone, the oldest first, once there are so many. */
export async function messagesTo(graph: TestGraph, recipient: string, count: number): Promise<KeptMessage[]> {
  for (;;) {
    const found = await database(graph).execute<KeptMessage[]>(
      `select channel, recipient, subject, text, user_id as "userId" from messaging.development_messages
        where recipient = ? order by created_at`,
      [recipient],
    );
    if (found.length >= count) return found;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** The code in the newest of so many messages. */
export async function codeTo(graph: TestGraph, recipient: string, count = 1): Promise<string> {
  const message = (await messagesTo(graph, recipient, count)).at(-1);
  return codeIn(message?.text ?? '');
}

/** The four digits in a text. */
export function codeIn(text: string): string {
  const code = /\b\d{4}\b/.exec(text)?.[0];
  if (!code) throw new Error(`There is no code in: ${text}`);
  return code;
}

/** Any code but this one. */
export function notThe(code: string): string {
  return String((Number(code) + 1) % 10_000).padStart(4, '0');
}

const WAITING = `
  select (select count(*) from accounts.outbox where position is null)
       + (select count(*) from messaging.outbox where position is null)
       + (select coalesce(max(position), 0) from accounts.outbox)
       - (select position from messaging.inbox where consumer = 'account-messages' and stream = 'accounts')
       + (select count(*) from messaging_jobs.job
           where name like 'deliver-%' and state in ('created', 'active') and start_after <= now())
       + (select coalesce(max(position), 0) from messaging.outbox)
       - (select position from accounts.inbox where consumer = 'settled-notices' and stream = 'messaging') as count`;

/** Resolves when all that accounts wanted to be sent was sent, or has failed for now. */
export async function jobsDone(graph: TestGraph): Promise<void> {
  for (;;) {
    const [waiting] = await database(graph).execute<{ count: string }[]>(WAITING);
    if (Number(waiting?.count) === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
