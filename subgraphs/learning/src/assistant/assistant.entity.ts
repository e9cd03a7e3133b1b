import { defineEntity, p } from '@mikro-orm/core';
import { type KnowledgeLanguage, knowledgeLanguages } from '../knowledge/knowledge.rules.js';
import {
  type AnswerOutcome,
  type AnswerRating,
  answerOutcomes,
  answerRatings,
  type Citation,
  type MessageRole,
  type MessageStatus,
  messageRoles,
  messageStatuses,
} from './assistant.rules.js';

const AssistantSessionSchema = defineEntity({
  name: 'AssistantSession',
  tableName: 'assistant_sessions',
  indexes: [{ name: 'assistant_sessions_of_user', properties: ['userId', 'lastMessageAt', 'id'] }],
  checks: [{ name: 'assistant_sessions_count_check', expression: `last_sequence >= 0` }],
  properties: {
    id: p.uuid().primary(),
    /** The account that asks. */
    userId: p.uuid(),
    /** The beginning of the first question. */
    title: p.text(),
    language: p.enum(knowledgeLanguages).$type<KnowledgeLanguage>(),
    lastSequence: p.integer().default(0),
    lastMessageAt: p.datetime().columnType('timestamptz'),
    createdAt: p.datetime().columnType('timestamptz'),
  },
});

/** A conversation with the assistant. */
export class AssistantSession extends AssistantSessionSchema.class {}
AssistantSessionSchema.setClass(AssistantSession);

const AssistantMessageSchema = defineEntity({
  name: 'AssistantMessage',
  tableName: 'assistant_messages',
  indexes: [
    {
      name: 'assistant_messages_of_period',
      properties: ['createdAt'],
      where: `role = 'ASSISTANT'`,
    },
  ],
  uniques: [{ name: 'assistant_messages_sequence_unique', properties: ['sessionId', 'sequence'] }],
  checks: [
    { name: 'assistant_messages_text_check', expression: `char_length(text) <= 10000` },
    {
      name: 'assistant_messages_answer_check',
      expression: `role = 'ASSISTANT' or (status = 'DONE' and outcome is null and rating is null and resolved is null)`,
    },
    {
      name: 'assistant_messages_done_check',
      expression: `role <> 'ASSISTANT' or (status = 'DONE') = (outcome is not null and response_ms is not null)`,
    },
  ],
  properties: {
    id: p.uuid().primary(),
    sessionId: () => p.manyToOne(AssistantSession).mapToPk().fieldName('session_id').deleteRule('cascade'),
    /** 1, 2, … within the conversation; an answer comes right after its question. */
    sequence: p.integer(),
    role: p.enum(messageRoles).$type<MessageRole>(),
    /** The curator who wrote it. */
    authorId: p.uuid().nullable(),
    text: p.text(),
    status: p.enum(messageStatuses).$type<MessageStatus>(),
    /** How often the answer was begun anew. Within one, its text only grows. */
    revision: p.integer().default(0),
    outcome: p.enum(answerOutcomes).$type<AnswerOutcome>().nullable(),
    citations: p.json<Citation[]>(),
    /** Was it written without the model that the school has chosen? */
    degraded: p.boolean().default(false),
    /** What wrote it. */
    model: p.text().nullable(),
    /** From the question to the end of the answer. */
    responseMs: p.integer().nullable(),
    rating: p.enum(answerRatings).$type<AnswerRating>().nullable(),
    /** Did it settle the matter? Null: nobody said. */
    resolved: p.boolean().nullable(),
    /** A cursor of the room's stream before the first event about it. */
    startCursor: p.text().nullable(),
    createdAt: p.datetime().columnType('timestamptz'),
  },
});

/** A question, or what was answered. */
export class AssistantMessage extends AssistantMessageSchema.class {}
AssistantMessageSchema.setClass(AssistantMessage);
