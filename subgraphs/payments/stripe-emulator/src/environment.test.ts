import { describe, expect, it } from 'vitest';
import { readEmulatorEnvironment } from './environment.js';

describe('the emulator’s settings', () => {
  it('need not be given', () => {
    expect(readEmulatorEnvironment({})).toMatchObject({
      STRIPE_EMULATOR_PORT: 12_111,
      STRIPE_SECRET_KEY: 'sk_test_emulator',
      webhooks: undefined,
    });
  });

  it('send events to one place, signed with the newest secret', () => {
    const url = 'http://127.0.0.1:4000/webhooks/stripe';
    const secrets = { STRIPE_WEBHOOK_URL: url, STRIPE_WEBHOOK_SECRET: 'whsec_new,whsec_old' };
    expect(readEmulatorEnvironment(secrets).webhooks).toEqual([{ url, secret: 'whsec_new' }]);
    expect(readEmulatorEnvironment({ STRIPE_WEBHOOK_SECRET: 'whsec_new' }).webhooks).toBeUndefined();
    expect(() => readEmulatorEnvironment({ STRIPE_WEBHOOK_URL: url })).toThrow(/needs STRIPE_WEBHOOK_SECRET/);
  });

  it('are refused where real money is: in production, and with a live key', () => {
    expect(() => readEmulatorEnvironment({ NODE_ENV: 'production' })).toThrow(/does not start in production/);
    expect(() => readEmulatorEnvironment({ STRIPE_SECRET_KEY: 'sk_live_1' })).toThrow(/sk_test_/);
  });
});
