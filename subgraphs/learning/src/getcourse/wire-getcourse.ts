import type { LearningCore, LearningPart } from '../core.js';
import { exchangeStudentsJob } from './exchange-students.job.js';
import { GetCourseExchangeResolver, GetCourseResolver } from './getcourse.resolver.js';
import { GetCourseService } from './getcourse.service.js';
import { GetCourseClient } from './getcourse-client.js';
import { getCourseAccount } from './getcourse-settings.js';
import { nightlyExchangeJob } from './nightly-exchange.job.js';
import { tellGetCourseConsumer, tellGetCourseJob } from './tell-getcourse.job.js';

/** Wires the exchange with GetCourse; without settings nothing runs by itself. */
export function createGetCourse({ tools, environment }: LearningCore): LearningPart {
  const { em } = tools.orm;
  const account = getCourseAccount(environment);
  const client = account && new GetCourseClient(account);
  const job = exchangeStudentsJob(em, client, environment.GETCOURSE_POLL_MS);
  const service = new GetCourseService(client, job);
  const resolvers = [new GetCourseResolver(service), new GetCourseExchangeResolver(service)];
  if (!client) return { resolvers, jobs: [job] };
  const tell = tellGetCourseJob(em, client);
  return { resolvers, jobs: [job, nightlyExchangeJob(em, job), tell], consumers: [tellGetCourseConsumer(tell)] };
}
