import { expect, it } from 'vitest';
import { networkOf } from './network.js';

it.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['::FFFF:cb00:7107', '203.0.113.7'],
  ['2001:db8:1:2::1', '2001:db8:1:2::/64'],
  ['2001:0DB8:0001:0002:ffff:ffff:ffff:ffff', '2001:db8:1:2::/64'],
  ['2001:db8:1:3::1', '2001:db8:1:3::/64'],
  ['fe80::1%eth0', 'fe80::/64'],
  ['::1', '::/64'],
  ['203.0.113.7, 10.0.0.1', 'unknown'],
  ['203.0.113.7:8080', 'unknown'],
  ['example.com', 'unknown'],
  ['', 'unknown'],
  [undefined, 'unknown'],
])('the network of %j is %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});

it('an address has the same network each time, and what is too long for an address none', () => {
  for (let time = 0; time < 2; time += 1) {
    expect(networkOf('2001:db8:7:8::9')).toBe('2001:db8:7:8::/64');
    expect(networkOf('nonsense')).toBe('unknown');
    expect(networkOf('1'.repeat(1_000_000))).toBe('unknown');
  }
});
