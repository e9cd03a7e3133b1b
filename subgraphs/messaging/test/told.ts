import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import type { DomainEvent } from '@tutorgraph/kit/events/event';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import { createMessages, loadMessages } from '@tutorgraph/kit/messages/messages';
import type { RunningRoom } from '@tutorgraph/kit/room/room';
import { openGenerousRateLimiter } from '@tutorgraph/kit/testing/generous-limits';
import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { expect } from 'vitest';
import { render } from '../src/catalogue/render.js';
import { Notification } from '../src/notifications/notification.entity.js';

const ROOMS = ['accounts', 'marketplace', 'payments', 'learning', 'messaging', 'recommendations'];
const messages = createMessages(await loadMessages(new URL('../src/messages/', import.meta.url)));

/** Somebody who teaches, with a profile. */
export interface TestTutor extends TestPerson {
  tutorId: string;
}

/** The rooms of which people are told, and what they were told. */
export class Told {
  private count = 0;

  private constructor(readonly graph: TestGraph) {}

  static async open(): Promise<Told> {
    return new Told(await startTestGraph(ROOMS, undefined, {}, openGenerousRateLimiter));
  }

  close(): Promise<void> {
    return this.graph.close();
  }

  room(name: string): RunningRoom {
    const room = this.graph.rooms.get(name);
    if (!room) throw new Error(`${name} does not run`);
    return room;
  }

  /** Runs a mutation that must succeed. @returns the id of what it made */
  async made(
    field: string,
    input: object,
    person: TestPerson,
    name = 'booking',
    room = 'marketplace',
  ): Promise<string> {
    const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`;
    const query = `mutation ($input: ${type}!) { ${field}(input: $input) { ${name} { id } userErrors { code field } } }`;
    const { data, codes } = await this.graph.run(room, query, { input }, person);
    const payload = data[field] as Record<string, { id: string } | { id: string }[] | null> | null;
    const id = [payload?.[name] ?? []].flat()[0]?.id;
    if (!id) throw new Error(`${field} was refused: ${JSON.stringify([payload, codes])}`);
    return id;
  }

  sql(statement: string, values: unknown[] = []): Promise<unknown> {
    return this.room('messaging').orm.em.fork().execute(statement, values);
  }

  async subject(): Promise<string> {
    this.count += 1;
    const subject = { slug: `maths-${this.count}`, nameEn: 'Mathematics', nameRu: 'Математика' };
    return this.made('createSubject', subject, await this.graph.person('ADMIN'), 'subject');
  }

  async tutor(lastName = 'Teacher'): Promise<TestTutor> {
    const person = await this.graph.person('TUTOR', { firstName: 'Tanya', lastName });
    const profile = {
      headline: 'Patient',
      currency: 'EUR',
      languages: ['en'],
      formats: ['ONLINE'],
      experienceYears: 5,
    };
    return { ...person, tutorId: await this.made('createTutorProfile', profile, person, 'tutor') };
  }

  student(): Promise<TestPerson> {
    return this.graph.person('STUDENT', { firstName: 'Anna', lastName: 'Kern', locale: 'ru' });
  }

  /** Somebody who teaches a subject all week, day and night, at 25 euros an hour. */
  async teacher(subjectId: string): Promise<TestTutor> {
    const tutor = await this.tutor();
    const hourlyRate = { amountMinor: 2_500, currency: 'EUR' };
    await this.made('addOffering', { subjectId, levels: ['EXAM'], hourlyRate }, tutor, 'offering');
    await this.sql(
      `insert into marketplace.schedules (tutor_id, time_zone, buffer_before_minutes, buffer_after_minutes,
         minimum_notice_minutes, booking_window_days, slot_step_minutes, created_at, updated_at)
       values (?, 'UTC', 0, 0, 0, 365, 5, now(), now())`,
      [tutor.tutorId],
    );
    await this.sql(
      `insert into marketplace.schedule_rules (id, tutor_id, weekday, starts_at_minute, ends_at_minute)
       select gen_random_uuid(), ?, day, 0, 1440 from generate_series(1, 7) as day`,
      [tutor.tutorId],
    );
    return tutor;
  }

  /** A lesson that waits for its payment. @param hours until it begins, about */
  booking(student: TestPerson, { tutorId }: TestTutor, subjectId: string, hours = 72): Promise<string> {
    const hour = 3_600_000;
    const startsAt = new Date(Math.ceil(Date.now() / hour) * hour + hours * hour);
    return this.made('createBooking', { slot: { tutorId, subjectId, startsAt, durationMinutes: 60 } }, student);
  }

  /** A lesson that is paid, three days from now. */
  async confirmedBooking(student: TestPerson, tutor: TestTutor, subjectId: string, hours = 72): Promise<string> {
    const bookingId = await this.booking(student, tutor, subjectId, hours);
    const paid = { bookingId, reason: 'Paid in cash' };
    return this.made('markBookingPaid', paid, await this.graph.person('SUPERVISOR'));
  }

  /** Lets a room say something, by its outbox. @returns the event */
  async says(
    type: { type: string },
    subject: string,
    data: object,
    change: Partial<DomainEvent> = {},
  ): Promise<DomainEvent> {
    const name = type.type.split('.')[1] ?? '';
    const event: DomainEvent = {
      ...{ specversion: '1.0', datacontenttype: 'application/json', source: `tutorgraph/${name}` },
      ...{ id: newId(), type: type.type, subject, time: new Date().toISOString(), data },
      ...change,
    };
    await transaction(this.room(name).orm.em, async (tx) => recordEvent(tx, event));
    return event;
  }

  /** Waits until messaging has dealt with everything that the rooms have said. */
  async heard(): Promise<void> {
    for (const stream of ROOMS) {
      await expect
        .poll(() => this.lag(stream), { timeout: 60_000, interval: 50, message: `events of ${stream} are heard` })
        .toBe(0);
    }
  }

  /** What somebody was told, the first first, as they read it in their language. */
  async toldTo({ userId }: { userId: string }, locale = 'en'): Promise<string[]> {
    const found = await this.notificationsOf(userId);
    return found.map(({ type, values }) => {
      const { title } = render(messages, type, values, { locale, timeZone: 'UTC' });
      return `${type}: ${title}`;
    });
  }

  /** Of which types somebody was told, in alphabetical order. */
  async typesTo({ userId }: { userId: string }): Promise<string[]> {
    return (await this.notificationsOf(userId)).map(({ type }) => type).sort();
  }

  async notificationsOf(userId: string): Promise<Notification[]> {
    const em = this.room('messaging').orm.em.fork();
    const found = await em.find(Notification, { userId }, { orderBy: { createdAt: 'asc', id: 'asc' } });
    await this.expectOwnersOfNames(found);
    return found;
  }

  /** Each name that people are told is that of a user, by whom it can be found. */
  private async expectOwnersOfNames(notifications: readonly Notification[]): Promise<void> {
    for (const { values, mentions } of notifications) {
      const names = Object.keys(values).filter((key) => key.endsWith('Name') && values[key] !== '');
      expect(names.map((name) => values[name.replace(/Name$/, 'Id')]).sort()).toEqual([...mentions].sort());
    }
    const mentioned = [...new Set(notifications.flatMap(({ mentions }) => mentions))];
    if (mentioned.length === 0) return;
    const users = (await this.sql(`select id from accounts.users where id = any(?::uuid[])`, [
      `{${mentioned.join()}}`,
    ])) as object[];
    expect(users.length).toBe(mentioned.length);
  }

  private async lag(stream: string): Promise<number> {
    const [row] = (await this.sql(
      `select (select count(*) from ${stream}.outbox where position is null) as unnumbered,
              (select coalesce(max(position), 0) from ${stream}.outbox) as top,
              (select position from messaging.inbox where consumer = ? and stream = ?) as place`,
      [`notifications-of-${stream}`, stream],
    )) as { unnumbered: string; top: string; place: string }[];
    return Number(row?.unnumbered) + Number(row?.top) - Number(row?.place);
  }
}
