import type { LearningCore, LearningPart } from '../core.js';
import { HandOverResolver } from '../hand-overs/hand-over.resolver.js';
import { HandOverService } from '../hand-overs/hand-over.service.js';
import { HandOverEdges } from '../hand-overs/hand-over-edges.js';
import { HandOverEdgesResolver, SessionHandOverResolver } from '../hand-overs/hand-over-edges.resolver.js';
import { StudentAccess } from '../students/student-access.js';
import { AnswerLiveResolver } from './answer-live.resolver.js';
import { AnswerLiveService } from './answer-live.service.js';
import { answerQuestionJob } from './answer-question.job.js';
import { Answering } from './answering.js';
import { AssistantResolver } from './assistant.resolver.js';
import { AssistantService } from './assistant.service.js';
import { AssistantEdges } from './assistant-edges.js';
import {
  AssistantCitationResolver,
  AssistantMessageResolver,
  AssistantSessionResolver,
} from './assistant-edges.resolver.js';
import { StatsService } from './stats.service.js';

/** Wires the assistant, and the curators behind it. */
export function createAssistant({ tools, environment }: LearningCore): LearningPart {
  const { em } = tools.orm;
  const answering = new Answering({
    em,
    ai: tools.ai,
    messages: tools.messages,
    metrics: tools.metrics,
    model: environment.ASSISTANT_MODEL,
    limits: {
      connectMs: environment.ASSISTANT_CONNECT_MS,
      firstTokenMs: environment.ASSISTANT_FIRST_TOKEN_MS,
      totalMs: environment.ASSISTANT_TOTAL_MS,
    },
  });
  const job = answerQuestionJob(em, answering);
  const edges = new AssistantEdges();
  const handOverEdges = new HandOverEdges(new StudentAccess());
  return {
    resolvers: [
      new AssistantResolver(new AssistantService(tools.live, job), new StatsService()),
      new AnswerLiveResolver(new AnswerLiveService(em, tools.live, job)),
      new AssistantSessionResolver(edges),
      new AssistantMessageResolver(),
      new AssistantCitationResolver(edges),
      new HandOverResolver(new HandOverService()),
      new HandOverEdgesResolver(handOverEdges),
      new SessionHandOverResolver(handOverEdges),
    ],
    jobs: [job],
  };
}
