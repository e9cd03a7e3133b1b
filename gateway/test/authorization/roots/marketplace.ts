import { everybody, only, services, signedIn } from '../audience.js';
import type { Table } from '../table.js';
import type { World } from '../world.js';

const deciders = only('SUPER_ADMIN', 'ADMIN', 'HR');
const policyMakers = only('SUPER_ADMIN', 'ADMIN');
const interviewers = only('SUPER_ADMIN', 'ADMIN', 'HR');
const readers = only('SUPER_ADMIN', 'ADMIN', 'SUPERVISOR', 'CURATOR');
const bookingManagers = only('SUPER_ADMIN', 'ADMIN', 'SUPERVISOR');
const students = only('SUPER_ADMIN', 'STUDENT');
const subjectManagers = only('SUPER_ADMIN', 'ADMIN', 'HR');
const moderators = only('SUPER_ADMIN', 'ADMIN', 'HR', 'SUPERVISOR');
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
    availableSlots: everybody,
    booking: signedIn,
    disputedBookings: bookingManagers,
    bookingPolicies: policyMakers,
    bookingPolicy: everybody,
    interview: signedIn,
    interviews: interviewers,
    moderationCase: signedIn,
    moderationQueue: moderators,
    googleCalendarConsent: signedIn,
    myApplications: signedIn,
    myBookings: signedIn,
    myCalendarFeed: signedIn,
    myCalendars: signedIn,
    myModerationCases: signedIn,
    myInterviews: signedIn,
    myOrders: signedIn,
    myRates: signedIn,
    myStudentRates: signedIn,
    myTutorProfile: signedIn,
    myVerifications: signedIn,
    order: everybody,
    orders: everybody,
    savedSearches: signedIn,
    savedTutors: signedIn,
    packageOffers: everybody,
    applicationCopies: services,
    bookingCopies: services,
    orderCopies: services,
    reviewCopies: services,
    tutorCopies: services,
    dealings: services,
    packageTerms: services,
    studentRate: services,
    tutorOfUser: services,
    subjects: everybody,
    tutor: everybody,
    tutorPerformance: signedIn,
    tutors: everybody,
    verification: signedIn,
    verifications: deciders,
  },
  Mutation: {
    addDaysOff: tutors,
    addOffering: tutors,
    answerReview: tutors,
    appealModeration: signedIn,
    applyToOrder: tutors,
    answerRateProposal: signedIn,
    approveVerification: deciders,
    archiveSubject: subjectManagers,
    cancelBooking: signedIn,
    cancelInterview: signedIn,
    cancelSeries: signedIn,
    chooseApplication: students,
    closeOrder: students,
    completeInterview: interviewers,
    completeBooking: signedIn,
    connectCalendar: signedIn,
    connectGoogleCalendar: signedIn,
    createBooking: students,
    createBookingSeries: students,
    createSubject: subjectManagers,
    createTutorProfile: tutors,
    decideModeration: moderators,
    declineApplication: students,
    deleteOrder: students,
    deleteReview: students,
    deleteReviewAnswer: tutors,
    disputeNoShow: signedIn,
    disconnectCalendar: signedIn,
    hideTutorProfile: tutors,
    holdSlot: students,
    markBookingPaid: bookingManagers,
    postOrder: students,
    publishBookingPolicy: policyMakers,
    refreshCalendar: signedIn,
    resetCalendarFeed: signedIn,
    resolveDispute: bookingManagers,
    releaseSlot: students,
    reportNoShow: signedIn,
    rescheduleBooking: signedIn,
    removeDateOverride: tutors,
    removeDaysOff: tutors,
    rejectVerification: deciders,
    rejectInterview: interviewers,
    requestInterview: tutors,
    reviewTutor: students,
    scheduleInterview: interviewers,
    submitVerification: tutors,
    saveSearch: signedIn,
    saveTutor: signedIn,
    updateSavedSearch: signedIn,
    deleteSavedSearch: signedIn,
    setDateOverride: tutors,
    setSchedule: tutors,
    unsaveTutor: signedIn,
    testMeeting: only('SUPER_ADMIN', 'ADMIN', 'HR', 'SUPERVISOR'),
    updateInterview: interviewers,
    updateOffering: tutors,
    updateOrder: students,
    updateReview: students,
    updateReviewAnswer: tutors,
    updateSubject: subjectManagers,
    updateTutorProfile: tutors,
    withdrawApplication: tutors,
    withdrawOffering: tutors,
    withdrawVerification: tutors,
  },
  Subscription: {
    applicationChanged: { who: tutors, prepare: createProfile },
    applicationReceived: { who: readers, prepare: somebodysOrder },
    bookingChanged: signedIn,
    orderChanged: { who: readers, prepare: somebodysOrder },
  },
};
