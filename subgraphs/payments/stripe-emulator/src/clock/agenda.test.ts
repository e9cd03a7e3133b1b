import fc from 'fast-check';
import { expect, it } from 'vitest';
import { PLATFORM } from '../store/ids.js';
import { Store } from '../store/store.js';
import { Agenda } from './agenda.js';

fc.configureGlobal({ seed: 20261121 });

it('tells what is due next, whatever was added and taken back in whatever order', () => {
  const moments = fc.array(fc.record({ at: fc.nat({ max: 20 }), isTakenBack: fc.boolean() }), { maxLength: 40 });
  fc.assert(
    fc.property(moments, (given) => {
      const store = new Store();
      const agenda = new Agenda(store);
      const end = (id: string) => store.commit((changes) => changes.remove('task', PLATFORM, id));
      const tasks = given.map(({ at }, index) => ({
        id: `task_${index}`,
        at,
        task: 'any',
        subject: '',
        account: PLATFORM,
        testClock: null,
      }));
      for (const task of tasks) {
        store.commit((changes) => changes.put('task', PLATFORM, task));
        agenda.add(task);
      }
      for (const [index, { isTakenBack }] of given.entries()) if (isTakenBack) end(`task_${index}`);
      const done: number[] = [];
      for (let next = agenda.next(); next; next = agenda.next()) {
        done.push(next.at);
        end(next.id);
      }
      const expected = given.filter(({ isTakenBack }) => !isTakenBack).map(({ at }) => at);
      expect(done).toEqual(expected.sort((one, other) => one - other));
    }),
  );
});
