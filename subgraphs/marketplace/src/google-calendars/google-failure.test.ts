import { expect, it } from 'vitest';
import { readGoogleFailure } from '../google/google-client.js';
import { calendarFailureOf } from './google-failure.js';

const refused = (status: number, data: object) =>
  readGoogleFailure(Object.assign(new Error(), { response: { status, data } }));
const api = (reason: string) => refused(403, { error: { errors: [{ reason }] } });
const token = (status: number, error: string) => refused(status, { error });

it.each([
  ['the person takes it back', 'CONSENT_WITHDRAWN', token(400, 'invalid_grant')],
  ['the person allowed something else', 'CONSENT_WITHDRAWN', api('insufficientPermissions')],
  ['our client is not known', 'REFUSED', token(401, 'invalid_client')],
  ['our project may not use the API', 'REFUSED', api('accessNotConfigured')],
  ['our project has asked enough for today', 'UNREACHABLE', api('dailyLimitExceeded')],
  ['we ask too often', 'UNREACHABLE', api('rateLimitExceeded')],
])('when %s, a calendar is %s', (_what, failure, error) => {
  expect(calendarFailureOf(error)).toBe(failure);
});
