import type { LearningCore, LearningPart } from '../core.js';
import { Accounts } from '../people/accounts.js';
import { coursePaymentsConsumer } from './course-payments.consumer.js';
import { CourseTermsResolver } from './course-terms.resolver.js';
import { CourseTermsService } from './course-terms.service.js';

/** Wires what courses cost, and who has paid for them. */
export function createCoursePayments({ tools }: LearningCore): LearningPart {
  return {
    resolvers: [new CourseTermsResolver(new CourseTermsService())],
    consumers: [coursePaymentsConsumer(new Accounts(tools.graph))],
  };
}
