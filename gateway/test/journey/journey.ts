import { confirmAddress } from './confirm-address.js';
import { type Endpoints, Person } from './person.js';
import { Watch } from './watch.js';

const REGISTER = `mutation Register($input: RegisterInput!) {
  register(input: $input) { accepted userErrors { code field message } }
}`;
const SIGN_IN = `mutation SignIn($input: SignInInput!) {
  signIn(input: $input) { session { accessToken } userErrors { code message } }
}`;
const CREATE_SUBJECT = `mutation CreateSubject($input: CreateSubjectInput!) {
  createSubject(input: $input) { subject { id } userErrors { code field message } }
}`;
const CREATE_PROFILE = `mutation CreateTutorProfile($input: CreateTutorProfileInput!) {
  createTutorProfile(input: $input) { tutor { id displayName } userErrors { code field message } }
}`;
const ADD_OFFERING = `mutation AddOffering($input: AddOfferingInput!) {
  addOffering(input: $input) { offering { id } userErrors { code field message } }
}`;
const POST_ORDER = `mutation PostOrder($input: PostOrderInput!) {
  postOrder(input: $input) { order { id status } userErrors { code field message } }
}`;
const APPLY = `mutation ApplyToOrder($input: ApplyToOrderInput!) {
  applyToOrder(input: $input) { application { id } userErrors { code field message } }
}`;
const CHOOSE = `mutation ChooseApplication($input: ChooseApplicationInput!) {
  chooseApplication(input: $input) {
    application { id status }
    order { id status }
    booking { id status price { amountMinor currency } }
    userErrors { code field message }
  }
}`;
const ORDER = `query Order($id: ID!) {
  order(id: $id) { id title status applicationCount student { email } chosenApplication { id } }
}`;
const TUTOR = `query Tutor($id: ID!) {
  tutor(id: $id) { id displayName offerings { hourlyRate { amountMinor currency } } }
}`;
const RECEIVED = `subscription ApplicationReceived($orderId: ID!, $after: String) {
  applicationReceived(orderId: $orderId, after: $after) {
    cursor
    application {
      id message status
      proposedRate { amountMinor currency }
      tutor { id displayName headline }
      order { id student { email displayName } }
    }
  }
}`;
const RECEIVED_IDS = `subscription ApplicationIds($orderId: ID!, $after: String) {
  applicationReceived(orderId: $orderId, after: $after) { cursor application { id } }
}`;
const CHANGED = `subscription ApplicationChanged($after: String) {
  applicationChanged(after: $after) { cursor application { id status order { title } } }
}`;

const PASSWORD = 'a pass phrase for the journey';
const BUDGET = { amountMinor: 3_500, currency: 'EUR' };
let people = 0;

/** An application as the student's subscription shows it: fields of marketplace and, below `student`, of accounts. */
export interface ReceivedApplication {
  id: string;
  message: string;
  status: string;
  proposedRate: { amountMinor: number; currency: string };
  tutor: { id: string; displayName: string; headline: string };
  order: { id: string; student: { email: string; displayName: string } };
}

/** An order as its student sees it. */
export interface OwnOrder {
  id: string;
  title: string;
  status: string;
  applicationCount: number;
  student: { email: string };
  chosenApplication: { id: string } | null;
}

/** Registers somebody, signs them in and confirms their address. `promote` runs before they sign in. */
export async function signUp(
  endpoints: Endpoints,
  { role, firstName }: { role: 'STUDENT' | 'TUTOR'; firstName: string },
  promote?: (email: string) => Promise<void>,
): Promise<Person> {
  people += 1;
  const email = `${firstName.toLowerCase()}-${people}@journey.tutorgraph.example`;
  const stranger = new Person(endpoints, email);
  await stranger.run(REGISTER, { input: { email, password: PASSWORD, firstName, lastName: 'Journey', role } });
  await promote?.(email);
  await confirmAddress(await signIn(stranger));
  return signIn(stranger);
}

/** Opens a session for somebody who has registered. */
export async function signIn({ endpoints, email }: Person): Promise<Person> {
  const { signIn: answer } = await new Person(endpoints, email).run<{ signIn: { session: { accessToken: string } } }>(
    SIGN_IN,
    { input: { email, password: PASSWORD } },
  );
  return new Person(endpoints, email, `Bearer ${answer.session.accessToken}`);
}

/** @returns the subject's id */
export async function createSubject(admin: Person): Promise<string> {
  const input = { slug: 'english', nameEn: 'English', nameRu: 'Английский язык' };
  const answer = await admin.run<{ createSubject: { subject: { id: string } } }>(CREATE_SUBJECT, { input });
  return answer.createSubject.subject.id;
}

/** Registers a tutor with a profile and an offering. */
export async function signUpTutor(
  endpoints: Endpoints,
  subjectId: string,
  firstName: string,
): Promise<{ person: Person; tutorId: string }> {
  const person = await signUp(endpoints, { role: 'TUTOR', firstName });
  const profile = {
    headline: `${firstName} teaches English`,
    currency: BUDGET.currency,
    languages: ['en'],
    formats: ['ONLINE'],
    experienceYears: 5,
  };
  const answer = await person.run<{ createTutorProfile: { tutor: { id: string } } }>(CREATE_PROFILE, {
    input: profile,
  });
  await person.run(ADD_OFFERING, { input: { subjectId, levels: ['EXAM'], hourlyRate: BUDGET } });
  return { person, tutorId: answer.createTutorProfile.tutor.id };
}

/** @returns the order's id */
export async function postOrder(student: Person, subjectId: string, title = 'IELTS before summer'): Promise<string> {
  const input = { subjectId, level: 'EXAM', title, format: 'ONLINE', budget: BUDGET };
  const answer = await student.run<{ postOrder: { order: { id: string; status: string } } }>(POST_ORDER, { input });
  return answer.postOrder.order.id;
}

/** @returns the application's id */
export async function applyToOrder(tutor: Person, orderId: string, message: string): Promise<string> {
  const input = { orderId, message, proposedRate: BUDGET };
  const answer = await tutor.run<{ applyToOrder: { application: { id: string } } }>(APPLY, { input });
  return answer.applyToOrder.application.id;
}

/** What choosing has brought about. */
export async function chooseApplication(student: Person, applicationId: string) {
  const answer = await student.run<{
    chooseApplication: {
      application: { id: string; status: string };
      order: { id: string; status: string };
      booking: { status: string; price: typeof BUDGET };
    };
  }>(CHOOSE, { input: { applicationId } });
  return answer.chooseApplication;
}

export async function readOrder(student: Person, id: string): Promise<OwnOrder> {
  return (await student.run<{ order: OwnOrder }>(ORDER, { id })).order;
}

export async function readTutor(person: Person, id: string) {
  return (await person.run<{ tutor: { id: string; displayName: string; offerings: unknown[] } }>(TUTOR, { id })).tutor;
}

const received = { field: 'applicationReceived', payload: 'application' };

/** The student's live applications, with all that is to be known of each. */
export function watchApplications(student: Person, orderId: string): Promise<Watch<ReceivedApplication>> {
  return Watch.start(student, { ...received, query: RECEIVED, variables: { orderId } });
}

/** The same, another operation: it has an upstream of its own. */
export function watchApplicationIds(student: Person, orderId: string): Promise<Watch<{ id: string }>> {
  return Watch.start(student, { ...received, query: RECEIVED_IDS, variables: { orderId } });
}

/** A tutor's own applications, live. */
export function watchOwnApplications(tutor: Person): Promise<Watch<{ id: string; status: string }>> {
  return Watch.start(tutor, { query: CHANGED, field: 'applicationChanged', payload: 'application' });
}
