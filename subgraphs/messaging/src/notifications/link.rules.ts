import type { Notification } from './notification.entity.js';
import type { TargetKind } from './notification.rules.js';

/** Where the app shows what notifications lead to. */
const paths: Readonly<Record<TargetKind, string>> = {
  BOOKING: 'bookings',
  ORDER: 'orders',
  APPLICATION: 'applications',
  TUTOR: 'tutors',
  PAYMENT: 'payments',
  PACKAGE: 'packages',
  WITHDRAWAL: 'withdrawals',
  INTERVIEW: 'interviews',
  VERIFICATION: 'verifications',
  REVIEW: 'reviews',
  SAVED_SEARCH: 'saved-searches',
  CHAT_ROOM: 'chats',
  REPORT: 'reports',
  ACCOUNT: 'account',
  COURSE: 'courses',
  HOMEWORK_ASSIGNMENT: 'homework',
  HOMEWORK_SUBMISSION: 'submissions',
  STUDENT: 'students',
  CERTIFICATE: 'certificates',
  HAND_OVER: 'questions',
};

/** What a notification leads to, as an address; null when it leads nowhere, or nobody said where the app is. */
export function linkTo(
  appUrl: string | undefined,
  { targetKind, targetId, values }: Pick<Notification, 'targetKind' | 'targetId' | 'values'>,
): string | null {
  // Staff may send people anywhere.
  if (typeof values['link'] === 'string') return values['link'];
  if (!appUrl || !targetKind) return null;
  if (targetKind === 'ACCOUNT') return `${appUrl}/${paths.ACCOUNT}`;
  return targetId ? `${appUrl}/${paths[targetKind]}/${targetId}` : null;
}

/** The inbox as an address; null when nobody said where the app is. */
export function linkToInbox(appUrl: string | undefined): string | null {
  return appUrl ? `${appUrl}/notifications` : null;
}

/** Where the app lets people choose what they are told. */
export function linkToSettings(appUrl: string | undefined): string | undefined {
  return appUrl && `${appUrl}/settings/notifications`;
}

/** Where the app lets somebody take the place that they were invited to; null when nobody said where the app is. */
export function linkToInvitation(appUrl: string | undefined, code: string): string | null {
  return appUrl ? `${appUrl}/invitations/${code}` : null;
}
