import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { firstRules } from '../src/policies/policy.rules.js';
import { Market } from './market.js';

const RULES = `holdMinutes paymentMinutes freeReschedulingHours lastReschedulingHours refunds { hoursLeft percent }
  noShowAfterMinutes disputeHours completedAfterHours trial { minutes pricePercent mostTutors commissionPercent }
  packages { sizes { lessons discountPercent } validDays } commission { fromHours percent }`;
const CURRENT = `{ bookingPolicy { id version publishedBy { id } rules { ${RULES} } } }`;
const PUBLISH = `mutation ($input: PublishBookingPolicyInput!) {
  publishBookingPolicy(input: $input) { policy { id version rules { ${RULES} } } userErrors { code field } }
}`;

interface Answer {
  policy: { id: string; version: number; rules: object } | null;
  userErrors: { code: string; field: string[] | null }[];
}

let market: Market;
let admin: TestPerson;

beforeAll(async () => {
  market = await Market.open();
  admin = await market.graph.person('ADMIN');
});

afterAll(() => market.close());

async function current(person?: TestPerson) {
  const { data } = await market.run(CURRENT, {}, person);
  return data['bookingPolicy'] as { id: string; version: number; rules: object; publishedBy: { id: string } | null };
}

async function publish(expectedVersion: number, change: object = {}, person = admin): Promise<Answer> {
  const input = { expectedVersion, rules: { ...firstRules, ...change } };
  const { data, errors } = await market.run(PUBLISH, { input }, person);
  if (errors) throw errors[0];
  return data['publishBookingPolicy'] as Answer;
}

describe('bookingPolicy', () => {
  it('is what everybody may know, the first one without anybody having published it', async () => {
    expect(await current()).toMatchObject({ version: 1, rules: firstRules, publishedBy: null });
  });
});

describe('publishBookingPolicy', () => {
  it('holds from then on, with who published it for those who may publish', async () => {
    const { version } = await current();
    const { policy, userErrors } = await publish(version, { holdMinutes: 7 });
    expect(userErrors).toEqual([]);
    expect(policy).toMatchObject({ version: version + 1, rules: { ...firstRules, holdMinutes: 7 } });
    expect(await current(admin)).toEqual({ ...policy, publishedBy: { id: admin.userId } });
    expect(await current()).toMatchObject({ id: policy?.id, publishedBy: null });
  });

  it('is told to the other rooms, and staff’s part of it to the audit log', async () => {
    const { policy } = await publish((await current()).version, { holdMinutes: 8, disputeHours: 36 });
    const events = await market.sql<{ event: { type: string; data: object } }>(
      `select event from marketplace.outbox where event ->> 'subject' = ? order by 1`,
      [policy?.id],
    );
    expect(events.map(({ event }) => event)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          type: 'tutorgraph.marketplace.policy.published.v1',
          data: { version: policy?.version },
        }),
        expect.objectContaining({
          type: 'tutorgraph.marketplace.staff-action.performed.v1',
          data: expect.objectContaining({
            actorId: admin.userId,
            action: 'marketplace.policy.publish',
            fields: ['holdMinutes', 'disputeHours'],
            userId: null,
          }),
        }),
      ]),
    );
  });

  it('does nothing for whoever has not read what holds', async () => {
    const { id, version } = await current();
    const { policy, userErrors } = await publish(version - 1, { holdMinutes: 9 });
    expect([policy, userErrors]).toEqual([null, [{ code: 'POLICY_CHANGED', field: ['input', 'expectedVersion'] }]]);
    expect((await current()).id).toBe(id);
  });

  it('lets one of many through who publish at once', async () => {
    const { version } = await current();
    const answers = await Promise.all([10, 11, 12, 13].map((holdMinutes) => publish(version, { holdMinutes })));
    expect(answers.filter(({ policy }) => policy)).toHaveLength(1);
    const codes = answers.flatMap(({ userErrors }) => userErrors.map(({ code }) => code));
    expect(codes).toEqual(['POLICY_CHANGED', 'POLICY_CHANGED', 'POLICY_CHANGED']);
    expect((await current()).version).toBe(version + 1);
  });

  it('says which rule cannot be', async () => {
    const { version } = await current();
    const refunds = [
      { hoursLeft: 12, percent: 50 },
      { hoursLeft: 4, percent: 100 },
    ];
    const { userErrors } = await publish(version, { refunds, holdMinutes: 0 });
    expect(userErrors).toEqual([
      { code: 'INVALID_INPUT', field: ['input', 'rules', 'holdMinutes'] },
      { code: 'INVALID_INPUT', field: ['input', 'rules', 'refunds'] },
    ]);
  });

  it('leaves time to dispute an absence that is reported at the last moment', async () => {
    const { version } = await current();
    const { userErrors } = await publish(version, { disputeHours: 24, completedAfterHours: 24 });
    expect(userErrors).toEqual([{ code: 'INVALID_INPUT', field: ['input', 'rules', 'disputeHours'] }]);
  });

  it('is for those permitted, and so is the history', async () => {
    const hr = await market.graph.person('HR');
    const { codes } = await market.run(PUBLISH, { input: { expectedVersion: 1, rules: firstRules } }, hr);
    expect(codes).toEqual(['FORBIDDEN']);
    const HISTORY = '{ bookingPolicies { edges { node { id version } } } }';
    expect((await market.run(HISTORY, {}, hr)).codes).toEqual(['FORBIDDEN']);
    const { data } = await market.run(HISTORY, {}, admin);
    const { edges } = data['bookingPolicies'] as { edges: { node: { version: number } }[] };
    const versions = edges.map(({ node }) => node.version);
    expect(versions).toEqual([...versions].sort((one, other) => other - one));
    expect(versions.at(-1)).toBe(1);
  });
});
