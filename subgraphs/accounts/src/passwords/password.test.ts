import { describe, expect, it } from 'vitest';
import { hashPassword, verifyPassword } from './password.js';

describe('a password', () => {
  it('is kept as argon2id with its parameters, another time with another salt', async () => {
    const [first, second] = await Promise.all([hashPassword('correct horse'), hashPassword('correct horse')]);
    expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(first).not.toBe(second);
  });

  it('is known again, and no other is', async () => {
    const hash = await hashPassword('correct horse');
    expect(await verifyPassword('correct horse', hash)).toBe(true);
    expect(await verifyPassword('Correct horse', hash)).toBe(false);
  });

  it('is never right where there is no account or no password', async () => {
    expect(await verifyPassword('anything', null)).toBe(false);
    expect(await verifyPassword('anything', undefined)).toBe(false);
  });

  it('that is stored in no form we know is a fault, not a wrong password', async () => {
    await expect(verifyPassword('x', 'md5:abc')).rejects.toThrow('PHC');
  });
});
