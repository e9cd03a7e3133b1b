import type { EntityManager } from '@mikro-orm/postgresql';
import { defineJob } from '@tutorgraph/kit/jobs/job';
import { z } from 'zod';
import { AnswerTakenOver } from './answer-writer.js';
import type { Answering } from './answering.js';
import { AssistantMessage, AssistantSession } from './assistant.entity.js';
import { earlierTurns } from './assistant.repository.js';

const payload = z.object({ answerId: z.uuid() });

/** What writes answers. */
export type AnswerQuestionJob = ReturnType<typeof answerQuestionJob>;

/** Writes one answer, outside the request that asked for it: whoever asked may go away, and a process may die. */
export function answerQuestionJob(em: EntityManager, answering: Answering) {
  return defineJob({
    name: 'answer-question',
    description: 'Writes an answer of the assistant.',
    payload,
    retries: 3,
    retryDelaySeconds: 1,
    // A little longer than an answer may take.
    timeoutSeconds: 45,
    concurrency: 8,
    handler: async ({ answerId }, { attempt, logger, signal }) => {
      const found = await findUnanswered(em, answerId);
      if (!found) return;
      const { answer, question, session } = found;
      const { id, sessionId, createdAt } = answer;
      const { userId } = session;
      const asked = {
        question: question.text,
        language: session.language,
        userId,
        earlier: await earlierTurns(em.fork(), sessionId, question.sequence),
        answer: { id, sessionId, userId, createdAt },
      };
      try {
        await answering.write(asked, attempt > 1 || answer.revision > 0, logger, signal);
      } catch (error) {
        if (!(error instanceof AnswerTakenOver)) throw error;
      }
    },
  });
}

interface Unanswered {
  answer: AssistantMessage;
  question: AssistantMessage;
  session: AssistantSession;
}

async function findUnanswered(em: EntityManager, id: string): Promise<Unanswered | null> {
  const own = em.fork();
  const answer = await own.findOne(AssistantMessage, { id, status: 'WRITING' });
  if (!answer) return null;
  const { sessionId, sequence } = answer;
  const [question, session] = await Promise.all([
    own.findOne(AssistantMessage, { sessionId, sequence: sequence - 1 }),
    own.findOne(AssistantSession, { id: sessionId }),
  ]);
  return question && session ? { answer, question, session } : null;
}
