import { withStatements } from '@tutorgraph/kit/database/statement-count';
import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { notificationTypes } from '../src/catalogue/catalogue.js';
import { deliveriesOf, notice, notify } from './notices.js';

let graph: TestGraph;
let student: TestPerson;

beforeAll(async () => {
  graph = await startTestGraph(['messaging']);
});

afterAll(() => graph.close());

beforeEach(async () => {
  student = await graph.issuer.signIn('STUDENT', { verified: false });
});

const SELECTION = `{
  types { type title urgency channels { channel isEnabled isDefault isLocked } }
  quietHours { startsAt endsAt } digests { channel mode }
}`;

interface Channel {
  channel: string;
  isEnabled: boolean;
  isDefault: boolean;
  isLocked: boolean;
}
interface Preferences {
  types: { type: string; title: string; urgency: string; channels: Channel[] }[];
  quietHours: { startsAt: string; endsAt: string } | null;
  digests: { channel: string; mode: string }[];
}

async function own(person = student): Promise<Preferences> {
  const { data, codes } = await graph.run('messaging', `{ myNotificationPreferences ${SELECTION} }`, {}, person);
  expect(codes).toEqual([]);
  return data['myNotificationPreferences'] as Preferences;
}

async function update(input: object) {
  const query = `mutation ($input: UpdateNotificationPreferencesInput!) {
    updateNotificationPreferences(input: $input) { preferences ${SELECTION} userErrors { code field message } } }`;
  const { data, codes } = await graph.run('messaging', query, { input }, student);
  expect(codes).toEqual([]);
  return data['updateNotificationPreferences'] as {
    preferences: Preferences | null;
    userErrors: { code: string; field: string[] }[];
  };
}

const channelOf = (preferences: Preferences | null, type: string, channel: string): Channel | undefined =>
  preferences?.types.find((of) => of.type === type)?.channels.find((one) => one.channel === channel);

describe('preferences', () => {
  it('begin as the catalogue says, for every type and channel', async () => {
    const { types, quietHours, digests } = await own();
    expect(types.map(({ type }) => type)).toEqual(notificationTypes.map(({ type }) => type));
    expect(types.every(({ title, channels }) => title.length > 0 && channels.length === 5)).toBe(true);
    expect(types.flatMap(({ channels }) => channels).every(({ isEnabled, isDefault }) => isEnabled === isDefault)).toBe(
      true,
    );
    expect(quietHours).toBeNull();
    expect(digests).toEqual(['EMAIL', 'SMS', 'PUSH', 'TELEGRAM'].map((channel) => ({ channel, mode: 'NONE' })));
  });

  it('are changed one by one, kept, and taken back', async () => {
    const changes = [
      { type: 'STAFF_MESSAGE', channel: 'EMAIL', isEnabled: false },
      { type: 'STAFF_MESSAGE', channel: 'TELEGRAM', isEnabled: true },
    ];
    const { preferences, userErrors } = await update({
      changes,
      quietHours: { startsAt: '22:00', endsAt: '07:30' },
      digests: [{ channel: 'EMAIL', mode: 'MORNING' }],
    });
    expect(userErrors).toEqual([]);
    expect(channelOf(preferences, 'STAFF_MESSAGE', 'EMAIL')).toMatchObject({ isEnabled: false, isDefault: true });
    expect(channelOf(preferences, 'STAFF_MESSAGE', 'TELEGRAM')).toMatchObject({ isEnabled: true, isDefault: false });
    expect(preferences?.quietHours).toEqual({ startsAt: '22:00', endsAt: '07:30' });
    expect(preferences?.digests).toContainEqual({ channel: 'EMAIL', mode: 'MORNING' });
    expect(await own()).toEqual(preferences);
    expect(await own(await graph.issuer.signIn('STUDENT'))).toMatchObject({ quietHours: null });
    await notify(graph, [notice({ userId: student.userId })]);
    expect((await deliveriesOf(graph, student.userId)).map(({ channel }) => channel)).toEqual(['IN_APP', 'TELEGRAM']);
    const back = await update({
      changes: changes.map((change) => ({ ...change, isEnabled: null })),
      clearQuietHours: true,
      digests: [{ channel: 'EMAIL', mode: 'NONE' }],
    });
    expect(back.preferences).toEqual(await own(await graph.issuer.signIn('STUDENT')));
  });

  it('cannot switch off what is critical', async () => {
    const critical = notificationTypes.find(({ urgency }) => urgency === 'CRITICAL');
    const [channel] = critical?.channels ?? [];
    const { userErrors, preferences } = await update({
      changes: [
        { type: 'STAFF_MESSAGE', channel: 'EMAIL', isEnabled: false },
        { type: critical?.type, channel, isEnabled: false },
      ],
    });
    expect(preferences).toBeNull();
    expect(userErrors).toMatchObject([{ code: 'CHANNEL_REQUIRED', field: ['input', 'changes', '1', 'isEnabled'] }]);
    expect(channelOf(await own(), 'STAFF_MESSAGE', 'EMAIL')).toMatchObject({ isEnabled: true });
    expect(channelOf(await own(), critical?.type ?? '', channel ?? '')).toMatchObject({
      isLocked: true,
      isEnabled: true,
    });
  });

  it.each([
    [
      'times that no clock shows',
      { quietHours: { startsAt: '24:00', endsAt: '07:00' } },
      ['input', 'quietHours', 'startsAt'],
    ],
    [
      'quiet hours without an end',
      { quietHours: { startsAt: '22:00', endsAt: '22:00' } },
      ['input', 'quietHours', 'endsAt'],
    ],
    [
      'quiet hours that begin and end at once',
      { quietHours: { startsAt: '22:00', endsAt: '07:00' }, clearQuietHours: true },
      ['input', 'clearQuietHours'],
    ],
    [
      'a digest of the inbox',
      { digests: [{ channel: 'IN_APP', mode: 'HOURLY' }] },
      ['input', 'digests', '0', 'channel'],
    ],
    [
      'two digests of a channel',
      { digests: ['HOURLY', 'MORNING'].map((mode) => ({ channel: 'EMAIL', mode })) },
      ['input', 'digests'],
    ],
    [
      'two decisions on one thing',
      { changes: [true, false].map((isEnabled) => ({ type: 'STAFF_MESSAGE', channel: 'SMS', isEnabled })) },
      ['input', 'changes'],
    ],
  ])('refuse %s', async (_, input, field) => {
    expect((await update(input)).userErrors).toMatchObject([{ code: 'INVALID_INPUT', field }]);
    expect(await own()).toMatchObject({ quietHours: null });
  });

  it('take few statements, however much is changed', async () => {
    const all = notificationTypes
      .filter(({ urgency }) => urgency !== 'CRITICAL')
      .flatMap(({ type }) => ['EMAIL', 'PUSH'].map((channel) => ({ type, channel, isEnabled: false })));
    const one = await withStatements(() => update({ changes: all.slice(0, 1) }));
    const many = await withStatements(() => update({ changes: all }));
    expect(many.result.userErrors).toEqual([]);
    expect(many.statements.length).toBe(one.statements.length);
    expect(many.statements.length).toBeLessThan(12);
  });
});
