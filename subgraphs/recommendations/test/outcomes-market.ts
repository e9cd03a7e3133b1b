import { randomUUID } from 'node:crypto';
import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import type { DomainEvent } from '@tutorgraph/kit/events/event';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import type { RunningRoom } from '@tutorgraph/kit/room/room';
import { silentLogger } from '@tutorgraph/kit/telemetry/logger';
import { Metrics } from '@tutorgraph/kit/telemetry/metrics';
import { openGenerousRateLimiter } from '@tutorgraph/kit/testing/generous-limits';
import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { expect } from 'vitest';
import { Outcome } from '../src/feedback/feedback.entity.js';
import { Feedback, type LoggedRequest } from '../src/feedback/feedback.js';

/** Somebody who teaches, with a profile. */
export interface TestTutor extends TestPerson {
  tutorId: string;
}

const HOUR = 60 * 60 * 1000;
const PROFILE = {
  headline: 'Patient and well prepared',
  currency: 'EUR',
  languages: ['en'],
  formats: ['ONLINE'],
  experienceYears: 5,
};
const ORDER = { level: 'EXAM', title: 'Algebra before the exam', format: 'ONLINE' };

/** Accounts, the market and recommendations, and short ways to what tests of outcomes begin with. */
export class OutcomesMarket {
  private count = 0;

  private constructor(readonly graph: TestGraph) {}

  static async open(): Promise<OutcomesMarket> {
    const rooms = ['accounts', 'marketplace', 'recommendations'];
    return new OutcomesMarket(await startTestGraph(rooms, undefined, {}, openGenerousRateLimiter));
  }

  close(): Promise<void> {
    return this.graph.close();
  }

  room(name: string): RunningRoom {
    const room = this.graph.rooms.get(name);
    if (!room) throw new Error(`${name} does not run`);
    return room;
  }

  get em() {
    return this.room('recommendations').orm.em.fork();
  }

  async subject(): Promise<string> {
    this.count += 1;
    const name = `Algebra ${this.count}`;
    const input = { slug: `algebra-${this.count}`, nameEn: name, nameRu: `${name} ру` };
    return this.made('createSubject', input, await this.graph.person('ADMIN'), 'subject');
  }

  async tutor(): Promise<TestTutor> {
    const person = await this.graph.person('TUTOR');
    return { ...person, tutorId: await this.made('createTutorProfile', PROFILE, person, 'tutor') };
  }

  order(student: TestPerson, subjectId: string): Promise<string> {
    return this.made('postOrder', { ...ORDER, subjectId }, student, 'order');
  }

  apply(tutor: TestTutor, orderId: string): Promise<string> {
    const proposedRate = { amountMinor: 3_000, currency: 'EUR' };
    return this.made('applyToOrder', { orderId, message: 'I can help.', proposedRate }, tutor, 'application');
  }

  choose(student: TestPerson, applicationId: string): Promise<string> {
    return this.made('chooseApplication', { applicationId }, student, 'booking');
  }

  /** Shows tutors to somebody, the first at the top. @returns the id of the list */
  async show(viewer: TestPerson, tutorIds: readonly string[], more: Partial<LoggedRequest> = {}): Promise<string> {
    const feedback = new Feedback(this.em, new Metrics(), silentLogger);
    const request = {
      ...({ surface: 'ORDER', orderId: null, subjectId: null, city: null, modelId: randomUUID() } as const),
      ...{ viewerId: viewer.userId, embeddingModel: null, variants: { tested: 'b' }, degraded: false },
      ...{ candidateCount: tutorIds.length, list: randomUUID(), at: new Date(Date.now() - HOUR), ...more },
    };
    const id = feedback.log(
      request,
      tutorIds.map((tutorId, index) => ({
        ...{ tutorId, position: index + 1, score: 1, chance: null, features: [Number.NaN, 1], explored: false },
      })),
    );
    await feedback.flush();
    return id;
  }

  /** A lesson that was agreed, and moved on by hand. */
  async lesson(student: TestPerson, tutor: TestTutor, subjectId: string, status: string, daysAgo = 0): Promise<string> {
    const orderId = await this.order(student, subjectId);
    const id = await this.choose(student, await this.apply(tutor, orderId));
    await this.room('marketplace')
      .orm.em.fork()
      .execute(
        `update marketplace.bookings set status = ?, starts_at = now() - make_interval(days => ?) - interval '1 hour' * ?,
         ends_at = now() - make_interval(days => ?) - interval '1 hour' * ? + interval '1 minute',
         completed_at = case when ? = 'COMPLETED' then now() - make_interval(days => ?) end where id = ?`,
        [status, daysAgo, 2 + this.count, daysAgo, 2 + this.count, status, daysAgo, id],
      );
    this.count += 1;
    return id;
  }

  /** Tells what marketplace would tell of a booking that has come to stand so. */
  tellOfBooking(verb: string, bookingId: string, student: TestPerson, { tutorId }: TestTutor): Promise<void> {
    const status = verb === 'completed' ? 'COMPLETED' : 'CONFIRMED';
    const data = { orderId: null, applicationId: null, tutorId, studentId: student.userId, status };
    return this.tell(`booking.${verb}`, bookingId, data);
  }

  /** Writes an event of the marketplace, as if it had happened. */
  async tell(name: string, subject: string, data: object, time = new Date()): Promise<void> {
    const event: DomainEvent = {
      ...{ specversion: '1.0', id: newId(), source: 'tutorgraph/marketplace', subject, data },
      ...{ type: `tutorgraph.marketplace.${name}.v1`, time: time.toISOString(), datacontenttype: 'application/json' },
    };
    await transaction(this.room('marketplace').orm.em, async (tx) => recordEvent(tx, event));
  }

  /** What was noted of a tutor, once there is so much. */
  async outcomes({ tutorId }: TestTutor, atLeast: number): Promise<Outcome[]> {
    const find = () => this.em.find(Outcome, { tutorId }, { orderBy: { at: 'asc', kind: 'asc' } });
    await expect.poll(async () => (await find()).length, { timeout: 20_000 }).toBeGreaterThanOrEqual(atLeast);
    return find();
  }

  /** Waits until the consumer has taken everything that was told until now. */
  async caughtUp(): Promise<void> {
    const marker = await this.tutor();
    const student = await this.graph.person('STUDENT');
    await this.apply(marker, await this.order(student, await this.subject()));
    await this.outcomes(marker, 1);
  }

  /** Runs a mutation that must succeed. @returns the id of what it made */
  async made(field: string, input: object, person: TestPerson, name: string): Promise<string> {
    const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`;
    const query = `mutation ($input: ${type}!) { ${field}(input: $input) { ${name} { id } userErrors { code field } } }`;
    const { data, codes } = await this.graph.run('marketplace', query, { input }, person);
    const payload = data[field] as Record<string, { id: string } | null> | null;
    const id = payload?.[name]?.id;
    if (!id) throw new Error(`${field} was refused: ${JSON.stringify([payload, codes])}`);
    return id;
  }
}
