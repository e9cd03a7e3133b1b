import type { ConsumerOptions, EventHandler } from '@tutorgraph/kit/events/consumer';
import { enrollmentCompleted, homeworkReviewed, testGraded } from '../events.js';
import type { Candidate, CertificateIssuing } from './issue-certificates.js';

/** Issues certificates to who has earned them: when a course is completed, and when its score rises after that. */
export function earnedCertificatesConsumer(
  issuing: CertificateIssuing,
): Pick<ConsumerOptions, 'name' | 'stream' | 'handlers'> {
  const handler = (prepare: EventHandler<Candidate | null>['prepare']): EventHandler =>
    ({
      ...(prepare && { prepare }),
      apply: async (tx, _event, candidate) => {
        if (candidate) await issuing.issue(tx, candidate, { by: null, at: new Date() });
      },
    }) satisfies EventHandler<Candidate | null> as EventHandler;
  return {
    name: 'earned-certificates',
    stream: 'learning',
    handlers: {
      [enrollmentCompleted.type]: handler(({ subject }) => issuing.earner(subject)),
      [testGraded.type]: handler((event) => issuing.earnerOf(testGraded.parse(event))),
      [homeworkReviewed.type]: handler((event) => issuing.earnerOf(homeworkReviewed.parse(event))),
    },
  };
}
