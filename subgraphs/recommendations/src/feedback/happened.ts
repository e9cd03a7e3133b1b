import type { GraphClient } from '@tutorgraph/kit/graph/graph-client';
import { z } from 'zod';
import type { OutcomeKind } from './feedback.entity.js';

/** Something that became of a tutor. */
export interface Happened {
  kind: OutcomeKind;
  /** The application, booking or review. */
  sourceId: string;
  tutorId: string;
  /** The student's account; null when it is erased. */
  studentId: string | null;
  subjectId: string;
  orderId: string | null;
  /** Of a review. */
  rating: number | null;
  at: Date;
}

/** Something that had become of a tutor, and does not hold any longer: a review that is gone, or hidden. */
export type Undone = Pick<Happened, 'kind' | 'sourceId'> & { isUndone: true };

const reference = z.object({ id: z.uuid() });
const order = z.object({ student: reference, subject: reference });
const booking = z.object({
  student: reference,
  subject: reference,
  order: reference.nullable(),
  lessonsBefore: z.number().int(),
});
const review = z.object({ rating: z.number().int().min(1).max(5), state: z.string(), createdAt: z.coerce.date() });

/** What others see of a review. */
type PublishedReview = Pick<z.output<typeof review>, 'rating' | 'createdAt'>;

/** A lesson that was agreed, as marketplace knows it. */
type Lesson = Pick<Happened, 'studentId' | 'subjectId' | 'orderId'> & { lessonsBefore: number };

/**
 * What marketplace says of what happened: its events carry ids only, and this room's own copy may be behind or ahead of
 * them. Ask it outside transactions. What is gone there is null here.
 */
export class MarketplaceFacts {
  constructor(private readonly graph: GraphClient) {}

  /** Who posted an order, and for which subject. @throws SERVICE_UNAVAILABLE */
  async order(id: string): Promise<Pick<Happened, 'studentId' | 'subjectId'> | null> {
    const found = await this.find('Order', id, ['student { id }', 'subject { id }'], order);
    return found && { studentId: await this.present(found.student.id), subjectId: found.subject.id };
  }

  /** Who learns in a booking and what, and how often they did before. @throws SERVICE_UNAVAILABLE */
  async lesson(id: string): Promise<Lesson | null> {
    const wanted = ['student { id }', 'subject { id }', 'order { id }', 'lessonsBefore'];
    const found = await this.find('Booking', id, wanted, booking);
    return (
      found && {
        studentId: await this.present(found.student.id),
        subjectId: found.subject.id,
        orderId: found.order?.id ?? null,
        lessonsBefore: found.lessonsBefore,
      }
    );
  }

  /** A review that others see: one that is gone, waits for staff or was taken away by them is null. @throws SERVICE_UNAVAILABLE */
  async review(id: string): Promise<PublishedReview | null> {
    const found = await this.find('Review', id, ['rating', 'state', 'createdAt'], review);
    return found?.state === 'PUBLISHED' ? found : null;
  }

  private async find<Schema extends z.ZodType>(
    type: string,
    id: string,
    selection: readonly string[],
    schema: Schema,
  ): Promise<z.output<Schema> | null> {
    const found = (await this.graph.entities('marketplace', type, [id], selection)).get(id);
    return found ? schema.parse(found) : null;
  }

  /** The account, unless it is erased: nothing is noted about whoever has left for good. */
  private async present(userId: string): Promise<string | null> {
    const account = (await this.graph.entities('accounts', 'User', [userId], ['isErased'])).get(userId);
    return account && account['isErased'] !== true ? userId : null;
  }
}
