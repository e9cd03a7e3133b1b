import type { EntityManager } from '@mikro-orm/postgresql';
import type { PersonalData } from '@tutorgraph/kit/privacy/room-privacy';
import { AssistantMessage, AssistantSession } from '../assistant/assistant.entity.js';
import { HandOver } from '../hand-overs/hand-over.entity.js';
import { KnowledgeEntry } from '../knowledge/knowledge.entity.js';

/** What somebody asked and was answered, what they handed over, and what they did as staff. */
export async function collectAssistant(em: EntityManager, userId: string): Promise<PersonalData> {
  const sessions = await em.find(AssistantSession, { userId }, { orderBy: { createdAt: 'asc' } });
  const ids = sessions.map(({ id }) => id);
  const [messages, handOvers, answered, taken, edited] = await Promise.all([
    em.find(AssistantMessage, { sessionId: { $in: ids } }, { orderBy: { sessionId: 'asc', sequence: 'asc' } }),
    em.find(HandOver, { sessionId: { $in: ids } }, { orderBy: { createdAt: 'asc' } }),
    em.find(AssistantMessage, { authorId: userId }, { orderBy: { createdAt: 'asc' } }),
    em.find(HandOver, { $or: [{ takenBy: userId }, { closedBy: userId }] }, { orderBy: { createdAt: 'asc' } }),
    em.find(KnowledgeEntry, { updatedBy: userId }, { orderBy: { updatedAt: 'asc' }, fields: ['title', 'updatedAt'] }),
  ]);
  const bySession = Map.groupBy(messages, ({ sessionId }) => sessionId);
  return {
    sections: {
      assistant: sessions.map(({ id, title, createdAt }) => ({
        ...{ title, createdAt },
        messages: (bySession.get(id) ?? []).map(({ role, text, rating, resolved, createdAt: at }) => {
          return { role, text, rating, resolved, at };
        }),
      })),
      handOvers: handOvers.map(({ status, note, createdAt, takenAt, closedAt }) => {
        return { status, note, createdAt, takenAt, closedAt };
      }),
      assistantAsStaff: {
        answers: answered.map(({ text, createdAt }) => ({ text, createdAt })),
        handOvers: taken.map(({ id, takenAt, closedAt }) => ({ id, takenAt, closedAt })),
        knowledge: edited.map(({ title, updatedAt }) => ({ title, updatedAt })),
      },
    },
  };
}

/** Their conversations go; what they wrote for others as staff stays, as nobody's. */
export async function eraseAssistant(tx: EntityManager, userId: string): Promise<void> {
  await tx.nativeDelete(AssistantSession, { userId });
  await tx.nativeUpdate(AssistantMessage, { authorId: userId }, { authorId: null });
  await tx.execute(`update learning.assistant_hand_overs set closed_by = null where closed_by = ?`, [userId]);
  await tx.execute(
    `update learning.assistant_hand_overs set taken_by = null, taken_at = null,
       status = case when status = 'TAKEN' then 'OPEN' else status end where taken_by = ?`,
    [userId],
  );
  await tx.nativeUpdate(KnowledgeEntry, { updatedBy: userId }, { updatedBy: null });
}
