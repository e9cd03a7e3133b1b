import type { LearningStyle } from '../ranking/wish.js';
import { ENGLISH_TOPICS } from './topics.en.js';
import { RUSSIAN_TOPICS } from './topics.ru.js';

/** What can be said of a tutor in a profile or a review. */
export const tutorTopics = [
  'PATIENCE',
  'KINDNESS',
  'CLARITY',
  'STRUCTURE',
  'EXAM_RESULTS',
  'EXAM_TECHNIQUE',
  'PROGRESS',
  'PUNCTUALITY',
  'RELIABILITY',
  'FLEXIBILITY',
  'CONVERSATION',
  'GRAMMAR',
  'PRONUNCIATION',
  'VOCABULARY',
  'WRITING',
  'READING',
  'LISTENING',
  'HOMEWORK',
  'FEEDBACK',
  'MATERIALS',
  'MOTIVATION',
  'INTEREST',
  'HUMOUR',
  'STRICTNESS',
  'PACE',
  'CHILDREN',
  'BEGINNERS',
  'CONFIDENCE',
  'PERSONAL_APPROACH',
  'EXPERTISE',
  'PROBLEM_SOLVING',
  'PROJECTS',
  'PRACTICE',
  'DEMONSTRATIONS',
  'PARENTS',
  'ATMOSPHERE',
  'VALUE',
  'ONLINE_TOOLS',
  'OLYMPIADS',
  'INTERVIEWS',
  'GAMES',
  'ATTENTION',
] as const;
/** @see tutorTopics */
export type TutorTopic = (typeof tutorTopics)[number];

/**
 * How a topic is spoken of in one language: phrases, with commas between them. A word stands for all its forms, `word*` for
 * all words that begin so; other words may stand between those of a phrase, two at most.
 */
export interface TopicPhrases {
  /** Said well of somebody by the phrase alone. */
  praise?: string;
  /** Said ill of somebody by the phrase alone. */
  complaint?: string;
  /** Names the topic; what is felt about it stands in the words around. */
  about?: string;
}

/** Every topic in both languages. */
export const TOPIC_PHRASES: readonly Readonly<Record<TutorTopic, TopicPhrases>>[] = [RUSSIAN_TOPICS, ENGLISH_TOPICS];

/** How much each topic shows of ways of teaching. */
export const TOPIC_STYLES: Readonly<Partial<Record<TutorTopic, Partial<Record<LearningStyle, number>>>>> = {
  PATIENCE: { PATIENT: 1 },
  KINDNESS: { PATIENT: 0.7 },
  CONFIDENCE: { PATIENT: 0.6 },
  CLARITY: { STRUCTURED: 0.2, PATIENT: 0.2 },
  STRUCTURE: { STRUCTURED: 1 },
  MATERIALS: { STRUCTURED: 0.5 },
  FEEDBACK: { STRUCTURED: 0.4 },
  HOMEWORK: { STRUCTURED: 0.3, DEMANDING: 0.4 },
  EXAM_RESULTS: { EXAM_FOCUSED: 1 },
  EXAM_TECHNIQUE: { EXAM_FOCUSED: 1 },
  CONVERSATION: { CONVERSATIONAL: 1 },
  PRONUNCIATION: { CONVERSATIONAL: 0.4 },
  LISTENING: { CONVERSATIONAL: 0.3 },
  HUMOUR: { PLAYFUL: 0.7 },
  GAMES: { PLAYFUL: 1 },
  DEMONSTRATIONS: { PLAYFUL: 0.5 },
  INTEREST: { PLAYFUL: 0.3 },
  STRICTNESS: { DEMANDING: 1 },
  PACE: { DEMANDING: 0.2 },
  OLYMPIADS: { DEMANDING: 0.4 },
};
