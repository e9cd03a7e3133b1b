import { OutsideError } from '@tutorgraph/kit/outside/outside-error';
import type { CalendarFailure } from '../external-calendars/external-calendar.rules.js';

/** Google's words for what only who runs this server can mend. */
const OUR_FAULTS = new Set(['invalid_client', 'accessNotConfigured']);

/** Does a failure mean that the person does not let us in any longer? Keys and settings of our own that are wrong mean no such thing. */
export function isConsentWithdrawn(error: unknown): boolean {
  return error instanceof OutsideError && error.reason === 'CREDENTIALS' && !OUR_FAULTS.has(error.facts.detail ?? '');
}

/** What a failure of Google means for a calendar; undefined when it is a fault of our own. */
export function calendarFailureOf(error: unknown): CalendarFailure | undefined {
  if (!(error instanceof OutsideError)) return undefined;
  if (isConsentWithdrawn(error)) return 'CONSENT_WITHDRAWN';
  if (error.facts.detail === 'TIMEOUT') return 'TOO_SLOW';
  return error.isTemporary ? 'UNREACHABLE' : 'REFUSED';
}
