import { Refusal } from '@tutorgraph/kit/graphql/refusal';
import type { FinalRefusal } from './upload.rules.js';

const HEADER = /^%PDF-[12]\.\d/;
const END = '%%EOF';
/** The trailer, also that of a compressed file, is in plain text. */
const ENCRYPTED = /\/Encrypt\s*(?:\d+\s+\d+\s+R|<<)/;
const ONLY_BLANK = /^[\s\0]*$/;

/**
 * Checks that a file is one whole PDF that anybody can open. What the pages do (scripts, links, attachments) is not looked
 * at, so that a PDF is only ever offered to be saved, never shown as part of our pages.
 *
 * @throws Refusal FILE_DAMAGED, also for something else that hides before or behind a PDF; FILE_PROTECTED with a password
 */
export function checkPdf(bytes: Uint8Array): void {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const end = text.lastIndexOf(END);
  const isWhole =
    HEADER.test(text) && text.lastIndexOf('startxref', end) > 0 && ONLY_BLANK.test(text.slice(end + END.length));
  if (!isWhole) throw new Refusal<FinalRefusal>('FILE_DAMAGED');
  if (ENCRYPTED.test(text)) throw new Refusal<FinalRefusal>('FILE_PROTECTED');
}
