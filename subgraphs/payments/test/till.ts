import { setTimeout as delay } from 'node:timers/promises';
import { newId } from '@tutorgraph/kit/database/id';
import type { ServedSubgraph } from '@tutorgraph/kit/graphql/serve';
import { silentLogger } from '@tutorgraph/kit/telemetry/logger';
import { openGenerousRateLimiter } from '@tutorgraph/kit/testing/generous-limits';
import { startTestGraph, type TestGraph, type TestResult } from '@tutorgraph/kit/testing/graph';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { createStripeEmulator, type StripeEmulator } from '@tutorgraph/stripe-emulator/emulator';
import Stripe from 'stripe';
import { selections } from './till-selections.js';

/** Somebody who teaches, with a profile. */
export interface TestTutor extends TestPerson {
  tutorId: string;
}

/** What a mutation answers. */
export interface Outcome {
  /** The payload as it is; empty when the field was refused as a whole. */
  payload: Record<string, unknown>;
  /** Codes of `userErrors`. */
  refused: string[];
  /** Codes of `errors`, each once. */
  codes: string[];
}

/** A booking to be made; a lesson of an hour at 25 euros unless it says otherwise. */
interface BookingWish {
  student: TestPerson;
  tutor: TestTutor;
  subjectId: string;
  startsAt?: Date;
  durationMinutes?: number;
  packageId?: string;
}

/** Test numbers of Stripe. */
export const CARDS = {
  good: '4242424242424242',
  declined: '4000000000000002',
  insufficient: '4000000000009995',
  authenticated: '4000002760003184',
  disputed: '4000000000000259',
} as const;

const SECRET = 'whsec_till';
const QUIET_MS = 20_000;
const LOCAL = 'http://localhost:5173';

/**
 * The payments room beside accounts and marketplace, with a Stripe of its own: money moves as it does in life. Events of
 * Stripe wait until they are delivered by {@link settle} or {@link deliver}, over HTTP and signed.
 */
export class Till {
  private readonly delivered = new Set<string>();
  private count = 0;

  private constructor(
    readonly graph: TestGraph,
    readonly emulator: StripeEmulator,
    readonly stripe: Stripe,
    readonly stripeUrl: string,
    private readonly served: ServedSubgraph,
  ) {}

  /** @param settings of the rooms, besides those that every test has */
  static async open(
    settings: Record<string, string> = {},
    rooms = ['accounts', 'marketplace', 'payments'],
  ): Promise<Till> {
    const emulator = createStripeEmulator();
    const stripeUrl = await emulator.listen();
    const address = new URL(stripeUrl);
    const stripe = new Stripe('sk_test_emulator', {
      host: address.hostname,
      port: address.port,
      protocol: 'http',
      telemetry: false,
    });
    const graph = await startTestGraph(
      rooms,
      undefined,
      {
        STRIPE_SECRET_KEY: 'sk_test_emulator',
        STRIPE_API_URL: stripeUrl,
        STRIPE_WEBHOOK_SECRET: SECRET,
        DEFAULT_CURRENCY: 'EUR',
        ...settings,
      },
      openGenerousRateLimiter,
    );
    return new Till(graph, emulator, stripe, stripeUrl, await graph.serve('payments'));
  }

  /** Where the payments room is served with its routes. */
  get origin(): string {
    return new URL(this.served.url).origin;
  }

  async close(): Promise<void> {
    await this.served.close();
    await this.graph.close();
    await this.emulator.close();
  }

  /** Runs an operation in the payments room. */
  run(query: string, variables: object = {}, person?: TestPerson): Promise<TestResult> {
    return this.graph.run('payments', query, variables, person);
  }

  /** Runs a mutation of payments by its name. */
  mutate(field: string, input: object, person?: TestPerson): Promise<Outcome> {
    return this.mutateIn('payments', field, input, person);
  }

  /** Runs a mutation of marketplace by its name. */
  atMarket(field: string, input: object, person?: TestPerson): Promise<Outcome> {
    return this.mutateIn('marketplace', field, input, person);
  }

  /** What SQL says, in the payments room's tables and all others. */
  async sql<Row extends object>(statement: string, values: unknown[] = []): Promise<Row[]> {
    const room = this.graph.rooms.get('payments');
    if (!room) throw new Error('The payments room was not started');
    return room.orm.em.fork().execute<Row[]>(statement, values);
  }

  student(): Promise<TestPerson> {
    return this.graph.person('STUDENT', { firstName: 'Sam', lastName: 'Student' });
  }

  /** Somebody who teaches one subject all week, day and night. @param hourlyMinor price of an hour, in minor units */
  async teacher(hourlyMinor = 2_500, currency = 'EUR'): Promise<{ tutor: TestTutor; subjectId: string }> {
    this.count += 1;
    const person = await this.graph.person('TUTOR', { firstName: 'Tanya', lastName: 'Teacher' });
    const admin = await this.graph.person('ADMIN');
    const names = { slug: `subject-${this.count}`, nameEn: 'Algebra', nameRu: 'Алгебра' };
    const subjectId = idIn(await this.atMarket('createSubject', names, admin), 'subject');
    const profile = { headline: 'Patient', currency, languages: ['en'], formats: ['ONLINE'], experienceYears: 5 };
    const tutorId = idIn(await this.atMarket('createTutorProfile', profile, person), 'tutor');
    const tutor = { ...person, tutorId };
    const hourlyRate = { amountMinor: hourlyMinor, currency };
    idIn(await this.atMarket('addOffering', { subjectId, levels: ['EXAM'], hourlyRate }, tutor), 'offering');
    await this.sql(
      `insert into marketplace.schedules (tutor_id, time_zone, buffer_before_minutes, buffer_after_minutes,
         minimum_notice_minutes, booking_window_days, slot_step_minutes, created_at, updated_at)
       values (?, 'UTC', 0, 0, 0, 365, 5, now(), now())`,
      [tutorId],
    );
    await this.sql(
      `insert into marketplace.schedule_rules (id, tutor_id, weekday, starts_at_minute, ends_at_minute)
       select gen_random_uuid(), ?, day, 0, 1440 from generate_series(1, 7) as day`,
      [tutorId],
    );
    return { tutor, subjectId };
  }

  /** A booking that waits for its payment. @returns its id */
  async book({ student, tutor, subjectId, startsAt, durationMinutes = 60, packageId }: BookingWish): Promise<string> {
    this.count += 1;
    // Nobody has two lessons at once.
    const time = startsAt ?? inHours(48 + 2 * this.count);
    const slot = { tutorId: tutor.tutorId, subjectId, startsAt: time, durationMinutes };
    return idIn(await this.atMarket('createBooking', { slot, ...(packageId && { packageId }) }, student), 'booking');
  }

  /** Opens a page of Stripe for a booking. @returns the payment */
  async checkout(bookingId: string, student: TestPerson): Promise<{ id: string; checkoutUrl: string }> {
    const urls = { successUrl: `${LOCAL}/paid`, cancelUrl: `${LOCAL}/cart` };
    const { payload, refused, codes } = await this.mutate('createCheckout', { bookingId, ...urls }, student);
    const payment = payload['payment'];
    if (!payment) throw new Error(`createCheckout was refused: ${[...refused, ...codes].join()}`);
    return payment as { id: string; checkoutUrl: string };
  }

  /** Fills in a page of Stripe and sends it, with authentication when the bank asks. @returns the status of the answer */
  async payOnPage(checkoutUrl: string, cardNumber: string = CARDS.good): Promise<number> {
    const form = { cardNumber, cardExpiry: '12 / 34', cardCvc: '123', billingName: 'Sam', email: 'sam@test.example' };
    const { status, headers } = await submit(checkoutUrl, form);
    const next = headers.get('location') ?? '';
    if (!next.includes('/3ds/')) return status;
    return (await submit(new URL(next, checkoutUrl).href, { outcome: 'complete' })).status;
  }

  /** Pays for a booking on Stripe's page, and settles. @returns the payment's id */
  async pay(bookingId: string, student: TestPerson, cardNumber?: string): Promise<string> {
    const { id, checkoutUrl } = await this.checkout(bookingId, student);
    await this.payOnPage(checkoutUrl, cardNumber);
    await this.settle();
    return id;
  }

  /** A booking that is paid and confirmed. */
  async paidBooking(wish: BookingWish, cardNumber?: string): Promise<{ bookingId: string; paymentId: string }> {
    const bookingId = await this.book(wish);
    return { bookingId, paymentId: await this.pay(bookingId, wish.student, cardNumber) };
  }

  /** A package that is paid. @returns its id */
  async buyPackage(student: TestPerson, { tutor, subjectId }: { tutor: TestTutor; subjectId: string }, lessons = 5) {
    const wish = { tutorId: tutor.tutorId, subjectId, lessons, durationMinutes: 60 };
    const urls = { successUrl: `${LOCAL}/paid`, cancelUrl: `${LOCAL}/cart` };
    const { payload, refused, codes } = await this.mutate('buyPackage', { ...wish, ...urls }, student);
    const payment = payload['payment'] as { id: string; checkoutUrl: string } | undefined;
    if (!payment) throw new Error(`buyPackage was refused: ${[...refused, ...codes].join()}`);
    await this.payOnPage(payment.checkoutUrl);
    await this.settle();
    return { packageId: (payload['package'] as { id: string }).id, paymentId: payment.id };
  }

  /** Opens a tutor's account at Stripe, fills in its page there, and settles. @param iban whose payouts it takes */
  async onboard(tutor: TestTutor, iban = 'DE89370400440532013000'): Promise<void> {
    await this.mutate('createPayoutAccount', { country: 'DE' }, tutor);
    const urls = { returnUrl: `${LOCAL}/payouts`, refreshUrl: `${LOCAL}/again` };
    const { payload } = await this.mutate('payoutOnboardingLink', urls, tutor);
    const person = { firstName: 'Tanya', lastName: 'Teacher', dateOfBirth: '1985-12-10', terms: 'accepted' };
    await submit(String(payload['url']), { ...person, accountNumber: iban });
    await this.settle();
  }

  /** Events of Stripe that have not been delivered, the platform's and connected accounts', the oldest first. */
  undelivered(): Stripe.Event[] {
    return this.emulator.engine
      .transact((tx) => [tx, ...tx.all('account').map(({ id }) => tx.in(id))].flatMap((within) => within.all('event')))
      .filter(({ id }) => !this.delivered.has(id))
      .sort((a, b) => a.created - b.created);
  }

  /** Delivers an event over HTTP, signed, as often as it is called. @returns the status of the answer */
  async deliver(event: Stripe.Event): Promise<number> {
    const payload = JSON.stringify(event);
    const signature = Stripe.webhooks.generateTestHeaderString({ payload, secret: SECRET });
    const { status } = await fetch(`${this.origin}/webhooks/stripe`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'stripe-signature': signature },
      body: payload,
    });
    if (status === 200) this.delivered.add(event.id);
    return status;
  }

  /** Loses an event: it is never delivered. */
  lose(event: Stripe.Event): void {
    this.delivered.add(event.id);
  }

  /** Delivers what Stripe has to say and waits until nothing more follows from anything, in any room. */
  async settle(): Promise<void> {
    for (const until = Date.now() + QUIET_MS; ; ) {
      // In this order: who is at work may make Stripe say something.
      const left = await this.unsettled();
      const events = this.undelivered();
      for (const event of events) await this.deliver(event);
      if (events.length === 0 && left.length === 0) return;
      if (Date.now() > until)
        throw new Error(`Nothing settles: ${[...left, ...events.map(({ type }) => type)].join('; ')}`);
      await delay(10);
    }
  }

  /** Runs a job of a room now. */
  async runJob(room: string, name: string): Promise<void> {
    const job = this.graph.rooms.get(room)?.parts.jobs?.find((one) => one.name === name);
    if (!job) throw new Error(`The room ${room} has no job ${name}`);
    const { signal } = new AbortController();
    await job.handler({}, { id: newId(), attempt: 1, signal, logger: silentLogger });
  }

  /** Tells Stripe what a bank or an authority does there. @returns its answer */
  async act(path: string, body: object): Promise<Record<string, unknown>> {
    const headers = { 'content-type': 'application/json', authorization: 'Bearer sk_test_emulator' };
    const options = { method: 'POST', headers, body: JSON.stringify(body) };
    const answer = await fetch(new URL(`/_emulator${path}`, this.stripeUrl), options);
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Record<string, unknown>;
  }

  /** A payment's row. */
  async payment(id: string): Promise<Record<string, unknown>> {
    const [row] = await this.sql<Record<string, unknown>>('select * from payments.payments where id = ?', [id]);
    if (!row) throw new Error(`There is no payment ${id}`);
    return row;
  }

  /** Where a booking of marketplace stands. */
  async bookingStatus(id: string): Promise<string | undefined> {
    const [row] = await this.sql<{ status: string }>('select status from marketplace.bookings where id = ?', [id]);
    return row?.status;
  }

  /** What each account of the ledger holds, by `KIND`, or `KIND:owner` where there is one; debits are positive. */
  async balances(): Promise<Record<string, number>> {
    const rows = await this.sql<{ name: string; balance: string }>(
      `select a.kind || case when a.owner = '' then '' else ':' || a.owner end as name, sum(p.amount_minor) as balance
         from payments.postings p join payments.ledger_accounts a on a.id = p.account_id group by 1`,
    );
    return Object.fromEntries(rows.map(({ name, balance }) => [name, Number(balance)]));
  }

  /** What the room told of something, the oldest first: nouns and verbs, such as `payment.succeeded`. */
  async told(subject: string): Promise<string[]> {
    const rows = await this.sql<{ type: string }>(
      `select event ->> 'type' as type from payments.outbox where event ->> 'subject' = ? order by sequence`,
      [subject],
    );
    return rows.map(({ type }) => type.split('.').slice(2, 4).join('.'));
  }

  /** What has not been done, in all rooms. One statement sees one moment: what follows from a thing is there when it is gone. */
  private async unsettled(): Promise<string[]> {
    const rooms = [...this.graph.rooms.keys()];
    const unnumbered = rooms.map(
      (room) => `select '${room} has events to number' as what from ${room}.outbox where position is null`,
    );
    const unheard = rooms.flatMap((room) =>
      rooms.map(
        (stream) => `select '${room} has not heard ' || consumer from ${room}.inbox
          where stream = '${stream}' and position < (select coalesce(max(position), 0) from ${stream}.outbox)`,
      ),
    );
    const calls = `select kind || ': ' || coalesce(last_error, 'not made yet') from payments.stripe_operations
      where status = 'PENDING'`;
    const rows = await this.sql<{ what: string }>([...unnumbered, ...unheard, calls].join(' union all '));
    return rows.map(({ what }) => what);
  }

  private async mutateIn(room: string, field: string, input: object, person?: TestPerson): Promise<Outcome> {
    const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`;
    const query = `mutation ($input: ${type}!) { ${field}(input: $input) { ${selections[field] ?? ''} userErrors { code field message } } }`;
    const { data, codes } = await this.graph.run(room, query, { input }, person);
    const payload = (data[field] ?? {}) as Record<string, unknown>;
    const userErrors = (payload['userErrors'] ?? []) as { code: string }[];
    return { payload, refused: userErrors.map(({ code }) => code), codes: [...new Set(codes)] };
  }
}

/** The full hour at least so many hours from now. */
export function inHours(hours: number): Date {
  const hour = 3_600_000;
  return new Date(Math.ceil(Date.now() / hour) * hour + hours * hour);
}

function idIn({ payload, refused, codes }: Outcome, name: string): string {
  const made = payload[name] as { id: string } | null | undefined;
  if (!made) throw new Error(`There is no ${name}: ${[...refused, ...codes].join()}`);
  return made.id;
}

function submit(url: string, form: Record<string, string>): Promise<Response> {
  return fetch(url, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' });
}
