import type { TestPerson } from '@tutorgraph/kit/testing/people';
import type { Chat } from './chat.js';

/** Somebody who teaches, with a profile. */
export interface TestTutor extends TestPerson {
  tutorId: string;
}

/** What students and tutors do in marketplace, beside which they chat. */
export class School {
  private count = 0;

  constructor(private readonly chat: Chat) {}

  async tutor(): Promise<TestTutor> {
    const person = await this.chat.graph.person('TUTOR', { firstName: 'Tanya', lastName: 'Teacher' });
    const profile = {
      headline: 'Patient and well prepared',
      currency: 'EUR',
      languages: ['en'],
      formats: ['ONLINE'],
      experienceYears: 5,
    };
    return { ...person, tutorId: await this.made('createTutorProfile', profile, person, 'tutor') };
  }

  async order(student: TestPerson): Promise<string> {
    this.count += 1;
    const admin = await this.chat.graph.person('ADMIN');
    const subject = { slug: `subject-${this.count}`, nameEn: 'Anything', nameRu: 'Что угодно' };
    const subjectId = await this.made('createSubject', subject, admin, 'subject');
    const order = { subjectId, level: 'EXAM', title: 'Algebra before the exam', format: 'ONLINE' };
    return this.made('postOrder', order, student, 'order');
  }

  application(tutor: TestPerson, orderId: string): Promise<string> {
    const proposedRate = { amountMinor: 3_000, currency: 'EUR' };
    return this.made('applyToOrder', { orderId, message: 'I can help.', proposedRate }, tutor, 'application');
  }

  /** A tutor's application to an order of a student, and the lessons that the student has agreed to by it. */
  async booking(student: TestPerson, tutor: TestPerson): Promise<string> {
    const applicationId = await this.application(tutor, await this.order(student));
    return this.made('chooseApplication', { applicationId }, student, 'booking');
  }

  private async made(field: string, input: object, person: TestPerson, name: string): Promise<string> {
    const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`;
    const query = `mutation ($input: ${type}!) { ${field}(input: $input) { ${name} { id } userErrors { code field } } }`;
    const { data, codes } = await this.chat.graph.run('marketplace', query, { input }, person);
    const payload = data[field] as Record<string, { id: string } | null> | null;
    const id = payload?.[name]?.id;
    if (!id) throw new Error(`${field} was refused: ${JSON.stringify([payload, codes])}`);
    return id;
  }
}
