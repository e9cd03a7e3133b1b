import type { OnboardingForm } from '../pages/onboarding-page.js';
import { isAccountNumber, isRoutingNumber } from './bank-accounts.rules.js';

/** A bank account as it is entered; its number lives no longer than the request. */
export interface EnteredBankAccount {
  accountNumber: string;
  routingNumber: string | null;
}

/** What has been told about the person behind a connected account. */
export interface Onboarded {
  firstName: string | null;
  lastName: string | null;
  /** ISO 8601 date. */
  dateOfBirth: string | null;
  hasAcceptedTerms: boolean;
}

/** What an onboarding form says; fields that are wrong count as missing. */
export interface OnboardingAnswer {
  person: Onboarded;
  bankAccount: EnteredBankAccount | null;
  errors: Partial<Record<keyof OnboardingForm, string>>;
}

/**
 * Reads the onboarding form.
 * @param hasBankAccount may the bank account be left as it is?
 * @param now Unix seconds
 */
export function readOnboardingForm(
  form: OnboardingForm,
  scheme: 'ROUTING' | 'IBAN',
  hasBankAccount: boolean,
  now: number,
): OnboardingAnswer {
  const firstName = (form.firstName ?? '').trim();
  const lastName = (form.lastName ?? '').trim();
  const routingNumber = (form.routingNumber ?? '').replace(/[\s-]/g, '');
  const accountNumber = (form.accountNumber ?? '').replace(/[\s-]/g, '').toUpperCase();
  const keepsAccount = hasBankAccount && accountNumber === '' && routingNumber === '';
  const hasAcceptedTerms = (form.terms ?? '') !== '';
  const isRoutingGood = scheme === 'IBAN' || isRoutingNumber(routingNumber);
  const isNumberGood = isAccountNumber(accountNumber, scheme);
  const birthError = dateOfBirthError(form.dateOfBirth ?? '', now);
  return {
    person: {
      firstName: firstName || null,
      lastName: lastName || null,
      dateOfBirth: birthError === undefined ? (form.dateOfBirth ?? null) : null,
      hasAcceptedTerms,
    },
    bankAccount:
      isRoutingGood && isNumberGood
        ? { accountNumber, routingNumber: scheme === 'ROUTING' ? routingNumber : null }
        : null,
    errors: {
      ...(firstName === '' && { firstName: 'Enter your first name.' }),
      ...(lastName === '' && { lastName: 'Enter your last name.' }),
      ...(birthError !== undefined && { dateOfBirth: birthError }),
      ...(!keepsAccount && !isRoutingGood && { routingNumber: 'Enter a valid routing number, such as 110000000.' }),
      ...(!keepsAccount && !isNumberGood && { accountNumber: accountNumberError(scheme) }),
      ...(!hasAcceptedTerms && { terms: 'The terms must be accepted.' }),
    },
  };
}

function accountNumberError(scheme: 'ROUTING' | 'IBAN'): string {
  return scheme === 'IBAN' ? 'Enter a valid IBAN.' : 'Enter a valid account number: 4 to 17 digits.';
}

function dateOfBirthError(text: string, now: number): string | undefined {
  const born = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
  // 31 February parses as 3 March: a real date reads back as it was written.
  if (!born || Number.isNaN(born.getTime()) || born.toISOString().slice(0, 10) !== text)
    return 'Enter your date of birth.';
  const adult = new Date(now * 1000);
  adult.setUTCFullYear(adult.getUTCFullYear() - 18);
  return born > adult || born.getUTCFullYear() < 1900 ? 'You must be at least 18 years old.' : undefined;
}

/** What is still due of a connected account, by Stripe's names. */
export function requirementsDue(person: Onboarded, hasBankAccount: boolean): string[] {
  return [
    ...(hasBankAccount ? [] : ['external_account']),
    ...(person.dateOfBirth === null ? ['individual.dob.day', 'individual.dob.month', 'individual.dob.year'] : []),
    ...(person.firstName === null ? ['individual.first_name'] : []),
    ...(person.lastName === null ? ['individual.last_name'] : []),
    ...(person.hasAcceptedTerms ? [] : ['tos_acceptance.date', 'tos_acceptance.ip']),
  ];
}
