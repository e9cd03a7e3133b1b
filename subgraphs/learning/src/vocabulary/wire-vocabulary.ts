import type { LearningCore, LearningPart } from '../core.js';
import { StudentAccess } from '../students/student-access.js';
import { CardResolver, StudentCardsResolver } from './card.resolver.js';
import { CardService } from './card.service.js';
import { CardScheduler } from './scheduler.js';

/** Wires vocabulary. */
export function createVocabulary({ environment }: LearningCore): LearningPart {
  const { VOCABULARY_NEW_CARDS, VOCABULARY_RETENTION } = environment;
  const scheduler = new CardScheduler(VOCABULARY_RETENTION);
  const service = new CardService(new StudentAccess(), scheduler, VOCABULARY_NEW_CARDS);
  return { resolvers: [new CardResolver(service), new StudentCardsResolver(service)] };
}
