import { describe, expect, it } from 'vitest';
import { groupsOf, meanNdcg, ndcgOf } from './ndcg.js';

const all = Number.POSITIVE_INFINITY;

describe('NDCG', () => {
  it('is what counting by hand gives', () => {
    // DCG 0/1 + 3/log2(3) + 1/2 = 2.39279; at best 3 + 1/log2(3) = 3.63093.
    const groups = groupsOf([0, 2, 1], [3]);
    expect(ndcgOf(groups, [3, 2, 1], all)[0]).toBeCloseTo(2.39279 / 3.63093, 5);
    expect(ndcgOf(groups, [1, 3, 2], all)[0]).toBe(1);
    expect(ndcgOf(groups, [3, 2, 1], 1)[0]).toBe(0);
    expect(ndcgOf(groups, [3, 2, 1], 2)[0]).toBeCloseTo(3 / Math.log2(3) / (3 + 1 / Math.log2(3)), 9);
  });

  it('says nothing of a group in which nothing has a gain, and does not count it', () => {
    const groups = groupsOf([0, 0, 1, 0], [2, 2]);
    const scores = [1, 2, 1, 2];
    expect(Array.from(ndcgOf(groups, scores, all))).toEqual([Number.NaN, 1 / Math.log2(3)]);
    expect(meanNdcg(groups, scores, all)).toBe(1 / Math.log2(3));
    expect(meanNdcg(groupsOf([0, 0], [2]), [1, 2], all)).toBeNaN();
  });

  it('gives rows of equal scores the mean of their places, in whatever order they come', () => {
    const share = (1 + 1 / Math.log2(3) + 1 / 2) / 3;
    for (const labels of [
      [1, 0, 0],
      [0, 0, 1],
    ]) {
      expect(ndcgOf(groupsOf(labels, [3]), [0, 0, 0], all)[0]).toBeCloseTo(share, 12);
      expect(ndcgOf(groupsOf(labels, [3]), [0, 0, 0], 1)[0]).toBeCloseTo(1 / 3, 12);
    }
  });

  it('lets a row of weight 5 stand for five groups like its own', () => {
    const weighed = groupsOf([1, 0, 0, 1, 0, 0], [3, 3], [1, 1, 1, 5, 1, 1]);
    const repeated = groupsOf([1, 0, 0, ...Array.from({ length: 5 }, () => [1, 0, 0]).flat()], [3, 3, 3, 3, 3, 3]);
    const [first, second] = [
      [3, 2, 1],
      [1, 2, 3],
    ];
    const plain = [first, second, second, second, second, second].flat() as number[];
    expect(meanNdcg(weighed, [first, second].flat() as number[], all)).toBeCloseTo(meanNdcg(repeated, plain, all), 12);
  });

  it('refuses groups that are not all rows', () => {
    expect(() => groupsOf([1, 0], [3])).toThrow('2 rows are not the 3 of their groups');
  });
});
