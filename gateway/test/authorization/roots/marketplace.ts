import { everybody, only, signedIn } from '../audience.js';
import type { Table } from '../table.js';
import type { World } from '../world.js';

const readers = only('SUPER_ADMIN', 'ADMIN', 'SUPERVISOR', 'CURATOR');
const students = only('SUPER_ADMIN', 'STUDENT');
const subjectManagers = only('SUPER_ADMIN', 'ADMIN', 'HR');
const tutors = only('SUPER_ADMIN', 'TUTOR');

async function createProfile(world: World, authorization: string | undefined): Promise<Record<string, unknown>> {
  const query = `mutation { createTutorProfile(input: {
    headline: "Patient", currency: "EUR", languages: [en], formats: [ONLINE], experienceYears: 5
  }) { userErrors { code } } }`;
  await world.ask({ query, variables: {} }, authorization);
  return {};
}

/** An order that the viewer has not posted. */
async function somebodysOrder({ graph }: World): Promise<Record<string, unknown>> {
  const [admin, student] = [await graph.person('ADMIN'), await graph.person('STUDENT')];
  const slug = `subject-${student.userId}`;
  const subject = await graph.run(
    'marketplace',
    'mutation ($input: CreateSubjectInput!) { createSubject(input: $input) { subject { id } } }',
    { input: { slug, nameEn: slug, nameRu: slug } },
    admin,
  );
  const { createSubject } = subject.data as { createSubject: { subject: { id: string } } };
  const input = {
    subjectId: createSubject.subject.id,
    level: 'EXAM',
    title: 'Algebra before the exam',
    format: 'ONLINE',
  };
  const order = await graph.run(
    'marketplace',
    'mutation ($input: PostOrderInput!) { postOrder(input: $input) { order { id } } }',
    { input },
    student,
  );
  const { postOrder } = order.data as { postOrder: { order: { id: string } } };
  return { orderId: postOrder.order.id };
}

/** The marketplace room. */
export const marketplace: Table = {
  Query: {
    application: signedIn,
    booking: signedIn,
    myApplications: signedIn,
    myBookings: signedIn,
    myOrders: signedIn,
    myTutorProfile: signedIn,
    order: everybody,
    orders: everybody,
    subjects: everybody,
    tutor: everybody,
    tutors: everybody,
  },
  Mutation: {
    addOffering: tutors,
    applyToOrder: tutors,
    archiveSubject: subjectManagers,
    chooseApplication: students,
    closeOrder: students,
    createSubject: subjectManagers,
    createTutorProfile: tutors,
    declineApplication: students,
    deleteOrder: students,
    deleteReview: students,
    hideTutorProfile: tutors,
    postOrder: students,
    reviewTutor: students,
    updateOffering: tutors,
    updateOrder: students,
    updateReview: students,
    updateSubject: subjectManagers,
    updateTutorProfile: tutors,
    withdrawApplication: tutors,
    withdrawOffering: tutors,
  },
  Subscription: {
    applicationChanged: { who: tutors, prepare: createProfile },
    applicationReceived: { who: readers, prepare: somebodysOrder },
    orderChanged: { who: readers, prepare: somebodysOrder },
  },
};
