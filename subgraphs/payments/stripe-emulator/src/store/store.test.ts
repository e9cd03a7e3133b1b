import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Store } from './store.js';
import type { Task } from './tables.js';

fc.configureGlobal({ seed: 20261121 });

const ACCOUNT = 'acct_1';
const task = (id: string, at = 0): Task => ({ id, at, task: '', subject: '', account: ACCOUNT, testClock: null });

const change = fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), at: fc.option(fc.nat()) });
const commit = fc.record({ changes: fc.array(change, { maxLength: 6 }), isUndone: fc.boolean() });

describe('the store', () => {
  it('keeps objects in the order in which they were made, and nothing of a commit that throws', () => {
    fc.assert(
      fc.property(fc.array(commit, { maxLength: 20 }), (commits) => {
        const store = new Store();
        let expected = new Map<string, number>();
        for (const { changes, isUndone } of commits) {
          const draft = new Map(expected);
          const work = () =>
            store.commit((tx) => {
              for (const { id, at } of changes) {
                if (at === null) tx.remove('task', ACCOUNT, id);
                else tx.put('task', ACCOUNT, task(id, at));
                if (at === null) draft.delete(id);
                else draft.set(id, at);
              }
              if (isUndone) throw new Error('undone');
            });
          if (isUndone) expect(work).toThrow('undone');
          else {
            work();
            expected = draft;
          }
          expect([...store.rows('task', ACCOUNT)].map(({ id, at }) => [id, at])).toEqual([...expected]);
          for (const id of 'abcdef') expect(store.find('task', ACCOUNT, id)?.at).toBe(expected.get(id));
        }
      }),
    );
  });

  it('tells of commits after they have happened, and never of one that has not', () => {
    const store = new Store();
    const heard: string[] = [];
    store.onCommit((changes) => heard.push(...changes.map(([, , id]) => id)));
    store.commit((tx) => tx.put('task', ACCOUNT, task('a')));
    expect(() =>
      store.commit((tx) => {
        tx.put('task', ACCOUNT, task('b'));
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(heard).toEqual(['a']);
  });

  it('refuses a commit within a commit, and changes of what it keeps', () => {
    const store = new Store();
    expect(() => store.commit(() => store.commit(() => {}))).toThrow(/within a commit/);
    store.commit((tx) => tx.put('task', ACCOUNT, task('a')));
    expect(() => Object.assign(store.find('task', ACCOUNT, 'a') ?? {}, { at: 5 })).toThrow(TypeError);
  });
});
