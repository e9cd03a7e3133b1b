import type { Token } from '../text/tokens.js';
import type { Draft } from './draft.js';
import { capitalised } from './surface.js';
import type { CheckedText } from './word-drafts.js';

/** Phrases that a comma follows where they begin a sentence. */
const OPENINGS =
  `however|therefore|moreover|furthermore|nevertheless|consequently|nowadays|firstly|secondly|thirdly|lastly|
  finally|additionally|fortunately|unfortunately|in conclusion|in addition|in my opinion|in other words|in fact|in contrast|
  for example|for instance|first of all|on the other hand|on the contrary|on the one hand|as a result|as a matter of fact|of course|
  thus|hence|after that|at the same time|in my view|in the end|similarly|personally|to sum up|to conclude|in general|in summary|in short|last but not least|second of all`
    .split('|')
    .map((phrase) => phrase.trim().split(' '));
/** What shows that the phrase goes on. */
const GOES_ON = /^(?:of|to|that|who|which|and|or|than|as)$/i;
/** `However hard they try`. */
const DEGREE = /^(?:hard|much|many|long|good|difficult|often|far)$/;
const FEWEST_WORDS = 4;

type Found = Pick<Draft, 'start' | 'end' | 'replacement' | 'kind' | 'rule' | 'confidence'>;

/** Capitals, commas behind openings, words written twice, spaces and the full stop. */
export function mechanicalDrafts(checked: CheckedText, sentence: readonly Token[], isLast: boolean): Draft[] {
  const found = [
    ...capitals(checked, sentence),
    ...openingComma(checked, sentence),
    ...repeated(sentence),
    ...spaces(checked, sentence),
    ...(isLast ? fullStop(checked, sentence) : []),
  ];
  return found.map((draft) => ({ ...draft, alternatives: [], source: 'rules' }));
}

function capitals({ text, english: { words } }: CheckedText, sentence: readonly Token[]): Found[] {
  const found: Found[] = [];
  const first = sentence.findIndex(({ kind }) => kind !== 'punctuation');
  for (const [at, token] of sentence.entries()) {
    if (token.kind !== 'word' || !/^\p{Ll}/u.test(token.text)) continue;
    const isI = /^i(?:['’](?:m|ve|d|ll))?$/.test(token.text);
    const isName = token.text.length > 2 && words.isName(words.id(token.text));
    const isStart =
      at === first && sentence.length > 2 && sentence.slice(0, at).every(({ text }) => /^["“(']$/.test(text));
    if (!(isI || isName || isStart)) continue;
    const rule = isI ? 'capital-i' : isName ? 'capital-name' : 'capital-start';
    const replacement = capitalised(text.slice(token.start, token.end));
    const confidence = isName ? 0.85 : 0.95;
    found.push({ start: token.start, end: token.end, replacement, kind: 'CAPITALISATION', rule, confidence });
  }
  return found;
}

function openingComma({ style, text }: CheckedText, sentence: readonly Token[]): Found[] {
  const lower = sentence.slice(0, 6).map((token) => token.text.toLowerCase());
  for (const phrase of OPENINGS) {
    if (!phrase.every((word, index) => lower[index] === word)) continue;
    const last = sentence[phrase.length - 1];
    const next = sentence[phrase.length];
    if (!(last && next) || next.kind !== 'word' || sentence.length < phrase.length + 3) return [];
    if (GOES_ON.test(next.text) || (phrase[0] === 'however' && DEGREE.test(next.text))) return [];
    const word = text.slice(last.start, last.end);
    return [
      {
        start: last.start,
        end: last.end,
        replacement: style === 'spaced' ? `${word} ,` : `${word},`,
        kind: 'PUNCTUATION',
        rule: 'comma-opening',
        confidence: 0.75,
      },
    ];
  }
  return [];
}

const MAY_REPEAT = /^(?:had|that|very|so|no|ha|is|bye|many|more|really|far|long)$/i;

function repeated(sentence: readonly Token[]): Found[] {
  const found: Found[] = [];
  for (const [at, token] of sentence.entries()) {
    const next = sentence[at + 1];
    if (
      token.kind !== 'word' ||
      !next ||
      next.text.toLowerCase() !== token.text.toLowerCase() ||
      MAY_REPEAT.test(token.text)
    )
      continue;
    found.push({
      start: token.start,
      end: next.end,
      replacement: token.text,
      kind: 'REPETITION',
      rule: 'repeated-word',
      confidence: 0.98,
    });
  }
  return found;
}

function spaces({ text, style }: CheckedText, sentence: readonly Token[]): Found[] {
  if (style === 'spaced') return [];
  const found: Found[] = [];
  for (const [at, token] of sentence.entries()) {
    const before = sentence[at - 1];
    if (!before || token.kind !== 'punctuation') continue;
    const gap = text.slice(before.end, token.start);
    if (/^[,.;:!?]$/.test(token.text) && /^ +$/.test(gap) && before.kind === 'word')
      found.push({
        start: before.end,
        end: token.start,
        replacement: '',
        kind: 'SPACING',
        rule: 'space-before-mark',
        confidence: 0.9,
      });
    const next = sentence[at + 1];
    if (/^[,;!?]$/.test(token.text) && next?.start === token.end && next.kind === 'word' && before.kind === 'word')
      found.push({
        start: token.end,
        end: token.end,
        replacement: ' ',
        kind: 'SPACING',
        rule: 'space-after-mark',
        confidence: 0.9,
      });
  }
  return found;
}

function fullStop({ style }: CheckedText, sentence: readonly Token[]): Found[] {
  const last = sentence.at(-1);
  const words = sentence.filter(({ kind }) => kind === 'word').length;
  if (last?.kind !== 'word' || words < FEWEST_WORDS || !/^\p{L}/u.test(sentence[0]?.text ?? '')) return [];
  const stop = style === 'spaced' ? ' .' : '.';
  return [
    { start: last.end, end: last.end, replacement: stop, kind: 'PUNCTUATION', rule: 'full-stop', confidence: 0.6 },
  ];
}
