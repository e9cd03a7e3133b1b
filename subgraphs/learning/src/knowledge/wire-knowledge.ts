import type { LearningCore, LearningPart } from '../core.js';
import { embedKnowledgeJob } from './embed-knowledge.job.js';
import { KnowledgeResolver } from './knowledge.resolver.js';
import { KnowledgeService } from './knowledge.service.js';
import { publishedLessonsConsumer } from './published-lessons.consumer.js';
import { seedKnowledge } from './seed-knowledge.js';

/** Wires what the assistant answers from. */
export function createKnowledge({ tools, environment }: LearningCore): LearningPart {
  const { em } = tools.orm;
  const job = embedKnowledgeJob(em, tools.ai);
  const closing = new AbortController();
  let seeding: Promise<void> = Promise.resolve();
  return {
    resolvers: [new KnowledgeResolver(new KnowledgeService(job))],
    jobs: [job],
    consumers: [publishedLessonsConsumer(job)],
    prepare: async () => {
      if (environment.ASSISTANT_KNOWLEDGE === 'none') return;
      // Nobody waits for it: the first start takes a few seconds of the database.
      seeding = seedKnowledge(em, closing.signal).catch((err: unknown) => {
        tools.logger.error({ err }, 'The knowledge base was not filled; it is tried again at the next start');
      });
    },
    close: async () => {
      closing.abort();
      await seeding;
    },
  };
}
