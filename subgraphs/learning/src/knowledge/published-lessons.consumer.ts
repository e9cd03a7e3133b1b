import type { ConsumerOptions } from '@tutorgraph/kit/events/consumer';
import { enqueue } from '@tutorgraph/kit/jobs/jobs';
import { coursePublished } from '../events.js';
import type { EmbedKnowledgeJob } from './embed-knowledge.job.js';

/** Has lessons brought into the knowledge base as soon as they are published. */
export function publishedLessonsConsumer(
  job: EmbedKnowledgeJob,
): Pick<ConsumerOptions, 'name' | 'stream' | 'handlers'> {
  return {
    name: 'published-lessons',
    stream: 'learning',
    handlers: {
      [coursePublished.type]: { apply: (tx) => enqueue(tx, job, {}) },
    },
  };
}
