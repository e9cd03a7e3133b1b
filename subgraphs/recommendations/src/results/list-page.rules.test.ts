import { expect, test } from 'vitest';
import { pageOfList } from './list-page.rules.js';

const items = ['a', 'b', 'c', 'd', 'e'].map((tutorId, place) => ({ item: { tutorId }, place }));

function tutorsOf(page: ReturnType<typeof pageOfList>): string {
  return page.edges.map(({ node }) => node.item.tutorId).join('');
}

test('pages follow one another to the end', () => {
  const first = pageOfList('1', items, { first: 2 });
  expect([tutorsOf(first), first.pageInfo.hasPreviousPage, first.pageInfo.hasNextPage]).toEqual(['ab', false, true]);
  const second = pageOfList('1', items, { first: 2, after: first.pageInfo.endCursor });
  expect([tutorsOf(second), second.pageInfo.hasPreviousPage]).toEqual(['cd', true]);
  const third = pageOfList('1', items, { first: 2, after: second.pageInfo.endCursor });
  expect([tutorsOf(third), third.pageInfo.hasNextPage]).toEqual(['e', false]);
});

test('pages go backwards from the end', () => {
  const last = pageOfList('1', items, { last: 2 });
  expect([tutorsOf(last), last.pageInfo.hasPreviousPage, last.pageInfo.hasNextPage]).toEqual(['de', true, false]);
  const before = pageOfList('1', items, { last: 10, before: last.pageInfo.startCursor });
  expect([tutorsOf(before), before.pageInfo.hasPreviousPage]).toEqual(['abc', false]);
});

test('a page goes on after who is not shown any more', () => {
  const { pageInfo } = pageOfList('1', items, { first: 2 });
  const others = items.filter(({ item }) => item.tutorId !== 'b');
  expect(tutorsOf(pageOfList('1', others, { first: 2, after: pageInfo.endCursor }))).toBe('cd');
});

test('in another list a page goes on after the same tutor, wherever they stand', () => {
  const { pageInfo } = pageOfList('1', items, { first: 2 });
  const reversed = items.toReversed().map(({ item }, place) => ({ item, place }));
  expect(tutorsOf(pageOfList('2', reversed, { first: 2, after: pageInfo.endCursor }))).toBe('a');
});

test.each([
  ['a negative size', { first: -1 }],
  ['more than 100', { first: 101 }],
  ['both ends', { first: 1, last: 1 }],
  ['after from the end', { last: 1, after: 'x' }],
  ['a cursor of another list', { first: 1, after: Buffer.from('["a"]').toString('base64url') }],
  ['a cursor that is none', { first: 1, after: 'дальше' }],
])('%s is refused', (_, request) => {
  expect(() => pageOfList('1', items, request)).toThrow(
    expect.objectContaining({ extensions: { code: 'BAD_USER_INPUT' } }),
  );
});
