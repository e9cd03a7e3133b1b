import { createInterface } from 'node:readline';
import { type Readable, Writable } from 'node:stream';

/** Where somebody types. */
type Keyboard = Readable & { isTTY?: boolean };

/** Asks twice at the terminal, without showing what is typed. @throws Error when there is no terminal, or on Ctrl+C */
export async function askPassword(input: Keyboard, output: Writable): Promise<string> {
  if (!input.isTTY) throw new Error('There is no terminal to ask for the password; give it with --password');
  const first = await askHidden('Password (at least 10 characters): ', input, output);
  if ((await askHidden('Once more: ', input, output)) === first) return first;
  throw new Error('The two passwords differ; run the command again');
}

function askHidden(question: string, input: Keyboard, output: Writable): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input, output: silent, terminal: true, historySize: 0 });
  output.write(question);
  return new Promise((resolve, reject) => {
    terminal.once('SIGINT', () => {
      terminal.close();
      output.write('\n');
      reject(new Error('Nothing was done'));
    });
    terminal.question('', (answer) => {
      terminal.close();
      output.write('\n');
      resolve(answer);
    });
  });
}
