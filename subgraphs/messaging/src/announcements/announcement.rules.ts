/** Where a sending of staff stands. */
export const announcementStatuses = ['QUEUED', 'SENDING', 'SENT', 'CANCELLED', 'FAILED'] as const;
/** @see announcementStatuses */
export type AnnouncementStatus = (typeof announcementStatuses)[number];
