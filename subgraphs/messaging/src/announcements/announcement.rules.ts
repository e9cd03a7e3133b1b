/** Where a sending of staff stands. */
export const announcementStatuses = ['QUEUED', 'SENDING', 'SENT', 'CANCELLED', 'FAILED'] as const;
/** @see announcementStatuses */
export type AnnouncementStatus = (typeof announcementStatuses)[number];

const transitions: Readonly<Record<AnnouncementStatus, readonly AnnouncementStatus[]>> = {
  QUEUED: ['SENDING', 'SENT', 'CANCELLED', 'FAILED'],
  // From batch to batch.
  SENDING: ['SENDING', 'SENT', 'CANCELLED', 'FAILED'],
  SENT: [],
  CANCELLED: [],
  FAILED: [],
};

/** May a sending go from one status to another? */
export function mayAnnouncementBecome(from: AnnouncementStatus, to: AnnouncementStatus): boolean {
  return transitions[from].includes(to);
}

/** Nothing is sent any more. */
export function hasEnded(status: AnnouncementStatus): boolean {
  return transitions[status].length === 0;
}

/** What staff wrote, in one language. */
export interface AnnouncementText {
  title: string;
  body: string;
}

const METADATA = 'metadata.';

/** Languages in which people read. */
export const announcementLanguages = ['en', 'ru'] as const;

/**
 * What a notification of a sending is filled with: its words by language, where one that is missing is stood in for by the
 * other, where it leads, and what the sender's programs want to find again.
 */
export function valuesOf(sending: {
  texts: Readonly<Record<string, AnnouncementText>>;
  url: string | null;
  metadata: Readonly<Record<string, unknown>>;
}): Record<string, string> {
  const { texts, url, metadata } = sending;
  const [any] = Object.values(texts);
  const words = announcementLanguages.flatMap((language) => {
    const text = texts[language] ?? any;
    return text ? [[`title:${language}`, text.title] as const, [`body:${language}`, text.body] as const] : [];
  });
  const data = Object.entries(metadata).map(([key, value]) => [`${METADATA}${key}`, String(value)] as const);
  return Object.fromEntries([...words, ...data, ...(url ? [['link', url] as const] : [])]);
}

/** What the sender's programs want to find again, of what a notification is filled with. */
export function metadataIn(values: Readonly<Record<string, string | number>>): { key: string; value: string }[] {
  return Object.entries(values).flatMap(([name, value]) =>
    name.startsWith(METADATA) ? [{ key: name.slice(METADATA.length), value: String(value) }] : [],
  );
}

/** How far a sending has come, in whole per cent; all of it only when it has been sent. */
export function percentOf({
  status,
  done,
  total,
}: {
  status: AnnouncementStatus;
  done: number;
  total: number | null;
}): number {
  if (status === 'SENT') return 100;
  return total ? Math.min(99, Math.floor((100 * done) / total)) : 0;
}
