import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import type { TestGraph } from '@tutorgraph/kit/testing/graph';
import {
  MarketApplication,
  MarketBooking,
  MarketOffer,
  MarketOrder,
  MarketTutor,
} from '../src/market/market.entity.ts';
import type { LessonFormat, Level } from '../src/market/market.rules.ts';

/** What a tutor of a test is like; the rest is usual. */
export interface TutorTraits {
  subjectId: string;
  userId?: string;
  levels?: Level[];
  rateMinor?: number;
  currency?: string;
  city?: string | null;
  languages?: string[];
  formats?: LessonFormat[];
  hours?: string | null;
  hidden?: boolean;
  rating?: number | null;
  reviewCount?: number;
  experienceYears?: number;
  applicationCount?: number;
  popularity?: number;
  createdAt?: Date;
  studentCount?: number;
  returningCount?: number;
}

const LONG_AGO = new Date('2025-01-01T00:00:00Z');

/** The room's database, for what tests put into it. */
export function roomEm(graph: TestGraph): EntityManager {
  const room = graph.rooms.get('recommendations');
  if (!room) throw new Error('The room recommendations was not started');
  return room.orm.em.fork();
}

/** A tutor who teaches one subject. @returns the tutor's id */
export async function addTutor(em: EntityManager, traits: TutorTraits): Promise<string> {
  const id = newId();
  const { subjectId, levels = ['EXAM'], rateMinor = 2_000, popularity = 1, ...rest } = traits;
  const shared = {
    currency: rest.currency ?? 'EUR',
    city: rest.city ?? null,
    languages: rest.languages ?? ['en'],
    formats: rest.formats ?? (['ONLINE'] satisfies LessonFormat[]),
    hidden: rest.hidden ?? false,
    hours: rest.hours ?? null,
  };
  const createdAt = rest.createdAt ?? LONG_AGO;
  await em.fork().insert(MarketTutor, {
    id,
    ...shared,
    userId: rest.userId ?? newId(),
    experienceYears: rest.experienceYears ?? 4,
    premium: false,
    verified: true,
    headline: 'A tutor',
    biography: null,
    createdAt,
    changedAt: createdAt,
    lastActiveAt: createdAt,
    rating: rest.rating ?? null,
    reviewCount: rest.reviewCount ?? 0,
    applicationCount: rest.applicationCount ?? 10,
    chosenCount: 2,
    responseMinutes: null,
    studentCount: rest.studentCount ?? 0,
    returningCount: rest.returningCount ?? 0,
    lessonCount: 0,
    bookingCount: 0,
    letDownCount: 0,
    recentLessons: 0,
    upcomingLessons: 0,
  });
  await em.fork().insert(MarketOffer, {
    tutorId: id,
    subjectId,
    levels,
    rateMinor,
    ...shared,
    tutorCreatedAt: createdAt,
    lessonCount: 0,
    popularity,
  });
  return id;
}

/** An open order for exam lessons online, unless it is said otherwise. */
export async function addOrder(
  em: EntityManager,
  order: Partial<MarketOrder> & Pick<MarketOrder, 'studentId' | 'subjectId'>,
): Promise<string> {
  const id = newId();
  await em.fork().insert(MarketOrder, {
    id,
    level: 'EXAM',
    format: 'ONLINE',
    city: null,
    budgetMinor: null,
    currency: null,
    title: 'Lessons before an exam',
    description: null,
    goal: null,
    preferredTimes: null,
    hours: null,
    languages: [],
    status: 'OPEN',
    createdAt: new Date(),
    closedAt: null,
    ...order,
  });
  return id;
}

/** An application of a tutor to an order. */
export async function addApplication(
  em: EntityManager,
  application: Pick<MarketApplication, 'orderId' | 'tutorId' | 'status'>,
): Promise<string> {
  const id = newId();
  const decidedAt = application.status === 'PENDING' ? null : new Date();
  await em.fork().insert(MarketApplication, { id, rateMinor: 2_000, createdAt: new Date(), decidedAt, ...application });
  return id;
}

/** A completed lesson. */
export async function addLesson(
  em: EntityManager,
  lesson: Pick<MarketBooking, 'studentId' | 'tutorId' | 'subjectId'>,
): Promise<string> {
  const id = newId();
  const at = new Date(Date.now() - 24 * 60 * 60 * 1000);
  const times = { startsAt: at, createdAt: at, completedAt: at };
  await em
    .fork()
    .insert(MarketBooking, { id, orderId: null, status: 'COMPLETED', letDown: false, ...times, ...lesson });
  return id;
}
