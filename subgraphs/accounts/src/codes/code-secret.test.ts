import { newId } from '@tutorgraph/kit/database/id';
import { describe, expect, it } from 'vitest';
import { CodeSecret } from './code-secret.js';

const secret = new CodeSecret('a secret that only tests know, long enough');

describe('a code', () => {
  it('is the same four digits whenever it is derived from its id, and others with another secret', () => {
    const ids = Array.from({ length: 50 }, newId);
    const codes = ids.map((id) => secret.codeOf(id));
    expect(ids.map((id) => secret.codeOf(id))).toEqual(codes);
    expect(codes.every((code) => /^\d{4}$/.test(code))).toBe(true);
    const other = new CodeSecret('another secret that only tests know');
    expect(ids.map((id) => other.codeOf(id))).not.toEqual(codes);
  });

  it('may be any of the ten thousand, leading zeros included', () => {
    const counts = new Map<string, number>();
    for (let index = 0; index < 200_000; index++) {
      const code = secret.codeOf(`id ${index}`);
      counts.set(code, (counts.get(code) ?? 0) + 1);
    }
    expect(counts.size).toBe(10_000);
    // Twenty each on average: so far from it only a fault would be.
    expect(Math.max(...counts.values())).toBeLessThan(60);
  });

  it('is right for its own id and secret only', () => {
    const [id, other] = [newId(), newId()];
    const code = secret.codeOf(id);
    const hash = secret.hashOf(id, code);
    expect(hash).not.toContain(code);
    expect(secret.isRight(id, code, hash)).toBe(true);
    expect(secret.isRight(other, code, hash)).toBe(false);
    expect(secret.isRight(id, String((Number(code) + 1) % 10_000).padStart(4, '0'), hash)).toBe(false);
    expect(new CodeSecret('another secret that only tests know').isRight(id, code, hash)).toBe(false);
  });

  it('is never right where none is meant to be', () => {
    const id = newId();
    const hash = secret.hashOfNothing();
    const all = Array.from({ length: 10_000 }, (_, number) => String(number).padStart(4, '0'));
    expect(all.filter((code) => secret.isRight(id, code, hash))).toEqual([]);
  });
});
