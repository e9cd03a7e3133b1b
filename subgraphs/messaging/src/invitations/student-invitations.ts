import type { GraphClient } from '@tutorgraph/kit/graph/graph-client';
import { z } from 'zod';

const invitation = z.object({
  id: z.uuid(),
  email: z.string(),
  name: z.string().nullable(),
  language: z.string(),
  code: z.string(),
  courseTitle: z.string().nullable(),
});

/** An invitation into the school. Its code is a secret: it goes into the message and nowhere else. */
export type StudentInvitation = z.output<typeof invitation>;

const QUERY = `query ($id: ID!) { studentInvitation(studentId: $id) { id email name language code courseTitle } }`;

/** Whom learning wants to be invited. Call it outside transactions. */
export class StudentInvitations {
  constructor(private readonly graph: GraphClient) {}

  /** What to write to a student; null when they have come, or it is too old. @throws SERVICE_UNAVAILABLE */
  async find(studentId: string): Promise<StudentInvitation | null> {
    const data = await this.graph.query('learning', { query: QUERY, variables: { id: studentId } }, [
      'studentInvitation',
    ]);
    return invitation.nullable().parse(data['studentInvitation']);
  }
}
