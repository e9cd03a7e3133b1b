import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { defineJob } from '@tutorgraph/kit/jobs/job';
import { Homework } from '../homework/homework.entity.js';
import { HomeworkAssignment } from '../submissions/homework-assignment.entity.js';
import { Submission } from '../submissions/submission.entity.js';
import { checkPayload } from './check-payload.js';
import type { HomeworkChecker } from './homework-checker.js';
import { storeCheck } from './store-check.js';

const RETRIES = 4;

/**
 * Checks what was handed in. Nothing is kept before everything is found, so that a run that is cut off is simply done again; one
 * that comes late, or twice, finds that the submission waits no longer. The last try goes without a model rather than not at all.
 */
export function checkHomeworkJob(em: EntityManager, checker: HomeworkChecker) {
  return defineJob({
    name: 'check-homework',
    description: 'Checks homework that was handed in.',
    payload: checkPayload,
    retries: RETRIES,
    timeoutSeconds: 120,
    concurrency: 2,
    handler: async ({ submissionId, language }, { attempt, signal }) => {
      const submission = await em.fork().findOne(Submission, { id: submissionId });
      if (submission?.status !== 'SUBMITTED') return;
      const { text, assignmentId } = submission;
      const { homeworkId } = await em.fork().findOneOrFail(HomeworkAssignment, { id: assignmentId });
      const homework = await em.fork().findOneOrFail(Homework, { id: homeworkId });
      const hasFiles = submission.fileIds.length > 0;
      const findings = await checker.check(
        { homework, text, hasFiles, language },
        { mayDegrade: attempt > RETRIES, signal },
      );
      await transaction(em, (tx) => storeCheck(tx, { submissionId, text, homework, findings, at: new Date() }));
    },
  });
}
