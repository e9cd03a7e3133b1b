import { expect, it } from 'vitest';
import { consentDocumentNames, currentVersion, isAnswerable } from './consent.documents.js';

it('one agrees to the current version of a text, and withdraws from any that there was', () => {
  for (const document of consentDocumentNames) {
    expect(isAnswerable(document, currentVersion(document), true)).toBe(true);
    expect(isAnswerable(document, currentVersion(document), false)).toBe(true);
    expect(isAnswerable(document, '1999-01-01', true)).toBe(false);
    expect(isAnswerable(document, '1999-01-01', false)).toBe(false);
  }
});
