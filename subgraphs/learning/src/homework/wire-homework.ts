import type { LearningCore, LearningPart } from '../core.js';
import { checkHomeworkJob } from '../homework-check/check-homework.job.js';
import { HomeworkCheckResolver, HomeworkCheckScoreResolver } from '../homework-check/homework-check.resolver.js';
import { HomeworkChecker } from '../homework-check/homework-checker.js';
import { HomeworkLiveResolver } from '../homework-live/homework-live.resolver.js';
import { HomeworkLiveService } from '../homework-live/homework-live.service.js';
import { AgreementService } from '../homework-review/agreement.service.js';
import { CommentTemplateService } from '../homework-review/comment-template.service.js';
import {
  CommentTemplateResolver,
  ReviewResolver,
  SubmissionReviewResolver,
} from '../homework-review/review.resolver.js';
import { ReviewService } from '../homework-review/review.service.js';
import { StudentAccess } from '../students/student-access.js';
import { ExtensionService } from '../submissions/extension.service.js';
import {
  AssignedHomeworkResolver,
  HomeworkAssignmentResolver,
  HomeworkExtensionResolver,
} from '../submissions/homework-assignment.resolver.js';
import { remindHomeworkJob } from '../submissions/remind-homework.job.js';
import { removeHomeworkFilesJob } from '../submissions/remove-homework-files.job.js';
import {
  HomeworkGradeResolver,
  SubmissionFileResolver,
  SubmissionResolver,
} from '../submissions/submission.resolver.js';
import { SubmissionReadingService } from '../submissions/submission-reading.service.js';
import { SubmissionWritingService } from '../submissions/submission-writing.service.js';
import { HomeworkResolver, LessonHomeworkResolver } from './homework.resolver.js';
import { HomeworkAuthoringService } from './homework-authoring.service.js';

/** Wires homework: what is to be done, what is handed in, its check and its review. */
export function createHomework({ tools, environment, english }: LearningCore): LearningPart {
  const { orm, live, graph, storage, ai } = tools;
  const students = new StudentAccess();
  const checker = new HomeworkChecker(english, ai.background, environment.HOMEWORK_MODEL);
  const check = checkHomeworkJob(orm.em, checker);
  const reading = new SubmissionReadingService(storage);
  const writing = new SubmissionWritingService(graph, students, check);
  return {
    resolvers: [
      new HomeworkResolver(new HomeworkAuthoringService()),
      new LessonHomeworkResolver(),
      new HomeworkAssignmentResolver(reading),
      new AssignedHomeworkResolver(),
      new HomeworkExtensionResolver(),
      new SubmissionResolver(reading, writing, new ExtensionService()),
      new SubmissionFileResolver(reading),
      new HomeworkGradeResolver(),
      new HomeworkCheckResolver(),
      new HomeworkCheckScoreResolver(),
      new ReviewResolver(new ReviewService(), new AgreementService()),
      new SubmissionReviewResolver(),
      new CommentTemplateResolver(new CommentTemplateService()),
      new HomeworkLiveResolver(new HomeworkLiveService(live, students, orm.em)),
    ],
    jobs: [check, remindHomeworkJob(orm.em), removeHomeworkFilesJob(orm.em, storage)],
  };
}
