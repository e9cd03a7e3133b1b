import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { vi } from 'vitest';
import { freeSlots } from '../journey/booking-journey.js';
import type { Person } from '../journey/person.js';
import type { Group, MoneyWorld } from './money-world.js';
import { onboardOnPage, payOnPage } from './stripe-pages.js';

/** Something that somebody does; lessons, packages and people are named by their place among those that there are. */
export type Action =
  | { kind: 'LESSON'; student: number; tutor: number; by: 'CHECKOUT' | 'INTENT'; card: Card }
  | { kind: 'CANCEL'; lesson: number; by: 'STUDENT' | 'TUTOR' }
  | { kind: 'COMPLETE'; lesson: number }
  | { kind: 'REFUND'; lesson: number; percent: number }
  | { kind: 'PACKAGE'; student: number; tutor: number }
  | { kind: 'PACKAGE_LESSON'; bundle: number }
  | { kind: 'ONBOARD'; tutor: number }
  | { kind: 'WITHDRAW'; tutor: number; percent: number }
  | { kind: 'GOODWILL'; tutor: number }
  | { kind: 'DISPUTE_ENDS'; lesson: number; won: boolean };

/** What a card does. */
export type Card = 'GOOD' | 'DECLINED_FIRST' | 'DISPUTED';

const NUMBERS: Readonly<Record<Card, string>> = {
  // Its money can be used at once.
  GOOD: '4000000000000077',
  DECLINED_FIRST: '4000000000000002',
  DISPUTED: '4000000000000259',
};
const METHODS: Readonly<Record<Card, string>> = {
  GOOD: 'pm_card_bypassPending',
  DECLINED_FIRST: 'pm_card_visa_chargeDeclined',
  DISPUTED: 'pm_card_createDispute',
};
const HERE = 'http://localhost:4000';
const LOOKS_BEFORE_RESTART = 20;
const PATIENCE = { timeout: 60_000, interval: 150 };

const BOOK = `mutation ($input: CreateBookingInput!) {
  createBooking(input: $input) { booking { id status } userErrors { code } }
}`;
const CHECKOUT = `mutation ($input: CreateCheckoutInput!) {
  createCheckout(input: $input) { payment { id status checkoutUrl } userErrors { code } }
}`;
const INTENT = `mutation ($input: CreatePaymentIntentInput!) {
  createPaymentIntent(input: $input) { payment { id status } clientSecret userErrors { code } }
}`;
const CONFIRM = `mutation ($input: ConfirmPaymentInput!) {
  confirmPayment(input: $input) { payment { id status } userErrors { code } }
}`;
const CANCEL = `mutation ($input: CancelBookingInput!) {
  cancelBooking(input: $input) { booking { id } userErrors { code } }
}`;
const COMPLETE = `mutation ($input: CompleteBookingInput!) {
  completeBooking(input: $input) { booking { id } userErrors { code } }
}`;
const REFUND = `mutation ($input: RefundPaymentInput!) {
  refundPayment(input: $input) { payment { id } userErrors { code } }
}`;
const BUY_PACKAGE = `mutation ($input: BuyPackageInput!) {
  buyPackage(input: $input) { package { id } payment { id checkoutUrl } userErrors { code } }
}`;
const ACCOUNT = `mutation ($input: CreatePayoutAccountInput!) {
  createPayoutAccount(input: $input) { account { transfersEnabled } userErrors { code } }
}`;
const ONBOARDING = `mutation ($input: PayoutOnboardingLinkInput!) {
  payoutOnboardingLink(input: $input) { url userErrors { code } }
}`;
const BALANCE = '{ myBalance { withdrawable { amountMinor currency } } }';
const WITHDRAW = `mutation ($input: RequestWithdrawalInput!) {
  requestWithdrawal(input: $input) { withdrawal { id status } userErrors { code } }
}`;
const TRANSFER = `mutation ($input: TransferToTutorInput!) {
  transferToTutor(input: $input) { transfer { id } userErrors { code } }
}`;

interface Answer {
  userErrors: { code: string }[];
}

interface Lesson {
  bookingId: string;
  paymentId: string | null;
  student: Person;
  tutor: Person;
}

/** One group of people who do one thing after another; a client is as patient as a good front end: it asks again, under the same key. */
export class Story {
  readonly lessons: Lesson[] = [];
  readonly bundles: { packageId: string; student: Person; tutor: number }[] = [];
  private readonly slots = new Map<string, { startsAt: string }[]>();

  constructor(
    private readonly world: MoneyWorld,
    readonly group: Group,
    /** What goes on beside each action. */
    private readonly beside: (work: Promise<unknown>) => Promise<unknown> = (work) => work,
  ) {}

  /** @returns how it ended, in a word */
  async act(action: Action): Promise<string> {
    const work = this.perform(action);
    await this.beside(work);
    const outcome = await work;
    await this.world.settled();
    return outcome;
  }

  private perform(action: Action): Promise<string> {
    switch (action.kind) {
      case 'LESSON':
        return this.lesson(action);
      case 'CANCEL':
        return this.with(action.lesson, (lesson) =>
          this.ask(action.by === 'STUDENT' ? lesson.student : lesson.tutor, 'cancelBooking', CANCEL, {
            bookingId: lesson.bookingId,
            reason: 'Something came up',
          }),
        );
      case 'COMPLETE':
        return this.with(action.lesson, (lesson) => this.complete(lesson));
      case 'REFUND':
        return this.with(action.lesson, (lesson) => this.refund(lesson, action.percent));
      case 'PACKAGE':
        return this.buyPackage(action);
      case 'PACKAGE_LESSON':
        return this.packageLesson(action.bundle);
      case 'ONBOARD':
        return this.onboard(action.tutor);
      case 'WITHDRAW':
        return this.withdraw(action.tutor, action.percent);
      case 'GOODWILL':
        return this.ask(this.world.admin, 'transferToTutor', TRANSFER, {
          tutorId: this.tutor(action.tutor).tutorId,
          amount: { amountMinor: 700, currency: 'EUR' },
          reason: 'A good month',
          idempotencyKey: randomUUID(),
        });
      case 'DISPUTE_ENDS':
        return this.with(action.lesson, (lesson) => this.endDispute(lesson, action.won));
    }
  }

  private async lesson({ student: index, tutor, by, card }: Extract<Action, { kind: 'LESSON' }>): Promise<string> {
    const student = this.student(index);
    const bookingId = await this.book(student, tutor);
    if (!bookingId) return 'NO_SLOT';
    const lesson = { bookingId, paymentId: null, student, tutor: this.tutor(tutor).person };
    this.lessons.push(lesson);
    const paymentId = await (by === 'CHECKOUT' ? this.payOnPage(lesson, card) : this.payByIntent(lesson, card));
    Object.assign(lesson, { paymentId });
    const outcome = await this.paid(student, paymentId);
    if (card === 'DISPUTED') await this.disputed(paymentId);
    return outcome;
  }

  /** The cardholder disputes it a moment later. News of that may be lost: then it is heard of when the room starts. */
  private async disputed(paymentId: string): Promise<void> {
    for (let look = 1; ; look++) {
      const [row] = await this.world.rows<{ is: boolean }>(
        'select frozen_at is not null as is from payments.payments where id = $1',
        [paymentId],
      );
      if (row?.is) return;
      await delay(PATIENCE.interval);
      if (look % LOOKS_BEFORE_RESTART === 0) await this.world.crash();
    }
  }

  private async payOnPage({ bookingId, student }: Lesson, card: Card): Promise<string> {
    const input = { bookingId, successUrl: `${HERE}/paid`, cancelUrl: `${HERE}/back`, idempotencyKey: randomUUID() };
    const { payment } = await this.answer<{ payment: { id: string; checkoutUrl: string } }>(
      student,
      'createCheckout',
      CHECKOUT,
      input,
    );
    await payOnPage(payment.checkoutUrl, NUMBERS[card]);
    if (card === 'DECLINED_FIRST') await payOnPage(payment.checkoutUrl, NUMBERS.GOOD);
    return payment.id;
  }

  private async payByIntent({ bookingId, student }: Lesson, card: Card): Promise<string> {
    const input = { bookingId, idempotencyKey: randomUUID() };
    const { payment, clientSecret } = await this.answer<{ payment: { id: string }; clientSecret: string }>(
      student,
      'createPaymentIntent',
      INTENT,
      input,
    );
    const intent = clientSecret.split('_secret_')[0] ?? '';
    const confirm = async (method: string) => {
      const options = { payment_method: method, return_url: `${HERE}/paid` };
      await patiently(async () => {
        try {
          await this.world.stripe.paymentIntents.confirm(intent, options);
        } catch (error) {
          if (!(error instanceof Error) || !/declined|already succeeded/.test(error.message)) throw error;
        }
      });
    };
    await confirm(METHODS[card]);
    if (card === 'DECLINED_FIRST') await confirm(METHODS.GOOD);
    return payment.id;
  }

  /** What a front end does when somebody comes back from the page. */
  private async paid(student: Person, paymentId: string): Promise<string> {
    return vi.waitFor(async () => {
      const { payment } = await this.answer<{ payment: { status: string } }>(student, 'confirmPayment', CONFIRM, {
        paymentId,
      });
      if (payment.status === 'PENDING' || payment.status === 'PROCESSING') throw new Error(payment.status);
      return 'PAID';
    }, PATIENCE);
  }

  private async complete({ bookingId }: Lesson): Promise<string> {
    await this.world.rows(
      `update marketplace.bookings set starts_at = now() - interval '2 hours', ends_at = now() - interval '1 hour'
       where id = $1 and status = 'CONFIRMED'`,
      [bookingId],
    );
    return this.ask(this.world.admin, 'completeBooking', COMPLETE, { bookingId });
  }

  private async refund({ paymentId }: Lesson, percent: number): Promise<string> {
    const [payment] = await this.world.rows<{ amount: string }>(
      'select amount_minor as amount from payments.payments where id = $1',
      [paymentId],
    );
    const amount = { amountMinor: Math.round((Number(payment?.amount ?? 0) * percent) / 100), currency: 'EUR' };
    const input = { paymentId, amount, reason: 'The lesson was short', idempotencyKey: randomUUID() };
    return this.ask(this.world.admin, 'refundPayment', REFUND, input);
  }

  private async buyPackage({ student: index, tutor }: Extract<Action, { kind: 'PACKAGE' }>): Promise<string> {
    const student = this.student(index);
    const input = {
      tutorId: this.tutor(tutor).tutorId,
      subjectId: this.world.subjectId,
      lessons: 5,
      durationMinutes: 60,
      successUrl: `${HERE}/paid`,
      cancelUrl: `${HERE}/back`,
      idempotencyKey: randomUUID(),
    };
    const answer = await this.answer<{ package: { id: string }; payment: { id: string; checkoutUrl: string } }>(
      student,
      'buyPackage',
      BUY_PACKAGE,
      input,
    );
    await payOnPage(answer.payment.checkoutUrl, NUMBERS.GOOD);
    this.bundles.push({ packageId: answer.package.id, student, tutor });
    return this.paid(student, answer.payment.id);
  }

  private async packageLesson(index: number): Promise<string> {
    const bundle = this.bundles[index % Math.max(this.bundles.length, 1)];
    if (!bundle) return 'NOTHING';
    const bookingId = await this.book(bundle.student, bundle.tutor, bundle.packageId);
    if (!bookingId) return 'NO_SLOT';
    const lesson: Lesson = {
      bookingId,
      paymentId: null,
      student: bundle.student,
      tutor: this.tutor(bundle.tutor).person,
    };
    this.lessons.push(lesson);
    await this.world.settled();
    const [row] = await this.world.rows<{ id: string }>(
      `select id from payments.payments where booking_id = $1 and status <> 'CANCELLED'`,
      [bookingId],
    );
    lesson.paymentId = row?.id ?? null;
    return row ? 'PAID' : 'REFUSED';
  }

  private async onboard(index: number): Promise<string> {
    const { person, tutorId } = this.tutor(index);
    const outcome = await this.ask(person, 'createPayoutAccount', ACCOUNT, { country: 'DE' });
    const input = { returnUrl: `${HERE}/done`, refreshUrl: `${HERE}/again` };
    const { url } = await this.answer<{ url: string | null }>(person, 'payoutOnboardingLink', ONBOARDING, input);
    if (url) await onboardOnPage(url);
    await vi.waitFor(async () => {
      const [row] = await this.world.rows<{ able: boolean }>(
        'select transfers_enabled as able from payments.payout_accounts where tutor_id = $1',
        [tutorId],
      );
      if (!row?.able) throw new Error('Stripe has not said yet that the tutor can be paid');
    }, PATIENCE);
    return outcome;
  }

  private async withdraw(index: number, percent: number): Promise<string> {
    const { person } = this.tutor(index);
    const { myBalance } = await patiently(() =>
      person.ask<{ myBalance: { withdrawable: { amountMinor: number; currency: string } }[] }>(BALANCE),
    );
    const money = myBalance.find(({ withdrawable }) => withdrawable.currency === 'EUR')?.withdrawable;
    const amountMinor = Math.floor(((money?.amountMinor ?? 0) * percent) / 100);
    if (amountMinor < 1) return 'NOTHING';
    const input = { amount: { amountMinor, currency: 'EUR' }, idempotencyKey: randomUUID() };
    return this.ask(person, 'requestWithdrawal', WITHDRAW, input);
  }

  private async endDispute({ paymentId }: Lesson, won: boolean): Promise<string> {
    const [row] = await this.world.rows<{ id: string }>(
      `select stripe_dispute_id as id from payments.disputes where payment_id = $1 and closed_at is null`,
      [paymentId],
    );
    if (!row) return 'NOTHING';
    const evidence = { uncategorized_text: won ? 'winning_evidence' : 'losing_evidence' };
    await patiently(() => this.world.stripe.disputes.update(row.id, { evidence, submit: true }));
    return won ? 'WON' : 'LOST';
  }

  private async book(student: Person, tutor: number, packageId?: string): Promise<string | null> {
    const { tutorId } = this.tutor(tutor);
    const slots = this.slots.get(tutorId) ?? (await patiently(() => freeSlots(student, tutorId)));
    this.slots.set(tutorId, slots);
    const slot = slots.shift();
    if (!slot) return null;
    const wish = { tutorId, subjectId: this.world.subjectId, startsAt: slot.startsAt, durationMinutes: 60 };
    const input = { slot: wish, idempotencyKey: randomUUID(), ...(packageId && { packageId }) };
    const { booking } = await this.answer<{ booking: { id: string } | null }>(student, 'createBooking', BOOK, input);
    return booking?.id ?? null;
  }

  private with(index: number, act: (lesson: Lesson) => Promise<string>): Promise<string> {
    const lesson = this.lessons[index % Math.max(this.lessons.length, 1)];
    return lesson ? act(lesson) : Promise.resolve('NOTHING');
  }

  private student(index: number): Person {
    const student = this.group.students[index % this.group.students.length];
    if (!student) throw new Error('There are no students');
    return student;
  }

  private tutor(index: number): Group['tutors'][number] {
    const tutor = this.group.tutors[index % this.group.tutors.length];
    if (!tutor) throw new Error('There are no tutors');
    return tutor;
  }

  private async ask(person: Person, field: string, query: string, input: object): Promise<string> {
    const { userErrors } = await this.answer<object>(person, field, query, input);
    return userErrors.map(({ code }) => code).join(' ') || 'DONE';
  }

  private answer<Payload extends object>(
    person: Person,
    field: string,
    query: string,
    input: object,
  ): Promise<Payload & Answer> {
    return patiently(async () => {
      const payload = (await person.ask<Record<string, (Payload & Answer) | null>>(query, { input }))[field];
      if (!payload) throw new Error(`${field} answered nothing`);
      return payload;
    });
  }
}

/** Tries again whatever fails, as long as a process may need to come back. */
async function patiently<Result>(work: () => Promise<Result>): Promise<Result> {
  for (const until = Date.now() + PATIENCE.timeout; ; ) {
    try {
      return await work();
    } catch (error) {
      if (Date.now() > until) throw error;
      await delay(PATIENCE.interval);
    }
  }
}
