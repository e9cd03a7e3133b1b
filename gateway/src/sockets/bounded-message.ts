import { newId } from '@tutorgraph/kit/database/id';
import { isLargerThan, tooLarge } from '../errors/too-large.js';

/** A message of the protocol; an answer in it that has more bytes than that becomes an error. */
export function boundedMessage(text: string, bytes: number): string {
  if (!isLargerThan(text, bytes)) return text;
  const { id, type } = JSON.parse(text) as { id?: string; type: string };
  return type === 'next' ? JSON.stringify({ id, type, payload: tooLarge(bytes, newId()) }) : text;
}
