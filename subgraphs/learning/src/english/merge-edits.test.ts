import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EnglishEdit } from './english-check.js';
import { applyEdits, mergeEdits } from './merge-edits.js';

function edit(text: string, original: string, replacement: string, rest: Partial<EnglishEdit> = {}): EnglishEdit {
  const start = text.indexOf(original);
  return {
    start,
    end: start + original.length,
    original,
    replacement,
    suggestions: [replacement],
    kind: 'OTHER',
    explanation: '',
    confidence: 0.5,
    source: 'rules',
    ...rest,
  };
}

describe('edits of the checker and of a model', () => {
  const text = 'She go to school by foot yesterday.';
  const local = edit(text, 'go', 'goes', { confidence: 0.7 });

  it('of two that overlap, the surer one stays', () => {
    const model = edit(text, 'go', 'went', { confidence: 0.9 });
    expect(mergeEdits(text, [local], [model]).corrected).toBe('She went to school by foot yesterday.');
    expect(mergeEdits(text, [local], [{ ...model, confidence: 0.6 }]).corrected).toBe(
      'She goes to school by foot yesterday.',
    );
  });

  it('are one where both say the same, and surer than either', () => {
    const { edits } = mergeEdits(
      text,
      [local],
      [edit(text, 'go', 'goes', { confidence: 0.8, suggestions: ['goes', 'went'] })],
    );
    expect(edits).toHaveLength(1);
    expect(edits[0]).toMatchObject({ replacement: 'goes', confidence: 0.94, suggestions: ['goes', 'went'] });
  });

  it('are dropped where the text is not what the model says', () => {
    const shifted = { ...edit(text, 'by', 'on', { confidence: 1 }), start: 3, end: 5 };
    const outside = { ...edit(text, 'by', 'on', { confidence: 1 }), start: 400, end: 402 };
    expect(mergeEdits(text, [], [shifted, outside]).edits).toEqual([]);
  });

  it('are dropped where the model invents', () => {
    const added = edit(text, 'school', 'school with her best friend Mary', { confidence: 1 });
    const rewritten = edit(text, text, 'Yesterday she walked happily to the old school near the river.', {
      confidence: 1,
    });
    const replaced = edit(text, 'by foot', 'through winter forests', { confidence: 1 });
    expect(mergeEdits(text, [], [added, rewritten, replaced]).edits).toEqual([]);
  });

  it('stay where the model adds what holds a sentence together', () => {
    const { corrected } = mergeEdits(
      text,
      [],
      [edit(text, 'by foot', 'on foot'), edit(text, 'go to', 'has been going to the')],
    );
    expect(corrected).toBe('She has been going to the school on foot yesterday.');
  });

  const anyEdits = fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme' }).chain((written) => {
    const place = fc.tuple(fc.nat(written.length + 3), fc.nat(8));
    const found = fc.record({
      place,
      replacement: fc.string({ maxLength: 8 }),
      confidence: fc.double({ min: 0, max: 1, noNaN: true }),
      lies: fc.boolean(),
    });
    const edits = fc.array(
      found.map(({ place: [start, length], replacement, confidence, lies }): EnglishEdit => {
        const original = lies ? 'not there' : written.slice(start, start + length);
        return { ...edit(written, '', replacement), start, end: start + length, original, confidence };
      }),
      { maxLength: 12 },
    );
    return fc.tuple(fc.constant(written), edits, edits);
  });

  it('are always in order, apart, at their place and the way to the corrected text, whatever came in', () => {
    fc.assert(
      fc.property(anyEdits, ([written, ours, models]) => {
        const { edits, corrected } = mergeEdits(written, ours, models);
        for (const [index, { start, end, original }] of edits.entries()) {
          expect(written.slice(start, end)).toBe(original);
          const next = edits[index + 1];
          if (next) expect(end <= next.start && start < next.start).toBe(true);
        }
        expect(applyEdits(written, edits)).toBe(corrected);
        const undone = edits.reduceRight((changed, { start, original, replacement, end }) => {
          const shift = edits
            .filter((other) => other.start < start)
            .reduce((sum, other) => sum + other.replacement.length - (other.end - other.start), 0);
          expect(end - start).toBe(original.length);
          return changed.slice(0, start + shift) + original + changed.slice(start + shift + replacement.length);
        }, corrected);
        expect(undone).toBe(written);
      }),
    );
  });

  it('are the same when merged again', () => {
    fc.assert(
      fc.property(anyEdits, ([written, ours, models]) => {
        const merged = mergeEdits(written, ours, models);
        expect(mergeEdits(written, merged.edits, []).corrected).toBe(merged.corrected);
      }),
    );
  });
});
