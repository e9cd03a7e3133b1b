import type { RequestMetadata } from '@tutorgraph/kit/graphql/context';
import type { TestGraph } from '@tutorgraph/kit/testing/graph';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { decodeJwt } from 'jose';
import { runAs } from './account-fixtures.js';
import { REGISTER, SIGN_IN } from './accounts-client.js';
import {
  CHANGE,
  codeTo,
  REQUEST_EMAIL,
  REQUEST_PHONE,
  REQUEST_RESET,
  VERIFY_EMAIL,
  VERIFY_PHONE,
} from './codes-client.js';
import { pdf, photo } from './sample-files.js';
import { initData } from './telegram-init-data.js';
import { upload } from './uploads-client.js';

const LINK = `mutation ($input: TelegramInitDataInput!) { linkTelegram(input: $input) { userErrors { code } } }`;
const SET_AVATAR = `mutation ($input: SetAvatarInput!) { setAvatar(input: $input) { userErrors { code } } }`;
const RENAME = `mutation ($input: UpdateUserInput!) { updateUser(input: $input) { userErrors { code } } }`;
const UPDATE_PROFILE = `mutation ($input: UpdateProfileInput!) { updateProfile(input: $input) { userErrors { code } } }`;
const CONSENT = `mutation ($input: UpdateConsentInput!) { updateConsent(input: $input) { userErrors { code } } }`;

/** What somebody could be known by, each string found nowhere else. */
export interface Planted {
  email: string;
  firstName: string;
  lastName: string;
  formerLastName: string;
  phone: string;
  username: string;
  telegramId: string;
  telegramUsername: string;
  telegramPhoto: string;
  userAgent: string;
  clientAddress: string;
  document: string;
}

/** Somebody whom nobody else resembles. @param mark a letter of their own, @param digit a digit of their own */
export function plantedAs(mark: string, digit: number): Planted {
  const word = `zq${mark}planted`;
  return {
    email: `${word}mail@test.tutorgraph.example`,
    firstName: `Zq${mark}first`,
    lastName: `Zq${mark}last`,
    formerLastName: `Zq${mark}former`,
    phone: `+7916555${digit}731`,
    username: `${word}name`,
    telegramId: `77319${digit}0042`,
    telegramUsername: `${word}telegram`,
    telegramPhoto: `https://t.me/i/userpic/320/${word}photo.jpg`,
    userAgent: `Zq${mark}Agent/1.0`,
    clientAddress: `203.0.113.${70 + digit}`,
    document: `${word}document`,
  };
}

const PASSWORDS = ['a long enough password', 'another long enough one'] as const;
/** The password at the end. */
export const [, LAST_PASSWORD] = PASSWORDS;

/** Registers somebody and does everything that leaves a trace in accounts. @throws when anything is refused */
export async function plant(graph: TestGraph, planted: Planted, role: 'STUDENT' | 'TUTOR'): Promise<TestPerson> {
  const { email, phone, userAgent, clientAddress, firstName } = planted;
  const client = { userAgent, clientAddress };
  const as = (metadata: Partial<RequestMetadata>) => (query: string, input: object) =>
    succeed(graph, { ...client, ...metadata }, query, input);
  const anybody = as({});
  await anybody(REGISTER, { email, password: PASSWORDS[0], firstName, lastName: planted.formerLastName, role });
  const newcomer = await enter(graph, client, email, PASSWORDS[0]);
  await as(newcomer)(VERIFY_EMAIL, { code: await codeTo(graph, email) });
  const person = await enter(graph, client, email, PASSWORDS[0]);
  const own = as(person);
  await own(UPDATE_PROFILE, { firstName, lastName: planted.lastName });
  await own(REQUEST_PHONE, { phone });
  await own(VERIFY_PHONE, { code: await codeTo(graph, phone) });
  await own(LINK, { initData: initData({ user: telegramUser(planted) }) });
  await succeed(graph, await graph.person('SUPER_ADMIN'), RENAME, {
    userId: person.userId,
    username: planted.username,
  });
  const avatar = await upload(graph, person, await photo());
  await own(SET_AVATAR, { uploadId: avatar.id });
  const document = pdf({ trailer: `/Words(${planted.document})` });
  await upload(graph, person, document, { kind: 'DOCUMENT', contentType: 'application/pdf' });
  await own(CONSENT, { document: 'TERMS', version: '2026-11-01', granted: true });
  await own(CHANGE, { currentPassword: PASSWORDS[0], newPassword: LAST_PASSWORD });
  await anybody(REQUEST_RESET, { email });
  await runAs(graph, client, SIGN_IN, { input: { email, password: 'not the right password' } });
  await runAs(graph, { ...client, ...person }, REQUEST_EMAIL, { input: {} });
  return person;
}

function telegramUser({ telegramId, telegramUsername, telegramPhoto, firstName, lastName }: Planted) {
  return {
    id: Number(telegramId),
    first_name: firstName,
    last_name: lastName,
    username: telegramUsername,
    photo_url: telegramPhoto,
  };
}

async function enter(
  graph: TestGraph,
  client: Partial<RequestMetadata>,
  email: string,
  password: string,
): Promise<TestPerson> {
  const { data } = await runAs(graph, client, SIGN_IN, { input: { email, password } });
  const { signIn } = data as {
    signIn: { session: { id: string; accessToken: string }; user: { id: string; role: TestPerson['role'] } };
  };
  const { id: sessionId, accessToken } = signIn.session;
  const { sub: userId = '' } = decodeJwt(accessToken);
  return { userId, sessionId, role: signIn.user.role, authorization: `Bearer ${accessToken}` };
}

/** Runs a mutation of accounts that must succeed. */
export async function succeed(
  graph: TestGraph,
  metadata: Partial<RequestMetadata>,
  query: string,
  input: object,
): Promise<void> {
  const { data, errors } = await runAs(graph, metadata, query, { input });
  const [payload] = Object.values(data) as { userErrors: object[] }[];
  if (errors || payload?.userErrors.length !== 0) throw new Error(`${query}: ${JSON.stringify(errors ?? payload)}`);
}
