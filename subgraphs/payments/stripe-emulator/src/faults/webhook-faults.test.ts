import { describe, expect, it } from 'vitest';
import { WebhookFaults } from './webhook-faults.js';

const drawn = (settings: Parameters<WebhookFaults['set']>[0], count = 2_000) => {
  const faults = new WebhookFaults();
  faults.set(settings);
  return Array.from({ length: count }, () => faults.plan());
};

describe('faults of webhooks', () => {
  it('are the same for the same seed, others for another', () => {
    const settings = { drop: 0.3, duplicate: 0.3, reorder: 0.3 };
    expect(drawn({ ...settings, seed: 5 })).toEqual(drawn({ ...settings, seed: 5 }));
    expect(drawn({ ...settings, seed: 5 })).not.toEqual(drawn({ ...settings, seed: 6 }));
  });

  it('come as often as they should', () => {
    const plans = drawn({ drop: 0.1, duplicate: 0.5, delayMs: [100, 200] });
    const share = (holds: (plan: (typeof plans)[number]) => boolean) => plans.filter(holds).length / plans.length;
    expect(share(({ isDropped }) => isDropped)).toBeCloseTo(0.1, 1);
    expect(share(({ isDoubled }) => isDoubled)).toBeCloseTo(0.5, 1);
    expect(plans.every(({ delayMs }) => delayMs >= 100 && delayMs <= 200)).toBe(true);
  });

  it('are none unless asked for', () => {
    expect(drawn({}).every((plan) => !plan.isDropped && !plan.isDoubled && plan.delayMs === 0)).toBe(true);
  });
});
