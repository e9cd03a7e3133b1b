import { isLargerThan, tooLarge } from '../errors/too-large.js';
import type { OperationAnswer } from '../operations/operations.js';
import type { PresentedUpdate } from '../operations/presented-updates.js';
import type { LiveAnswer } from './live-answer.js';
import type { LiveAnswers } from './live-answers.js';

/** A result of which parts come later. */
export interface IncrementalAnswer {
  result: OperationAnswer['result'];
  subsequent: AsyncIterator<PresentedUpdate, void>;
  requestId: string;
  /** Bytes of each part; one that is larger ends the answer. */
  mostBytes: number;
}

/** Sends each part as soon as it is known; nothing more is asked once the client has left. */
export function sendIncremental(incremental: IncrementalAnswer, answer: LiveAnswer, answers: LiveAnswers): void {
  const { subsequent } = incremental;
  answers.begin(answer, () => void subsequent.return?.());
  void pass(incremental, answer).then(() => answer.complete());
}

async function pass(
  { result, subsequent, requestId, mostBytes }: IncrementalAnswer,
  answer: LiveAnswer,
): Promise<void> {
  const first = JSON.stringify({ ...result, hasNext: true });
  if (isLargerThan(first, mostBytes)) {
    return answer.give(JSON.stringify({ ...tooLarge(mostBytes, requestId), hasNext: false }));
  }
  await answer.give(first);
  for (let next = await subsequent.next(); !next.done; next = await subsequent.next()) {
    const text = JSON.stringify(next.value);
    if (isLargerThan(text, mostBytes)) {
      const part = { data: null, path: [], ...tooLarge(mostBytes, requestId) };
      return answer.give(JSON.stringify({ incremental: [part], hasNext: false }));
    }
    await answer.give(text);
  }
}
