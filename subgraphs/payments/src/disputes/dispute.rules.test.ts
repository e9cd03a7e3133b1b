import { describe, expect, it } from 'vitest';
import { disputeStatuses, disputeStatusOf, isOpen, mayDisputeBecome, takesEvidence } from './dispute.rules.js';

describe('a dispute', () => {
  it('has an end that nothing follows upon', () => {
    for (const to of disputeStatuses) {
      expect(mayDisputeBecome('WON', to)).toBe(false);
      expect(mayDisputeBecome('LOST', to)).toBe(false);
    }
    expect(mayDisputeBecome('INQUIRY', 'NEEDS_RESPONSE')).toBe(true);
    expect(mayDisputeBecome('NEEDS_RESPONSE', 'INQUIRY_CLOSED')).toBe(false);
  });

  it('is what Stripe says, and with the bank when that says something new', () => {
    const words = ['warning_needs_response', 'warning_closed', 'prevented', 'needs_response', 'won', 'a new word'];
    expect(words.map(disputeStatusOf)).toEqual([
      ...['INQUIRY', 'INQUIRY_CLOSED', 'INQUIRY_CLOSED', 'NEEDS_RESPONSE', 'WON', 'UNDER_REVIEW'],
    ]);
  });

  it('takes evidence while an answer is wanted, and holds money while the bank has it', () => {
    expect(disputeStatuses.filter(takesEvidence)).toEqual(['NEEDS_RESPONSE', 'INQUIRY']);
    expect(disputeStatuses.filter(isOpen)).toEqual(['NEEDS_RESPONSE', 'UNDER_REVIEW']);
  });
});
