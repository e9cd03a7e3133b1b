import { expect, it } from 'vitest';
import { type ReceiptGrant, ReceiptUrls } from './receipt-urls.js';

const SECRET = 'a secret that only tests know, long enough';
const urls = new ReceiptUrls(SECRET, () => 'https://api.example.com');
const now = new Date('2026-11-21T12:00:00Z');
const payment = { id: '01900000-0000-7000-8000-000000000001', status: 'SUCCEEDED' } as const;

function read(address: string | null): { grant: ReceiptGrant; signature: string } {
  const { searchParams, pathname } = new URL(address ?? '');
  const locale = searchParams.get('lang') === 'ru' ? 'ru' : 'en';
  const grant = {
    paymentId: pathname.split('/').at(-1) ?? '',
    locale,
    expires: Number(searchParams.get('expires')),
  } as const;
  return { grant, signature: searchParams.get('signature') ?? '' };
}

it('an address is good for a quarter of an hour', () => {
  const { grant, signature } = read(urls.of(payment, 'ru', now));
  expect(grant).toEqual({ paymentId: payment.id, locale: 'ru', expires: now.getTime() / 1000 + 900 });
  expect(urls.allows(grant, signature, new Date(now.getTime() + 899_999))).toBe(true);
  expect(urls.allows(grant, signature, new Date(now.getTime() + 900_000))).toBe(false);
});

it('an address is good for nothing else', () => {
  const { grant, signature } = read(urls.of(payment, 'en', now));
  const others = [{ paymentId: '01900000-0000-7000-8000-000000000002' }, { locale: 'ru' as const }, { expires: 9e9 }];
  for (const change of others) expect(urls.allows({ ...grant, ...change }, signature, now)).toBe(false);
  expect(urls.allows(grant, '', now)).toBe(false);
  expect(new ReceiptUrls(`another ${SECRET}`, () => '').allows(grant, signature, now)).toBe(false);
});

it('there is none before it is paid, and English is for languages that we do not write', () => {
  expect(urls.of({ ...payment, status: 'PENDING' }, 'en', now)).toBeNull();
  expect(read(urls.of(payment, 'de', now)).grant.locale).toBe('en');
});
