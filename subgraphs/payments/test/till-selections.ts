const PAYMENT = 'payment { id status method kind amount { amountMinor currency } checkoutUrl expiresAt paidAt }';
const PACKAGE = 'package { id status lessons lessonsLeft amount { amountMinor currency } }';
const WITHDRAWAL = 'withdrawal { id status rejectionReason failureCode amount { amountMinor currency } }';

/** What tests read of each mutation's payload, besides `userErrors`; add yours. */
export const selections: Record<string, string> = {
  // Marketplace.
  createSubject: 'subject { id }',
  createTutorProfile: 'tutor { id }',
  addOffering: 'offering { id }',
  createBooking: 'booking { id status }',
  cancelBooking: 'booking { id status cancellation { refundPercent } }',
  completeBooking: 'booking { id status }',
  reportNoShow: 'booking { id status }',
  disputeNoShow: 'booking { id status }',
  resolveDispute: 'booking { id status }',
  markBookingPaid: 'booking { id status }',
  rescheduleBooking: 'booking { id status }',
  // Payments.
  createCheckout: PAYMENT,
  createPaymentIntent: `${PAYMENT} clientSecret`,
  buyPackage: `${PACKAGE} ${PAYMENT} clientSecret`,
  payForCourse: `${PAYMENT} clientSecret`,
  confirmPayment: PAYMENT,
  cancelPayment: PAYMENT,
  submitDisputeEvidence: 'dispute { id status evidenceSubmittedAt }',
  refundPayment: `${PAYMENT} refund { id status reason amount { amountMinor currency } }`,
  saveCard: 'url',
  setDefaultCard: 'cards { id isDefault }',
  removeCard: 'cards { id }',
  createPayoutAccount: 'account { country transfersEnabled payoutsEnabled requirementsDue }',
  payoutOnboardingLink: 'url expiresAt',
  payoutDashboardLink: 'url',
  transferToTutor: 'transfer { id status amount { amountMinor currency } reason }',
  requestWithdrawal: WITHDRAWAL,
  cancelWithdrawal: WITHDRAWAL,
  approveWithdrawal: WITHDRAWAL,
  rejectWithdrawal: WITHDRAWAL,
  activatePremium: 'membership { id status checkoutUrl premiumUntil cancelAtPeriodEnd }',
};
