import { expect, test } from 'vitest';
import { feedToken, readFeedToken } from './feed-address.js';

const key = { calendarId: '01900000-0000-7000-8000-000000000001', version: 3 };
const SECRET = 'a secret that only tests know, long enough';

test('an address names its feed', () => {
  expect(readFeedToken(feedToken(key, SECRET), SECRET)).toEqual(key);
});

test('an address that we did not make names none', () => {
  const token = feedToken(key, SECRET);
  const others = [
    feedToken(key, 'another secret'),
    feedToken({ ...key, version: 4 }, SECRET).replace('-4-', '-3-'),
    token.replace('01900000', '01900001'),
    token.slice(0, -1),
    `${token}a`,
    token.toUpperCase(),
    '',
    'x',
    `${token}\0`,
  ];
  for (const other of others) expect(readFeedToken(other, SECRET), other).toBeUndefined();
});
