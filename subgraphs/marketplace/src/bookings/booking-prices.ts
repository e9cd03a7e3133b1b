import type { PolicyRules } from '../policies/policy.rules.js';
import { type BookingKind, lessonPrice } from './booking.rules.js';

/** What a booking costs whose hour costs `hourlyMinor`, in the same minor units; a trial its share of that. */
export function bookingAmount(rules: PolicyRules, kind: BookingKind, hourlyMinor: number, minutes: number): number {
  const whole = lessonPrice(hourlyMinor, minutes);
  return kind === 'TRIAL' ? Math.round((whole * rules.trial.pricePercent) / 100) : whole;
}
