import { parseArgs } from 'node:util';
import { z } from 'zod';
import { email, personName, username } from '../users/user.rules.js';

/** What the command line asks for. */
export type AdminCommand =
  | {
      name: 'create-super-admin';
      email: string;
      username: string;
      firstName: string;
      lastName: string;
      /** Absent: ask for it. */
      password?: string | undefined;
    }
  | { name: 'suspend' | 'restore'; email: string };

/** The command line cannot be understood; the message says how it should be. */
export class AdminArgumentsError extends Error {
  override readonly name = 'AdminArgumentsError';
}

const USAGE = `Usage:
  npm run admin -- create-super-admin --email … --username … --first-name … --last-name … [--password …]
  npm run admin -- suspend --email …
  npm run admin -- restore --email …`;

const commands = z.discriminatedUnion('name', [
  z.object({
    name: z.literal('create-super-admin'),
    email,
    username,
    'first-name': personName,
    'last-name': personName,
    password: z.string().optional(),
  }),
  z.object({ name: z.literal(['suspend', 'restore']), email }),
]);

/** @throws AdminArgumentsError */
export function readAdminArguments(args: readonly string[]): AdminCommand {
  const [name, ...rest] = args;
  try {
    const text = { type: 'string' } as const;
    const options = { email: text, username: text, 'first-name': text, 'last-name': text, password: text };
    const { values } = parseArgs({ args: rest, options });
    const command = commands.parse({ name, ...values });
    if (command.name !== 'create-super-admin') return command;
    const { 'first-name': firstName, 'last-name': lastName, ...others } = command;
    return { ...others, firstName, lastName };
  } catch (cause) {
    throw new AdminArgumentsError(`${problemOf(cause)}\n${USAGE}`, { cause });
  }
}

function problemOf(cause: unknown): string {
  if (!(cause instanceof z.ZodError)) return cause instanceof Error ? cause.message : String(cause);
  return cause.issues
    .map(({ path, code, message }) => {
      if (path[0] === 'name') return 'Say what to do.';
      return `--${path.join('.')}: ${code === 'invalid_type' ? 'is missing' : message}`;
    })
    .join('\n');
}
