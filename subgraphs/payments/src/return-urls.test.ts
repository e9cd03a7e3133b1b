import { expect, it } from 'vitest';
import { ReturnUrls } from './return-urls.js';

const environment = { PUBLIC_URL: 'https://api.example.com/v1', ALLOWED_ORIGINS: ['https://app.example.com'] };
const production = new ReturnUrls({ ...environment, NODE_ENV: 'production' });
const development = new ReturnUrls({ ...environment, NODE_ENV: 'development' });

const isTaken = (urls: ReturnUrls, successUrl: string): boolean => {
  try {
    urls.accept({ successUrl });
    return true;
  } catch {
    return false;
  }
};

it.each(['https://app.example.com/paid?session={CHECKOUT_SESSION_ID}', 'https://api.example.com/'])(
  'a page of ours may be returned to: %s',
  (url) => {
    expect(isTaken(production, url)).toBe(true);
  },
);

it.each([
  'https://evil.example/',
  'https://app.example.com.evil.example/',
  'https://app.example.com:8443/',
  'http://app.example.com/',
  'https://app.example.com@evil.example/',
  'https://me:secret@app.example.com/',
  'javascript:alert(1)',
  'data:text/html,hello',
  '//app.example.com/',
  '/paid',
  '',
  `https://app.example.com/${'x'.repeat(2_000)}`,
])('no other one may: %s', (url) => {
  expect(isTaken(production, url)).toBe(false);
  expect(isTaken(development, url)).toBe(false);
});

it('one on the developer’s own machine may, but not in production', () => {
  for (const url of ['http://localhost:5173/paid', 'http://127.0.0.1/', 'http://[::1]:3000/']) {
    expect(isTaken(development, url)).toBe(true);
    expect(isTaken(production, url)).toBe(false);
  }
});
