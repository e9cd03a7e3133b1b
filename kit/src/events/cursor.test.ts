import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeCursor, encodeCursor } from './cursor.js';

test('a cursor gives its position back', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z]+$/), fc.maxSafeNat(), (stream, position) => {
      expect(decodeCursor(stream, encodeCursor(stream, position))).toBe(position);
    }),
  );
});

test('a cursor of another stream is refused', () => {
  expect(() => decodeCursor('accounts', encodeCursor('marketplace', 5))).toThrow('"marketplace", not "accounts"');
});

test('text that is no cursor is refused, whatever it is', () => {
  const texts = fc.oneof(
    fc.string(),
    fc.base64String(),
    fc
      .constantFrom('accounts:-1', 'accounts:01', 'accounts:1.5', 'accounts:9007199254740993', ':1', 'accounts:')
      .map((text) => {
        return Buffer.from(text).toString('base64url');
      }),
  );
  fc.assert(
    fc.property(texts, (text) => {
      expect(() => decodeCursor('accounts', text)).toThrow('not one that a subscription gave');
    }),
  );
});
