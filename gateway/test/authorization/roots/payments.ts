import { everybody, only, services, signedIn } from '../audience.js';
import type { Table } from '../table.js';

const accountants = only('SUPER_ADMIN', 'ADMIN');
const tutors = only('SUPER_ADMIN', 'TUTOR');
const students = only('SUPER_ADMIN', 'STUDENT');
const readers = only('SUPER_ADMIN', 'ADMIN', 'SUPERVISOR');

/** The payments room. */
export const payments: Table = {
  Query: {
    dispute: readers,
    disputes: readers,
    ledger: accountants,
    ledgerAccounts: accountants,
    courseRevenue: services,
    profitByMonth: accountants,
    reconciliations: accountants,
    myBalance: tutors,
    myEarnings: tutors,
    myPayoutAccount: tutors,
    myCards: students,
    myPackages: signedIn,
    myPayments: signedIn,
    package: signedIn,
    myPremiumMembership: tutors,
    premiumOffer: everybody,
    payment: signedIn,
    payments: readers,
    transfer: services,
    transfers: readers,
    withdrawal: signedIn,
    withdrawals: signedIn,
  },
  Mutation: {
    buyPackage: students,
    payForCourse: students,
    cancelPayment: students,
    confirmPayment: students,
    createCheckout: students,
    createPaymentIntent: students,
    removeCard: students,
    saveCard: students,
    setDefaultCard: students,
    exportLedger: accountants,
    runReconciliation: accountants,
    activatePremium: tutors,
    cancelPremium: tutors,
    resumePremium: tutors,
    approveWithdrawal: accountants,
    cancelWithdrawal: tutors,
    createPayoutAccount: tutors,
    payoutDashboardLink: tutors,
    payoutOnboardingLink: tutors,
    rejectWithdrawal: accountants,
    requestWithdrawal: tutors,
    transferToTutor: accountants,
    refundPayment: accountants,
    submitDisputeEvidence: accountants,
  },
  Subscription: {
    paymentChanged: signedIn,
  },
};
