import { describe, expect, it } from 'vitest';
import { isAlarming, levelOf, USUAL_THRESHOLDS } from './risk.rules.js';

const now = new Date('2026-11-21T12:00:00Z');
const daysAgo = (days: number) => new Date(now.getTime() - days * 24 * 60 * 60 * 1000);

describe('a level of risk', () => {
  it('begins at its threshold and ends some points below', () => {
    const level = (score: number, before: 'LOW' | 'WATCH' | 'AT_RISK' | null) =>
      levelOf(score, before, USUAL_THRESHOLDS);
    expect([level(34, null), level(35, null), level(49, 'WATCH'), level(50, 'WATCH')]).toEqual([
      'LOW',
      'WATCH',
      'WATCH',
      'AT_RISK',
    ]);
    expect([level(45, 'AT_RISK'), level(44, 'AT_RISK'), level(30, 'WATCH'), level(29, 'WATCH')]).toEqual([
      'AT_RISK',
      'WATCH',
      'WATCH',
      'LOW',
    ]);
    expect(level(29, 'AT_RISK')).toBe('LOW');
  });

  it('is told when it rises to AT_RISK, and not again for some days', () => {
    const rises = { before: 'WATCH', level: 'AT_RISK' } as const;
    expect(isAlarming(rises, null, now, USUAL_THRESHOLDS)).toBe(true);
    expect(isAlarming({ before: null, level: 'AT_RISK' }, null, now, USUAL_THRESHOLDS)).toBe(true);
    expect(isAlarming({ before: 'AT_RISK', level: 'AT_RISK' }, null, now, USUAL_THRESHOLDS)).toBe(false);
    expect(isAlarming(rises, daysAgo(13), now, USUAL_THRESHOLDS)).toBe(false);
    expect(isAlarming(rises, daysAgo(14), now, USUAL_THRESHOLDS)).toBe(true);
  });
});
