import { AttemptResolver } from '../attempts/attempt.resolver.js';
import { AttemptService } from '../attempts/attempt.service.js';
import { AttemptAnswerService } from '../attempts/attempt-answer.service.js';
import { AttemptStartService } from '../attempts/attempt-start.service.js';
import { closeOverdueAttemptsJob } from '../attempts/close-overdue-attempts.job.js';
import { TestAllowanceResolver } from '../attempts/test-allowance.resolver.js';
import { TestAllowanceService } from '../attempts/test-allowance.service.js';
import type { LearningCore, LearningPart } from '../core.js';
import { QuestionResolver, QuestionRevisionResolver } from '../questions/question.resolver.js';
import { QuestionService } from '../questions/question.service.js';
import { QuestionBankResolver } from '../questions/question-bank.resolver.js';
import { QuestionBankService } from '../questions/question-bank.service.js';
import { StudentAccess } from '../students/student-access.js';
import { DrawnTestItemResolver, FixedTestItemResolver, LessonTestResolver, TestResolver } from './test.resolver.js';
import { TestService } from './test.service.js';
import { TestAuthoringService } from './test-authoring.service.js';

/** Wires question banks, tests and attempts. */
export function createTests({ tools }: LearningCore): LearningPart {
  const access = new StudentAccess();
  const attempts = new AttemptService(access);
  const tests = new TestService();
  return {
    resolvers: [
      new QuestionBankResolver(new QuestionBankService()),
      new QuestionResolver(new QuestionService()),
      new QuestionRevisionResolver(),
      new TestResolver(tests, new TestAuthoringService(), attempts),
      new FixedTestItemResolver(tests),
      new DrawnTestItemResolver(tests),
      new LessonTestResolver(tests),
      new TestAllowanceResolver(new TestAllowanceService(access)),
      new AttemptResolver(attempts, new AttemptStartService(access), new AttemptAnswerService()),
    ],
    jobs: [closeOverdueAttemptsJob(tools.orm.em)],
  };
}
