import { openGenerousRateLimiter } from '@tutorgraph/kit/testing/generous-limits';
import { startTestGraph, type TestGraph, type TestResult } from '@tutorgraph/kit/testing/graph';
import type { TestPerson } from '@tutorgraph/kit/testing/people';

/** Somebody who teaches, with a profile. */
export interface TestTutor extends TestPerson {
  tutorId: string;
}

/** What a mutation answers: the payload, and the codes of what went wrong. */
export interface Outcome {
  payload: Record<string, unknown> | null;
  /** Codes of `userErrors`. */
  refused: string[];
  /** `userErrors` as they are. */
  userErrors: {
    code: string;
    field: string[] | null;
    message: string;
    alternatives?: { startsAt: string; endsAt: string; localStart: string }[];
    conflicts?: { startsAt: string; reason: string; alternatives: { startsAt: string }[] }[];
  }[];
  /** Codes of `errors`, each once. */
  codes: string[];
}

/** A lesson as a test wants it: fields of its slot, and where it stands. */
interface BookedLesson extends Record<string, unknown> {
  startsAt?: Date;
  status?: string;
}

const BOOKED = 'id status kind startsAt endsAt durationMinutes expiresAt price { amountMinor } amount { amountMinor }';

/** What a booking error tells besides. */
const ERROR_DETAILS: Record<string, string> = {
  createBookingSeries: 'conflicts { startsAt reason alternatives { startsAt endsAt localStart } }',
  ...Object.fromEntries(
    ['holdSlot', 'createBooking', 'rescheduleBooking'].map((field) => [
      field,
      'alternatives { startsAt endsAt localStart }',
    ]),
  ),
};

const INTERVIEW =
  'interview { id status version startsAt endsAt note internalNote rejectionReason verdict outcomeNote cancelledBy cancelReason interviewer { id } }';

const selections: Record<string, string> = {
  createSubject: 'subject { id slug name archivedAt }',
  updateSubject: 'subject { id slug name archivedAt }',
  archiveSubject: 'subject { id archivedAt }',
  createTutorProfile:
    'tutor { id displayName headline biography currency languages formats experienceYears rating hidden }',
  updateTutorProfile: 'tutor { id displayName headline biography city currency languages formats experienceYears }',
  hideTutorProfile: 'tutor { id hidden }',
  addOffering:
    'offering { id levels hourlyRate { amountMinor currency } subject { id } } tutor { id offerings { id } }',
  updateOffering: 'offering { id levels hourlyRate { amountMinor currency } } tutor { id }',
  withdrawOffering: 'tutor { id offerings { id } }',
  postOrder:
    'order { id title status goal city format level budget { amountMinor currency } student { id } applicationCount }',
  updateOrder: 'order { id title status goal city format level budget { amountMinor currency } subject { id } }',
  closeOrder: 'order { id status closedAt applications { edges { node { status } } } }',
  deleteOrder: 'deletedOrderId',
  applyToOrder: 'application { id status message proposedRate { amountMinor currency } order { id } tutor { id } }',
  withdrawApplication: 'application { id status decidedAt }',
  declineApplication: 'application { id status decidedAt }',
  chooseApplication: `application { id status } order { id status closedAt }
    booking { id status startsAt endsAt price { amountMinor currency } tutor { id } student { id } }`,
  setSchedule: 'tutor { id schedule { timeZone } }',
  setDateOverride: 'tutor { schedule { overrides { date windows { startsAtMinute endsAtMinute } } } }',
  removeDateOverride: 'tutor { schedule { overrides { date } } }',
  addDaysOff: 'daysOff { id fromDate toDate } tutor { schedule { daysOff { id } } }',
  removeDaysOff: 'tutor { schedule { daysOff { id } } }',
  cancelBooking: 'booking { id status cancellation { by reason refundPercent } allowedActions }',
  cancelSeries: 'cancelled { id status cancellation { refundPercent } } kept { id status }',
  completeBooking: 'booking { id status }',
  reportNoShow: 'booking { id status absence { absent refundPercent dispute { statement } } }',
  disputeNoShow: 'booking { id status absence { absent dispute { statement note resolvedAt } } }',
  resolveDispute: `booking { id status cancellation { by refundPercent }
    absence { absent refundPercent dispute { statement note resolvedAt } } }`,
  markBookingPaid: 'booking { id status }',
  saveSearch: 'savedSearch { id name notify subjects { id } filter { text priceTo city languages } }',
  updateSavedSearch: 'savedSearch { id name notify }',
  deleteSavedSearch: 'deletedSavedSearchId',
  answerReview: 'review { id answer { text state } }',
  updateReviewAnswer: 'review { id answer { text state } }',
  deleteReviewAnswer: 'review { id answer { text } }',
  decideModeration: 'moderationCase { id status outcome reason }',
  appealModeration: 'moderationCase { id status appealStatement }',
  reviewTutor: 'review { id rating text state } tutor { id rating reviewCount }',
  updateReview: 'review { id rating text state } tutor { id rating reviewCount }',
  saveTutor: 'tutor { id saved }',
  unsaveTutor: 'tutor { id saved }',
  submitVerification:
    'verification { id kind status title issuer number issuedOn validUntil documents { contentType size } check { verdict } }',
  withdrawVerification: 'withdrawnVerificationId',
  approveVerification: 'verification { id status validUntil decidedBy { id } } tutor { id verified verifiedKinds }',
  answerRateProposal:
    'rate { id hourlyRate { amountMinor currency } proposedRate { amountMinor } proposedAt student { id } }',
  rejectVerification: 'verification { id status validUntil rejectionReason } tutor { id verified verifiedKinds }',
  requestInterview: INTERVIEW,
  updateInterview: INTERVIEW,
  scheduleInterview: INTERVIEW,
  rejectInterview: INTERVIEW,
  completeInterview: INTERVIEW,
  cancelInterview: INTERVIEW,
  deleteReview: 'deletedReviewId tutor { id rating reviewCount }',
  holdSlot: `booking { ${BOOKED} }`,
  releaseSlot: `booking { ${BOOKED} }`,
  createBooking: `booking { ${BOOKED} }`,
  createBookingSeries: `bookings { ${BOOKED} seriesId }`,
  rescheduleBooking: `booking { ${BOOKED} movedLateAt }`,
};

/** The marketplace with accounts beside it, and short ways to what tests begin with. */
export class Market {
  private count = 0;

  private constructor(readonly graph: TestGraph) {}

  /** @param settings of the rooms, besides those that every test has */
  static async open(settings: Record<string, string> = {}): Promise<Market> {
    const names = ['accounts', 'marketplace'];
    return new Market(await startTestGraph(names, undefined, settings, openGenerousRateLimiter));
  }

  close(): Promise<void> {
    return this.graph.close();
  }

  run(query: string, variables: object = {}, person?: TestPerson): Promise<TestResult> {
    return this.graph.run('marketplace', query, variables, person);
  }

  /** Runs a mutation by its name. */
  async mutate(field: string, input: object, person?: TestPerson): Promise<Outcome> {
    const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`;
    const query = `mutation ($input: ${type}!) {
      ${field}(input: $input) { ${selections[field]} userErrors { code field message ${ERROR_DETAILS[field] ?? ''} } }
    }`;
    const { data, codes } = await this.run(query, { input }, person);
    const payload = (data[field] ?? null) as Record<string, unknown> | null;
    const userErrors = (payload?.['userErrors'] ?? []) as Outcome['userErrors'];
    return { payload, userErrors, refused: userErrors.map(({ code }) => code), codes: [...new Set(codes)] };
  }

  /** Runs a mutation that must succeed and gives the object of its payload with this name. */
  async made(field: string, input: object, person: TestPerson, name: string): Promise<{ id: string }> {
    const { payload, userErrors, codes } = await this.mutate(field, input, person);
    const found = payload?.[name];
    if (!found) throw new Error(`${field} was refused: ${JSON.stringify([userErrors, codes])}`);
    return found as { id: string };
  }

  async subject(name = 'Anything'): Promise<string> {
    this.count += 1;
    const slug = `${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}-${this.count}`;
    const admin = await this.graph.person('ADMIN');
    return (await this.made('createSubject', { slug, nameEn: name, nameRu: `${name} по-русски` }, admin, 'subject')).id;
  }

  student(): Promise<TestPerson> {
    return this.graph.person('STUDENT');
  }

  async tutor(profile: object = {}): Promise<TestTutor> {
    const person = await this.graph.person('TUTOR', { firstName: 'Tanya', lastName: 'Teacher' });
    const { id } = await this.made('createTutorProfile', { ...PROFILE, ...profile }, person, 'tutor');
    return { ...person, tutorId: id };
  }

  async offering(tutor: TestTutor, subjectId: string, amountMinor = 2_500, change: object = {}): Promise<string> {
    const hourlyRate = { amountMinor, currency: 'EUR' };
    const input = { subjectId, levels: ['EXAM'], hourlyRate, ...change };
    return (await this.made('addOffering', input, tutor, 'offering')).id;
  }

  async order(student: TestPerson, change: object = {}): Promise<string> {
    const subjectId = 'subjectId' in change ? change.subjectId : await this.subject();
    return (await this.made('postOrder', { ...ORDER, subjectId, ...change }, student, 'order')).id;
  }

  async application(tutor: TestPerson, orderId: string, amountMinor = 3_000): Promise<string> {
    const proposedRate = { amountMinor, currency: 'EUR' };
    const input = { orderId, message: 'I can help.', proposedRate };
    return (await this.made('applyToOrder', input, tutor, 'application')).id;
  }

  /** A booking of a student with a tutor, as an order and its chosen application leave it. */
  async booking(student: TestPerson, tutor: TestTutor, status = 'UNSCHEDULED', subjectId?: string): Promise<string> {
    const orderId = await this.order(student, subjectId ? { subjectId } : {});
    const applicationId = await this.application(tutor, orderId);
    const { id } = await this.made('chooseApplication', { applicationId }, student, 'booking');
    if (status !== 'UNSCHEDULED') {
      await this.sql(
        `update marketplace.bookings set status = ?, cancelled_at = case when ? = 'CANCELLED' then now() end,
           completed_at = case when ? = 'COMPLETED' then now() end where id = ?`,
        [status, status, status, id],
      );
    }
    return id;
  }

  /** Opens a tutor's schedule all week, day and night, with a slot every five minutes. */
  async schedule({ tutorId }: TestTutor, timeZone = 'UTC'): Promise<void> {
    await this.sql(
      `insert into marketplace.schedules (tutor_id, time_zone, buffer_before_minutes, buffer_after_minutes,
         minimum_notice_minutes, booking_window_days, slot_step_minutes, created_at, updated_at)
       values (?, ?, 0, 0, 0, 365, 5, now(), now())`,
      [tutorId, timeZone],
    );
    await this.sql(
      `insert into marketplace.schedule_rules (id, tutor_id, weekday, starts_at_minute, ends_at_minute)
       select gen_random_uuid(), ?, day, 0, 1440 from generate_series(1, 7) as day`,
      [tutorId],
    );
  }

  /** Somebody who teaches one subject all week, day and night, at 25 euros an hour. */
  async teacher(subjectId: string): Promise<TestTutor> {
    const tutor = await this.tutor();
    await this.offering(tutor, subjectId);
    await this.schedule(tutor);
    return tutor;
  }

  /** A lesson of an hour, as somebody wants to have it; all week tutors are free then. */
  slot({ tutorId }: TestTutor, subjectId: string, startsAt: Date, change: object = {}) {
    return { tutorId, subjectId, startsAt, durationMinutes: 60, ...change };
  }

  /** A booking of a student with a tutor who teaches the subject, moved on to a status by hand. */
  async booked(
    student: TestPerson,
    tutor: TestTutor,
    subjectId: string,
    { startsAt = inHours(72), status = 'CONFIRMED', ...change }: BookedLesson = {},
  ): Promise<string> {
    const slot = this.slot(tutor, subjectId, startsAt, change);
    const { id } = await this.made('createBooking', { slot }, student, 'booking');
    if (status !== 'PENDING_PAYMENT') {
      await this.sql(
        `update marketplace.bookings set status = ?, expires_at = null, paid_at = now(),
           cancelled_at = case when ? = 'CANCELLED' then now() end where id = ?`,
        [status, status, id],
      );
    }
    return id;
  }

  /** What no mutation can do yet. */
  async sql<Row extends object>(statement: string, values: unknown[] = []): Promise<Row[]> {
    const room = this.graph.rooms.get('marketplace');
    return room ? room.orm.em.fork().execute<Row[]>(statement, values) : [];
  }

  /** Ids of the nodes of a connection, as a list field gives them. */
  async ids(query: string, field: string, variables: object = {}, person?: TestPerson): Promise<string[]> {
    const { data, codes } = await this.run(query, variables, person);
    if (codes.length > 0) throw new Error(`${field} failed: ${codes.join(', ')}`);
    const { edges } = data[field] as { edges: { node: { id: string } }[] };
    return edges.map(({ node }) => node.id);
  }
}

/** The full hour at least so many hours from now. */
export function inHours(hours: number): Date {
  const hour = 3_600_000;
  return new Date(Math.ceil(Date.now() / hour) * hour + hours * hour);
}

/** A profile that is in order. */
export const PROFILE = {
  headline: 'Patient and well prepared',
  currency: 'EUR',
  languages: ['en', 'ru'],
  formats: ['ONLINE'],
  experienceYears: 5,
};

/** An order that is in order, but for its subject. */
export const ORDER = {
  level: 'EXAM',
  title: 'Algebra before the exam',
  goal: 'A good mark',
  format: 'ONLINE',
  budget: { amountMinor: 3_500, currency: 'EUR' },
};

/** An id that nothing has. */
export const NOBODY = '01900000-0000-7000-8000-000000000000';
