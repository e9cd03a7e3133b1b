import { afterAll, describe, expect, it } from 'vitest';
import { correctSentences } from '../../test/correct-sentences.js';
import { englishEditKinds } from './english-check.js';
import { EnglishChecker } from './english-checker.js';
import { applyEdits } from './merge-edits.js';

/** What is wrong, what is right, and what kind of mistake it is. */
const MISTAKES: [text: string, original: string, replacement: string, kind: (typeof englishEditKinds)[number]][] = [
  ['I think becouse it is cheap.', 'becouse', 'because', 'SPELLING'],
  ['Last year I goed to Paris.', 'goed', 'went', 'SPELLING'],
  ['Prices rised very much.', 'rised', 'rose', 'SPELLING'],
  ['Alot of people like music.', 'Alot', 'A lot', 'SPELLING'],
  ['I need some advices.', 'advices', 'advice', 'SPELLING'],
  ['He gave me an useful book.', 'an', 'a', 'ARTICLE'],
  ['He is engineer.', 'engineer', 'an engineer', 'ARTICLE'],
  ['In the my opinion it is true.', 'the my', 'my', 'ARTICLE'],
  ['They was happy.', 'was', 'were', 'AGREEMENT'],
  ['People is happy here.', 'is', 'are', 'AGREEMENT'],
  ["He don't know the answer.", "don't", "doesn't", 'AGREEMENT'],
  ['There is many people in the street.', 'is', 'are', 'AGREEMENT'],
  ['She has two cat.', 'cat', 'cats', 'NOUN_NUMBER'],
  ['Every students has a book.', 'students', 'student', 'NOUN_NUMBER'],
  ['He can speaks three languages.', 'speaks', 'speak', 'VERB_FORM'],
  ['I have never saw such a thing.', 'saw', 'seen', 'VERB_FORM'],
  ['I would of helped you.', 'of', 'have', 'VERB_FORM'],
  ['I want buy a new car.', 'buy', 'to buy', 'VERB_FORM'],
  ['I like to listen music.', 'music', 'to music', 'PREPOSITION'],
  ['She depends of her parents.', 'of', 'on', 'PREPOSITION'],
  ['He is taller then me.', 'then', 'than', 'WORD_CHOICE'],
  ['I received you’re letter yesterday.', 'you’re', 'your', 'WORD_CHOICE'],
  ['I am agree with you.', 'am agree', 'agree', 'EXTRA_WORD'],
  ['We went to the the park.', 'the the', 'the', 'REPETITION'],
  ['However we stayed at home.', 'However', 'However,', 'PUNCTUATION'],
  ['He came home , and we ate.', ' ', '', 'SPACING'],
  ['My friend and i live here.', 'i', 'I', 'CAPITALISATION'],
  ['She speaks english at home.', 'english', 'English', 'CAPITALISATION'],
];

/** A thread loads in seconds, and slowly on a machine that is busy. */
const PATIENCE = { timeout: 120_000 };

describe('the checker of English', PATIENCE, () => {
  const checker = new EnglishChecker({ timeoutMs: 120_000 });
  afterAll(() => checker.close());

  it.each(MISTAKES)('finds what is wrong in “%s”', async (text, original, replacement, kind) => {
    const { edits, corrected } = await checker.check(text);
    const edit = edits.find((found) => found.kind === kind);
    expect(edit).toMatchObject({ original, replacement });
    expect(edit?.suggestions[0]).toBe(replacement);
    expect(text.slice(edit?.start, edit?.end)).toBe(original);
    expect(applyEdits(text, edits)).toBe(corrected);
  });

  it('explains in the language of the learner', async () => {
    const text = 'They was happy becouse of he.';
    const [english, russian] = await Promise.all([checker.check(text), checker.check(text, { language: 'ru' })]);
    const explanations = russian.edits.map(({ explanation }) => explanation);
    expect(explanations).toContain('Глагол должен согласовываться с подлежащим: «were».');
    expect(explanations.every((explanation) => /[а-я]{3}/.test(explanation))).toBe(true);
    expect(english.edits.every(({ explanation }) => /^[^а-я]+$/.test(explanation))).toBe(true);
    expect(english.corrected).toBe(russian.corrected);
    expect(english.checker).toMatch(/^harper\.js \d+\.\d+\.\d+ with/);
  });

  it('leaves correct sentences as they are', async () => {
    const checks = await Promise.all(correctSentences.map((sentence) => checker.check(sentence)));
    expect(checks.map(({ corrected }) => corrected)).toEqual(correctSentences);
    expect(correctSentences.length).toBeGreaterThanOrEqual(60);
  });

  it('counts as JavaScript does behind signs outside of the first plane', async () => {
    const text = 'We laughed 😀😀 becuase it was funny.';
    const { edits, corrected } = await checker.check(text);
    expect(edits.map(({ start, end }) => text.slice(start, end))).toEqual(['becuase']);
    expect(corrected).toBe('We laughed 😀😀 because it was funny.');
  });

  it.each([
    '',
    '   \n\n  ',
    'Я учу английский язык уже два года.',
    '`const x = getValue(list_of_things[0])`',
    'https://example.com/teh/wrnog?q=becuase',
    '\u0000\ud83d 👩‍👩‍👧 \u202e',
    '12.05.2024, 3:45 — 50%',
  ])('keeps what is no English: %j', async (text) => {
    expect(await checker.check(text)).toMatchObject({ edits: [], corrected: text });
  });

  it('keeps the spaces of a text whose words and marks stand apart', async () => {
    const { corrected } = await checker.check("However he do n't know the answer , becouse he is new .");
    expect(corrected).toBe("However , he does n't know the answer , because he is new .");
  });

  it('finds in a long text what it finds in a short one, at its place', async () => {
    const filler = correctSentences.slice(0, 40).join(' ');
    const text = `${filler}\n\nHe can speaks English becouse he lives there.\n\n${filler}`;
    const { edits } = await checker.check(text);
    expect(edits.map(({ original, replacement }) => [original, replacement])).toEqual([
      ['speaks', 'speak'],
      ['becouse', 'because'],
    ]);
    expect(edits.map(({ start, end }) => text.slice(start, end))).toEqual(['speaks', 'becouse']);
    expect(
      edits.every(({ kind, confidence }) => englishEditKinds.includes(kind) && confidence > 0 && confidence <= 1),
    ).toBe(true);
  });

  it('refuses a text beyond its bound', async () => {
    await expect(checker.check('a'.repeat(20_001))).rejects.toMatchObject({ code: 'TEXT_TOO_LONG' });
  });

  it('lets go of who no longer waits, and goes on with the others', async () => {
    const leaving = new AbortController();
    const left = checker.check('They was happy.', { signal: leaving.signal });
    const queued = checker.check('He was happy too.', { signal: leaving.signal });
    const staying = checker.check('We was happy.');
    leaving.abort(new Error('gone'));
    await expect(left).rejects.toThrow('gone');
    await expect(queued).rejects.toThrow('gone');
    expect((await staying).corrected).toBe('We were happy.');
    await expect(checker.check('Later.', { signal: leaving.signal })).rejects.toThrow('gone');
  });
});

describe('a checker in trouble', PATIENCE, () => {
  it('refuses more than may wait, and tells all who wait that it was closed', async () => {
    const checker = new EnglishChecker({ mostWaiting: 2 });
    const waiting = [checker.check('One.'), checker.check('Two.')];
    await expect(checker.check('Three.')).rejects.toMatchObject({ code: 'BUSY' });
    const refused = waiting.map((check) => expect(check).rejects.toMatchObject({ code: 'CLOSED' }));
    await checker.close();
    await Promise.all(refused);
    await expect(checker.check('Four.')).rejects.toMatchObject({ code: 'CLOSED' });
    await checker.close();
  });

  it('gives up a text whose thread crashes twice', async () => {
    const checker = new EnglishChecker({ memoryMb: 8 });
    await expect(checker.check('Too little memory.')).rejects.toMatchObject({
      code: 'CRASHED',
      cause: { code: 'ERR_WORKER_OUT_OF_MEMORY' },
    });
    await checker.close();
  });

  it('ends a text that takes too long, and gives the next one to a new thread', async () => {
    const checker = new EnglishChecker({ timeoutMs: 1 });
    const long = correctSentences.join(' ');
    const checks = [checker.check(long), checker.check(long)];
    await Promise.all(checks.map((check) => expect(check).rejects.toMatchObject({ code: 'TIMEOUT' })));
    await checker.close();
  });
});
