import { describe, expect, it } from 'vitest';
import { readPaymentsEnvironment } from './environment.js';

const SAFE = {
  SECRET_KEY: 'a secret that only tests know, long enough',
  STRIPE_SECRET_KEY: 'rk_live_of_somebody',
  STRIPE_WEBHOOK_SECRET: 'whsec_platform, whsec_connected',
};

describe('settings of payments', () => {
  it('take the secrets of several webhook endpoints', () => {
    expect(readPaymentsEnvironment(SAFE).STRIPE_WEBHOOK_SECRET).toEqual(['whsec_platform', 'whsec_connected']);
  });

  it.each(['STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET'])('are refused without %s', (key) => {
    expect(() => readPaymentsEnvironment({ ...SAFE, [key]: '' })).toThrow(key);
  });

  it.each([{ STRIPE_SECRET_KEY: 'sk_test_emulator' }, { STRIPE_API_URL: 'http://stripe:12111' }])(
    'are refused in production, and nowhere else, with %o',
    (emulator) => {
      const wanted = { ...SAFE, ...emulator };
      expect(readPaymentsEnvironment({ ...wanted, NODE_ENV: 'development' })).toMatchObject(emulator);
      expect(() => readPaymentsEnvironment({ ...wanted, NODE_ENV: 'production' })).toThrow('takes no emulator');
    },
  );

  it('are taken in production with the real Stripe', () => {
    expect(readPaymentsEnvironment({ ...SAFE, NODE_ENV: 'production' }).STRIPE_SECRET_KEY).toBe(SAFE.STRIPE_SECRET_KEY);
  });
});
