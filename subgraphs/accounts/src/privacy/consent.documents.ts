/** What people agree to. */
export const consentDocumentNames = ['TERMS', 'PRIVACY', 'MARKETING', 'ANALYTICS'] as const;
/** @see consentDocumentNames */
export type ConsentDocumentName = (typeof consentDocumentNames)[number];

/** Versions of each text, the current one first. A new text is a new version in front; old ones stay as they were. */
const versions: Readonly<Record<ConsentDocumentName, readonly [current: string, ...former: string[]]>> = {
  TERMS: ['2026-11-01'],
  PRIVACY: ['2026-11-01'],
  MARKETING: ['2026-11-01'],
  ANALYTICS: ['2026-11-01'],
};

/** The version of a text that holds now. */
export function currentVersion(document: ConsentDocumentName): string {
  return versions[document][0];
}

/** May this version be answered so? One agrees to the current text only; any that ever was can be withdrawn from. */
export function isAnswerable(document: ConsentDocumentName, version: string, granted: boolean): boolean {
  return granted ? version === currentVersion(document) : versions[document].includes(version);
}
