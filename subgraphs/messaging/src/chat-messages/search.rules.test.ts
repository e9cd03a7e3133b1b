import { expect, test } from 'vitest';
import { searchTerms } from './search.rules.js';

test.each([
  ['домашнее зада', "'домашнее' & 'зада':*"],
  ['  Present Perfect! ', "'Present' & 'Perfect':*"],
  ["it's \\ & | ! <-> :* (x)", "'it' & 's' & 'x':*"],
  ['???', ''],
  ['a b c d e f g h i j k l', "'a' & 'b' & 'c' & 'd' & 'e' & 'f' & 'g' & 'h' & 'i' & 'j':*"],
])('%j is looked for as %j', (text, terms) => {
  expect(searchTerms(text)).toBe(terms);
});
