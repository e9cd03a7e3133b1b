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
  userErrors: { code: string; field: string[] | null; message: string }[];
  /** Codes of `errors`, each once. */
  codes: string[];
}

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
  reviewTutor: 'review { id rating text } tutor { id rating reviewCount }',
  updateReview: 'review { id rating text } tutor { id rating reviewCount }',
  deleteReview: 'deletedReviewId tutor { id rating reviewCount }',
};

/** The marketplace with accounts beside it, and short ways to what tests begin with. */
export class Market {
  private count = 0;

  private constructor(readonly graph: TestGraph) {}

  static async open(): Promise<Market> {
    const names = ['accounts', 'marketplace'];
    return new Market(await startTestGraph(names, undefined, undefined, openGenerousRateLimiter));
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
      ${field}(input: $input) { ${selections[field]} userErrors { code field message } }
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
    if (status !== 'UNSCHEDULED')
      await this.sql('update marketplace.bookings set status = ? where id = ?', [status, id]);
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
