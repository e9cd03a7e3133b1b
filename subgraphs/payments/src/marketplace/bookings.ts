import type { GraphClient } from '@tutorgraph/kit/graph/graph-client';
import { z } from 'zod';

const when = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
const reference = z.object({ id: z.uuid() });
const money = z.object({ amountMinor: z.number().int(), currency: z.string() });

const booking = z.object({
  id: z.uuid(),
  status: z.string(),
  kind: z.string(),
  startsAt: when.nullable(),
  expiresAt: when.nullable(),
  durationMinutes: z.number().int().nullable(),
  packageId: z.uuid().nullable(),
  commissionPercent: z.number().int(),
  amount: money,
  student: reference,
  tutor: reference,
  subject: reference,
});
/** A lesson as marketplace has agreed it. */
export type BookingTerms = z.output<typeof booking>;

const SELECTION = [
  'status',
  'kind',
  'startsAt',
  'expiresAt',
  'durationMinutes',
  'packageId',
  'commissionPercent',
  'amount { amountMinor currency }',
  'student { id }',
  'tutor { id }',
  'subject { id }',
];

const packageTerms = z.object({
  amount: money,
  commissionPercent: z.number().int(),
  validDays: z.number().int(),
});
/** Under what a student can buy a package. */
export type PackageTerms = z.output<typeof packageTerms>;

/** Which package. */
export interface PackageWish {
  tutorId: string;
  subjectId: string;
  lessons: number;
  durationMinutes: number;
}

const PACKAGE_TERMS = `query ($studentId: ID!, $tutorId: ID!, $subjectId: ID!, $lessons: Int!, $durationMinutes: Int!) {
  packageTerms(studentId: $studentId, tutorId: $tutorId, subjectId: $subjectId, lessons: $lessons,
    durationMinutes: $durationMinutes) { amount { amountMinor currency } commissionPercent validDays }
}`;

/** What marketplace says of lessons and prices: a client is never asked. Call it outside transactions. */
export class Bookings {
  constructor(private readonly graph: GraphClient) {}

  /** A booking; null when there is none. */
  async find(id: string): Promise<BookingTerms | null> {
    return (await this.findAll([id])).get(id) ?? null;
  }

  /** Bookings by id; those that do not exist are left out. */
  async findAll(ids: readonly string[]): Promise<Map<string, BookingTerms>> {
    const found = await this.graph.entities('marketplace', 'Booking', ids, SELECTION);
    return new Map([...found].map(([id, fields]) => [id, booking.parse(fields)]));
  }

  /** What a package costs somebody now; null when nobody can buy such a one. */
  async packageTerms(studentId: string, wish: PackageWish): Promise<PackageTerms | null> {
    const variables = { studentId, ...wish };
    const data = await this.graph.query('marketplace', { query: PACKAGE_TERMS, variables }, ['packageTerms']);
    return packageTerms.nullable().parse(data['packageTerms']);
  }

  /** The name under which somebody teaches; null for one who has left. */
  async tutorName(tutorId: string): Promise<string | null> {
    const found = await this.graph.entities('marketplace', 'Tutor', [tutorId], ['displayName']);
    return z.string().nullish().parse(found.get(tutorId)?.['displayName']) ?? null;
  }
}
