import { LinkifyIt } from 'linkify-it';
import { phoneSpans } from './phone.rules.js';

/** A part of a text, from one index up to another. */
export interface Span {
  from: number;
  to: number;
}

/** What stands in a text for a contact that is not shown. */
export const HIDDEN_CONTACT = '•••';

const links = new LinkifyIt({ fuzzyLink: true }).tlds(
  'app chat click dev direct link live online page site social space team tech website world'.split(' '),
  true,
);
for (const scheme of ['tg:', 'viber:', 'skype:', 'whatsapp:', 'tel:', 'sms:']) {
  links.add(scheme, { validate: (text, at) => /^\S+/.exec(text.slice(at))?.[0].length ?? 0 });
}

/** Ends of sentences without a space, such as `done.So`, look like addresses of these countries. */
const WORDS_LIKE_COUNTRIES = new Set(
  'am as at be by do go hm id in is it la ma me my no of pa pm sh so st to us'.split(' '),
);
/** Files, libraries and abbreviations that look like addresses. */
const NO_ADDRESSES = /\.(?:py|rs|md|pl|sh|cc|js|ts|jsx|tsx|java|ps|ai|zip|mov)$/i;
const PATH_OR_SCHEME = /:\/\/|\/|^www\./i;

// Bounded, so that no text takes longer than its length: 64 characters are the most of a name before an @.
const EMAIL_IN_WORDS =
  /[\p{L}\d._%+-]{2,64}\s{0,3}(?:[([{]\s*(?:at|собака|собачка|эт)\s*[)\]}]|\s(?:собака|собачка)\s|＠)\s{0,3}[\p{L}\d-]{2,63}(?:\s{0,3}(?:[([{]\s*(?:dot|точка)\s*[)\]}]|\s(?:dot|точка)\s|\.)\s{0,3}\p{L}{2,24}){0,4}/giu;
const SPACED_EMAIL = /[\w.%+-]{2,64}\s{0,2}@\s{0,2}[\w-]{2,63}\s{0,2}\.\s{0,2}[a-z]{2,24}/gi;
const LINK_IN_WORDS =
  /\b[\w-]{2,63}\s{0,2}(?:[([{]\s*(?:dot|точка)\s*[)\]}]|\s(?:dot|точка)\s)\s{0,2}(?:com|ru|me|net|org|io|ру|ком|ми)(?![\p{L}\d])/giu;
const HANDLE = /(?<![\p{L}\d._@])[@＠][a-z0-9_](?:[a-z0-9_.]{2,62}[a-z0-9_])/giu;
const MESSENGER =
  '(?:telegram|телеграмм?|телега|телеге|телегу|тг|tg|whats\\s?app|ватсап|вотсап|вацап|wa|viber|вайбер|skype|скайп|instagram|инстаграмм?|инста|insta|вконтакте|вк|vk|discord|дискорд|facebook|фейсбук|wechat|signal|zoom)';
const NICK = '[a-z](?=[a-z0-9_.-]{0,63}[\\d_])[a-z0-9_.-]{3,63}|[a-z0-9_][a-z0-9_.-]{3,63}';
/** `telegram: ivanov`, `мой тг - ivanov`, `skype ivan_77`; not `telegram channel`. */
const NAMED_HANDLE = new RegExp(
  `(?<![\\p{L}\\d])${MESSENGER}(?:\\s*[:=–—-]\\s*|\\s+(?:ник|nick|id|is|мой|my)\\s*[:=–—-]?\\s*)(${NICK})(?![\\p{L}])|` +
    `(?<![\\p{L}\\d])${MESSENGER}\\s+([a-z][a-z0-9.-]{0,62}[\\d_][a-z0-9_.-]{0,62})(?![\\p{L}])`,
  'giu',
);

/** Parts of a text by which people could reach each other outside: telephone numbers, addresses, links and handles. */
export function contactSpans(text: string): Span[] {
  const spans = [
    ...linkSpans(text),
    ...[EMAIL_IN_WORDS, SPACED_EMAIL, LINK_IN_WORDS, HANDLE].flatMap((pattern) => matches(text, pattern)),
    ...namedHandles(text),
    ...phoneSpans(text),
  ];
  return merged(spans);
}

/** Does a text hold anything that {@link contactSpans} finds? */
export function hasContacts(text: string): boolean {
  return contactSpans(text).length > 0;
}

/** The text with every contact replaced by {@link HIDDEN_CONTACT}. Doing it again changes nothing. */
export function hideContacts(text: string): string {
  let shown = '';
  let end = 0;
  for (const { from, to } of contactSpans(text)) {
    shown += text.slice(end, from) + HIDDEN_CONTACT;
    end = to;
  }
  return shown + text.slice(end);
}

/** How many links a text has. */
export function countLinks(text: string): number {
  return linkSpans(text).length;
}

function linkSpans(text: string): Span[] {
  const found = links.match(text) ?? [];
  return found
    .filter(({ schema, raw }) => schema !== '' || isAddress(raw))
    .map(({ index, lastIndex }) => ({ from: index, to: lastIndex }));
}

function isAddress(raw: string): boolean {
  if (PATH_OR_SCHEME.test(raw)) return true;
  if (NO_ADDRESSES.test(raw)) return false;
  const last = raw.slice(raw.lastIndexOf('.') + 1);
  return last.length > 2 || (last === last.toLowerCase() && !WORDS_LIKE_COUNTRIES.has(last));
}

function matches(text: string, pattern: RegExp): Span[] {
  return [...text.matchAll(pattern)].map(({ 0: match, index }) => ({ from: index, to: index + match.length }));
}

function namedHandles(text: string): Span[] {
  return [...text.matchAll(NAMED_HANDLE)].map(({ 0: match, 1: named, 2: bare, index }) => {
    const to = index + match.length;
    return { from: to - (named ?? bare ?? match).length, to };
  });
}

/** In order, and those that overlap as one. */
function merged(spans: Span[]): Span[] {
  const result: Span[] = [];
  for (const span of spans.sort((a, b) => a.from - b.from)) {
    const last = result.at(-1);
    if (last && span.from <= last.to) last.to = Math.max(last.to, span.to);
    else result.push({ ...span });
  }
  return result;
}
