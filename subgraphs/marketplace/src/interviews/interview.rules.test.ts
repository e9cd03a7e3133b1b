import { describe, expect, it } from 'vitest';
import { type InterviewStatus, interviewStatuses, mayInterviewBecome, needOfInterview } from './interview.rules.js';

const allowed = new Set([
  'PENDING SCHEDULED',
  'PENDING REJECTED',
  'PENDING CANCELLED',
  'SCHEDULED SCHEDULED',
  'SCHEDULED COMPLETED',
  'SCHEDULED CANCELLED',
]);
const every = interviewStatuses.flatMap((from) =>
  interviewStatuses.map((to): [InterviewStatus, InterviewStatus] => [from, to]),
);

describe('an interview', () => {
  it.each(every)('goes from %s to %s only where the table says so', (from, to) => {
    expect(mayInterviewBecome(from, to)).toBe(allowed.has(`${from} ${to}`));
  });

  it('needs a room while it is to take place', () => {
    expect(interviewStatuses.filter((status) => needOfInterview(status) === 'NEEDED')).toEqual(['SCHEDULED']);
    expect(interviewStatuses.filter((status) => needOfInterview(status) === 'UNWANTED')).toEqual([
      'REJECTED',
      'CANCELLED',
    ]);
  });
});
