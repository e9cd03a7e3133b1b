import { describe, expect, it } from 'vitest';
import { readOnboardingForm, requirementsDue } from './onboarding.rules.js';

const now = Date.parse('2026-11-21T12:00:00Z') / 1000;
const good = {
  firstName: ' Ada ',
  lastName: 'Lovelace',
  dateOfBirth: '2008-11-21',
  routingNumber: '110000000',
  accountNumber: '000123456789',
  terms: 'accepted',
};

describe('the onboarding form', () => {
  it('leaves nothing due when it is complete', () => {
    const { person, bankAccount, errors } = readOnboardingForm(good, 'ROUTING', false, now);
    expect(errors).toEqual({});
    expect(bankAccount).toEqual({ accountNumber: '000123456789', routingNumber: '110000000' });
    expect(requirementsDue(person, true)).toEqual([]);
  });

  it('keeps what is right of an incomplete one, and names what is due', () => {
    const half = { firstName: 'Ada', dateOfBirth: '1990-02-31', routingNumber: '110000001', accountNumber: '12' };
    const { person, bankAccount, errors } = readOnboardingForm(half, 'ROUTING', false, now);
    expect(Object.keys(errors)).toEqual(['lastName', 'dateOfBirth', 'routingNumber', 'accountNumber', 'terms']);
    expect(bankAccount).toBeNull();
    expect(requirementsDue(person, false)).toEqual([
      'external_account',
      'individual.dob.day',
      'individual.dob.month',
      'individual.dob.year',
      'individual.last_name',
      'tos_acceptance.date',
      'tos_acceptance.ip',
    ]);
  });

  it('refuses who is younger than 18, and an IBAN whose check digits are wrong', () => {
    const young = readOnboardingForm({ ...good, dateOfBirth: '2008-11-22' }, 'ROUTING', false, now);
    expect(young.errors).toEqual({ dateOfBirth: 'You must be at least 18 years old.' });
    const iban = (accountNumber: string) =>
      readOnboardingForm({ ...good, routingNumber: '', accountNumber }, 'IBAN', false, now).errors;
    expect(iban('de89 3704 0044 0532 0130 00')).toEqual({});
    expect(iban('DE88370400440532013000')).toEqual({ accountNumber: 'Enter a valid IBAN.' });
  });

  it('keeps the bank account known already when its fields are empty', () => {
    const again = { ...good, routingNumber: '', accountNumber: '' };
    expect(readOnboardingForm(again, 'ROUTING', true, now)).toMatchObject({ errors: {}, bankAccount: null });
    expect(readOnboardingForm(again, 'ROUTING', false, now).errors).toHaveProperty('accountNumber');
  });
});
