import { describe, expect, test } from 'vitest';
import { withoutValues } from './sql-spans.js';

describe('the text of a statement in a trace', () => {
  test('keeps names and parameters', () => {
    const sql = 'select "u0".* from "accounts"."users" as "u0" where "u0"."id" = $1 limit $2';
    expect(withoutValues(sql)).toBe(sql);
  });

  test('holds no literal, however it is written', () => {
    const sql = `select 'a@b.ru', 'it''s', E'a\\'b', $$secret$$, $t$x $$ y$t$, 42, 3.14e5 from t1 where a='x' -- ada@b.ru\n/* 555 */ and b=7`;
    expect(withoutValues(sql)).toBe('select ?, ?, ?, ?, ?, ?, ? from t1 where a=? and b=?');
  });

  test('is the same for lists of any length', () => {
    expect(withoutValues('select 1 where id in ($1, $2,  $3)')).toBe('select ? where id in (?)');
    expect(withoutValues("delete from t where id in ('a', 'b')")).toBe('delete from t where id in (?)');
  });
});
