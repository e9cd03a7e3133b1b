import { describe, expect, it } from 'vitest';
import { type ApplicationStatus, applicationStatuses, mayApplicationBecome } from './application.rules.js';

const allowed = new Set(['PENDING CHOSEN', 'PENDING DECLINED', 'PENDING WITHDRAWN', 'PENDING NOT_CHOSEN']);
const every = applicationStatuses.flatMap((from) =>
  applicationStatuses.map((to): [ApplicationStatus, ApplicationStatus] => [from, to]),
);

describe('an application', () => {
  it.each(every)('goes from %s to %s only where the table says so', (from, to) => {
    expect(mayApplicationBecome(from, to)).toBe(allowed.has(`${from} ${to}`));
  });
});
