import { expect, it } from 'vitest';
import { messages as en } from '../messages/en.js';
import { messages as ru } from '../messages/ru.js';
import { failureKey } from './failure.rules.js';

it('an attempt that failed tells what to do, in every language', () => {
  const codes = ['insufficient_funds', 'expired_card', 'invalid_cvc', 'incorrect_number', 'processing_error'];
  for (const code of [...codes, 'authentication_required', 'card_declined']) {
    expect(Object.keys(en)).toContain(failureKey(code));
    expect(Object.keys(ru)).toContain(failureKey(code));
  }
});

it.each(['lost_card', 'stolen_card', 'fraudulent', 'pickup_card', 'something_new'])(
  'nobody learns of %s but that the bank said no',
  (code) => {
    expect(failureKey(code)).toBe('FAILED_DECLINED');
  },
);
