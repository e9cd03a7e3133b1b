import { expect, test } from 'vitest';
import { SharedAnswer } from './broadcast-event.js';
import { type OwnEvent, WaitingEvents } from './waiting-events.js';

function own(size: number): OwnEvent {
  return { cursor: undefined, bytes: () => size, answer: async () => ({}) };
}

function known(size: number): SharedAnswer {
  const answer = new SharedAnswer('c');
  answer.outcome = { text: Buffer.alloc(size) };
  return answer;
}

test('no more events wait than may', () => {
  const waiting = new WaitingEvents({ events: 2, bytes: 100 });
  expect([own(1), known(1), own(1)].map((event) => waiting.push(event))).toEqual([true, true, false]);
  waiting.shift();
  expect(waiting.push(own(1))).toBe(true);
});

test('bytes are those of what waits still, whoever else shares it', () => {
  const waiting = new WaitingEvents({ events: 10, bytes: 100 });
  for (const event of [own(60), known(30), own(10)]) waiting.push(event);
  expect(waiting.isTooLarge).toBe(false);
  waiting.push(known(1));
  expect(waiting.isTooLarge).toBe(true);
  waiting.shift();
  expect(waiting.isTooLarge).toBe(false);
  waiting.push(known(60));
  expect(waiting.isTooLarge).toBe(true);
  waiting.clear();
  expect([waiting.isTooLarge, waiting.size]).toEqual([false, 0]);
});

test('one event alone may be of any size', () => {
  const waiting = new WaitingEvents({ events: 10, bytes: 100 });
  waiting.push(known(1_000));
  expect(waiting.isTooLarge).toBe(false);
  waiting.push(own(1));
  expect(waiting.isTooLarge).toBe(true);
});

test('an answer counts as soon as it is known, and what comes after it then', () => {
  const waiting = new WaitingEvents({ events: 10, bytes: 100 });
  const late = new SharedAnswer('c');
  waiting.push(late);
  waiting.push(known(90));
  expect(waiting.isTooLarge).toBe(false);
  late.outcome = { text: Buffer.alloc(20) };
  expect(waiting.isTooLarge).toBe(true);
});
