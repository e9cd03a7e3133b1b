import { normalise } from '@tutorgraph/kit/ai/local-words';
import { NOTHING_FOUND, OFF_TOPIC } from './prompt.rules.js';

/** What no answer of ours holds. */
export type Suspicion = 'leak' | 'link' | 'contact' | 'markup' | 'role' | 'secret asked for';

/** What an answer is compared with. */
export interface ForbiddenOptions {
  instructions: string;
  secret: string;
  /** All sources: a sentence of theirs that warns of telling passwords may be repeated. */
  material: string;
}

const LINK =
  /(?:[a-z][a-z0-9+.-]*:\/\/|www\.)\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:com|ru|org|net|io|me|xyz|info|biz|co|app|dev|online|site|shop|su|рф|ly|gg|top|link|click|pw|cc|tk)\b(?:\/\S*)?/iu;
const CONTACT = /[\w.+-]+@[\w-]+(?:\.[\w-]+)*|(?<![\w@])@[a-z]\w{3,}|\+?\d(?:[\s()-]*\d){8,}/i;
const MARKUP = /<\/?[a-z!|][^>]*>?|<\||\]\(|```|!\[|&#\d+;/i;
const ROLE = /(?:^|\n)\s*(?:#+\s*)?(?:system|assistant|user|developer|система|ассистент)\s*:/i;
const SECRET =
  /парол|password|passcode|pin[- ]?код|\bpin\b|\bcvv\b|\bcvc\b|код из|номер\p{L}* карт|card number|security code|реквизит/iu;
const ASKING =
  /(?:send|tell|give|enter|type|share|reply with|provide|confirm|пришли|отправь|сообщи|скажи|введи|напиши|укажи|назови|подтверди)/iu;
const WORDS_OF_LEAK = 6;

/** The first thing in an answer that must not be there; undefined when there is none. */
export function findForbidden(
  text: string,
  { instructions, secret, material }: ForbiddenOptions,
): Suspicion | undefined {
  if (text.includes(secret) || text.includes(NOTHING_FOUND) || text.includes(OFF_TOPIC)) return 'leak';
  if (sharesWords(text, instructions)) return 'leak';
  if (MARKUP.test(text)) return 'markup';
  if (ROLE.test(text)) return 'role';
  // Nor those that stand in a source: whoever opens the source finds them there, with all that stands around them.
  if (text.search(LINK) >= 0) return 'link';
  if (text.search(CONTACT) >= 0) return 'contact';
  return asksForSecret(text, material) ? 'secret asked for' : undefined;
}

/** A sentence that wants a password, say, and does not stand in the sources as it is. */
function asksForSecret(text: string, material: string): boolean {
  const sentences = text.split(/(?<=[.!?\n])\s*/);
  return sentences.some((sentence) => {
    if (!(SECRET.test(sentence) && ASKING.test(sentence))) return false;
    return !plain(material).includes(plain(sentence.replace(/\[\d+\]/g, '')));
  });
}

function plain(text: string): string {
  return (normalise(text).match(/[\p{L}\p{N}]+/gu) ?? []).join(' ');
}

function sharesWords(text: string, instructions: string): boolean {
  const words = plain(text).split(' ');
  const told = ` ${plain(instructions)} `;
  for (let at = 0; at + WORDS_OF_LEAK <= words.length; at++) {
    if (told.includes(` ${words.slice(at, at + WORDS_OF_LEAK).join(' ')} `)) return true;
  }
  return false;
}
