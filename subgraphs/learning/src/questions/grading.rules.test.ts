import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answer } from './answer.rules.js';
import { readAnswer } from './answer.rules.js';
import { earnedBy, gradeOf, shareOf } from './grading.rules.js';
import { contentOf, newQuestion, type QuestionContent } from './question.rules.js';
import { shuffled } from './shuffle.rules.js';

fc.configureGlobal({ seed: 20261121 });

const make = (question: object): QuestionContent => contentOf(newQuestion.parse({ prompt: 'What?', ...question }));
const option = (text: string, isRight: boolean) => ({ text, isRight });

const multiple = make({
  kind: 'MULTIPLE',
  options: [option('a', true), option('b', true), option('c', false), option('d', false)],
}) as Extract<QuestionContent, { kind: 'MULTIPLE' }>;
const order = make({ kind: 'ORDER', items: ['one', 'two', 'three', 'four', 'five'] }) as Extract<
  QuestionContent,
  { kind: 'ORDER' }
>;
const match = make({
  kind: 'MATCH',
  pairs: [
    { prompt: 'cat', choice: 'animal' },
    { prompt: 'dog', choice: 'animal' },
    { prompt: 'oak', choice: 'tree' },
  ],
  distractors: ['stone'],
}) as Extract<QuestionContent, { kind: 'MATCH' }>;
const gap = make({ kind: 'GAP', gapText: 'She {{goes|walks}} to school {{by}} bus.' });

/** The answer with nothing wrong in it. */
function rightAnswer(content: QuestionContent): Answer {
  switch (content.kind) {
    case 'SINGLE':
    case 'MULTIPLE':
      return {
        kind: content.kind,
        optionIds: content.options.filter(({ isRight }) => isRight).map(({ id }) => id),
      };
    case 'SHORT_TEXT':
      return { kind: 'SHORT_TEXT', text: content.accepted[0] ?? '' };
    case 'ORDER':
      return { kind: 'ORDER', itemIds: content.items.map(({ id }) => id) };
    case 'MATCH':
      return { kind: 'MATCH', pairs: content.prompts.map(({ id, choiceId }) => ({ promptId: id, choiceId })) };
    case 'GAP':
      return { kind: 'GAP', texts: content.gaps.map(({ accepted }) => accepted[0] ?? '') };
  }
}

const texts = (least: number, most: number) =>
  fc.uniqueArray(fc.stringMatching(/^[a-z]{1,8}$/), { minLength: least, maxLength: most });
const anyQuestion = fc.oneof(
  texts(2, 6).map((all) => make({ kind: 'SINGLE', options: all.map((text, index) => option(text, index === 1)) })),
  texts(2, 8).map((all) =>
    make({ kind: 'MULTIPLE', options: all.map((text, index) => option(text, index % 2 === 0)) }),
  ),
  texts(1, 3).map((accepted) => make({ kind: 'SHORT_TEXT', accepted })),
  texts(2, 8).map((items) => make({ kind: 'ORDER', items })),
  texts(2, 6).map((all) => make({ kind: 'MATCH', pairs: all.map((prompt) => ({ prompt, choice: `${prompt}!x` })) })),
  texts(1, 5).map((all) => make({ kind: 'GAP', gapText: all.map((text) => `a {{${text}}}`).join(' ') })),
);

describe('a grade', () => {
  it('is full for the right answer, nothing for none, and never beyond', () => {
    fc.assert(
      fc.property(anyQuestion, fc.integer({ min: 1, max: 100 }), (content, points) => {
        expect(shareOf(content, rightAnswer(content))).toBe(1);
        expect(earnedBy(content, points, rightAnswer(content))).toBe(points * 100);
        expect(earnedBy(content, points, null)).toBe(0);
      }),
    );
  });

  it('of several options is right ones less wrong ones, not below nothing', () => {
    const [a, b, c, d] = multiple.options.map(({ id }) => id) as [string, string, string, string];
    const share = (...optionIds: string[]) => shareOf(multiple, { kind: 'MULTIPLE', optionIds });
    expect([share(a), share(a, b), share(a, b, c), share(a, c), share(c, d), share(a, b, c, d)]).toEqual([
      0.5, 1, 0.5, 0, 0, 0,
    ]);
  });

  it('of any choice of options lies between nothing and all, and another wrong one never helps', () => {
    fc.assert(
      fc.property(fc.subarray(multiple.options), (chosen) => {
        const optionIds = chosen.map(({ id }) => id);
        const share = shareOf(multiple, { kind: 'MULTIPLE', optionIds });
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share).toBeLessThanOrEqual(1);
        for (const { id } of multiple.options.filter((one) => !one.isRight && !optionIds.includes(one.id))) {
          expect(shareOf(multiple, { kind: 'MULTIPLE', optionIds: [...optionIds, id] })).toBeLessThanOrEqual(share);
        }
      }),
    );
  });

  it('of an order is the share of neighbours that belong together', () => {
    const [one, two, three, four, five] = order.items.map(({ id }) => id) as [string, string, string, string, string];
    const share = (...itemIds: string[]) => shareOf(order, { kind: 'ORDER', itemIds });
    expect(share(one, two, three, five, four)).toBe(0.5);
    expect(share(three, four, five, one, two)).toBe(0.75);
    expect(share(five, four, three, two, one)).toBe(0);
  });

  it('of matches and gaps counts each of them', () => {
    const [cat, dog, oak] = match.prompts.map(({ id }) => id) as [string, string, string];
    const [animal, tree] = match.choices.map(({ id }) => id) as [string, string];
    const pair = (promptId: string, choiceId: string) => ({ promptId, choiceId });
    expect(shareOf(match, { kind: 'MATCH', pairs: [pair(cat, animal), pair(dog, tree)] })).toBeCloseTo(1 / 3);
    expect(shareOf(match, { kind: 'MATCH', pairs: [pair(cat, animal), pair(dog, animal), pair(oak, tree)] })).toBe(1);
    expect(shareOf(gap, { kind: 'GAP', texts: ['walks', 'on'] })).toBe(0.5);
    expect(shareOf(gap, { kind: 'GAP', texts: [' GOES', 'by.'] })).toBe(1);
  });

  it('of an attempt is rounded down: nobody passes by rounding', () => {
    expect(gradeOf([69_99], 100_00, 70)).toMatchObject({ percent: 69, passed: false });
    expect(gradeOf([70_00], 100_00, 70)).toMatchObject({ percent: 70, passed: true });
    // A third and two thirds of a point.
    expect(gradeOf([33, 67], 200, 50)).toMatchObject({ percent: 50, passed: true });
    expect(gradeOf([], 0, 1)).toMatchObject({ percent: 0, passed: false });
  });
});

describe('an answer', () => {
  const field = {
    SINGLE: 'optionIds',
    MULTIPLE: 'optionIds',
    SHORT_TEXT: 'text',
    ORDER: 'itemIds',
    MATCH: 'pairs',
    GAP: 'gapTexts',
  } as const;
  const given = (answer: Answer) => ({
    [field[answer.kind]]: 'texts' in answer ? answer.texts : Object.values(answer)[1],
  });

  it('is read as it was given', () => {
    fc.assert(
      fc.property(anyQuestion, (content) => {
        const answer = rightAnswer(content);
        expect(readAnswer(content, given(answer))).toEqual({ answer });
        expect(readAnswer(content, {})).toEqual({ answer: null });
      }),
    );
  });

  it('does not fit with ids of something else, twice the same, items left out, gaps too few or fields of other kinds', () => {
    const id = multiple.options[0]?.id ?? '';
    expect(readAnswer(multiple, { optionIds: ['nobody'] })).toBe('UNFIT');
    expect(readAnswer(multiple, { optionIds: [id, id] })).toBe('UNFIT');
    expect(readAnswer(multiple, { text: 'a' })).toBe('UNFIT');
    expect(readAnswer(multiple, { optionIds: [id], text: 'a' })).toBe('UNFIT');
    expect(readAnswer(order, { itemIds: order.items.slice(1).map((item) => item.id) })).toBe('UNFIT');
    expect(readAnswer(gap, { gapTexts: ['goes'] })).toBe('UNFIT');
    expect(readAnswer(gap, { gapTexts: ['goes', 'b\0y'] })).toBe('UNFIT');
    expect(readAnswer(match, { pairs: [{ promptId: match.prompts[0]?.id ?? '', choiceId: 'x' }] })).toBe('UNFIT');
  });
});

describe('a question as it is written', () => {
  const isRefused = (question: object) => !newQuestion.safeParse({ prompt: 'What?', ...question }).success;
  const two = [option('a', true), option('b', false)];

  it('has one right option or at least one, different texts, and nothing of other kinds', () => {
    expect(isRefused({ kind: 'SINGLE', options: two })).toBe(false);
    expect(isRefused({ kind: 'SINGLE', options: [option('a', true), option('b', true)] })).toBe(true);
    expect(isRefused({ kind: 'MULTIPLE', options: [option('a', false), option('b', false)] })).toBe(true);
    expect(isRefused({ kind: 'SINGLE', options: [option('a', true), option(' a ', false)] })).toBe(true);
    expect(isRefused({ kind: 'SINGLE', options: two, accepted: ['a'] })).toBe(true);
    expect(isRefused({ kind: 'SINGLE', options: two, accepted: null })).toBe(false);
  });

  it('has gaps in its text, each with something that is right', () => {
    expect(isRefused({ kind: 'GAP', gapText: 'No gap' })).toBe(true);
    expect(isRefused({ kind: 'GAP', gapText: 'An {{ | }} empty one' })).toBe(true);
    expect(gap).toMatchObject({
      texts: ['She ', ' to school ', ' bus.'],
      gaps: [{ accepted: ['goes', 'walks'] }, { accepted: ['by'] }],
    });
  });

  it('gives options ids from which nothing can be told: their order is not the written one', () => {
    const sorted = fc.sample(texts(8, 8), 40).filter((items) => {
      const content = make({ kind: 'ORDER', items }) as Extract<QuestionContent, { kind: 'ORDER' }>;
      const ids = content.items.map(({ id }) => id);
      return ids.join() === ids.toSorted().join();
    });
    expect(sorted).toEqual([]);
  });
});

describe('shuffling', () => {
  const ids = fc.uniqueArray(fc.uuid(), { maxLength: 12 });

  it('gives the same items in the same order for the same seed, in whatever order they were written', () => {
    fc.assert(
      fc.property(ids, fc.string(), (all, seed) => {
        const once = shuffled(all, seed, (id) => id);
        expect(once.toSorted()).toEqual(all.toSorted());
        expect(shuffled(all.toReversed(), seed, (id) => id)).toEqual(once);
      }),
    );
  });

  it('puts each item at each place about as often', () => {
    const counts = [0, 0, 0, 0];
    for (let seed = 0; seed < 4_000; seed++) {
      const place = shuffled(['a', 'b', 'c', 'd'], `${seed}`, (id) => id).indexOf('b');
      counts[place] = (counts[place] ?? 0) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 1_000)).toBeLessThan(150);
  });
});
