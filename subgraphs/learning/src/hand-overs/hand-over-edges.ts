import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import type { AssistantSession } from '../assistant/assistant.entity.js';
import type { Student } from '../students/student.entity.js';
import type { StudentAccess } from '../students/student-access.js';
import type { HandOver } from './hand-over.entity.js';
import { handedOverSessions, latestHandOvers } from './hand-over.repository.js';

/** What lies around hand-overs. */
export class HandOverEdges {
  constructor(private readonly access: StudentAccess) {}

  /** The latest hand-over of a conversation. */
  latest(context: RequestContext, sessionId: string): Promise<HandOver | null> {
    return context.loader(latestHandOvers).load(sessionId);
  }

  /** The conversation: whoever sees the hand-over may read it. */
  async session(context: RequestContext, { sessionId }: HandOver): Promise<AssistantSession> {
    const session = await context.loader(handedOverSessions).load(sessionId);
    if (!session) throw new Error(`Hand-over of the conversation ${sessionId}, which is gone; the database forbids it`);
    return session;
  }

  /** The student, if the viewer may see them. */
  student(context: RequestContext, { studentId }: HandOver): Promise<Student | null> {
    return studentId ? this.access.seen(context, studentId) : Promise.resolve(null);
  }
}
