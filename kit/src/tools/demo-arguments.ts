import { parseArgs } from 'node:util';
import { z } from 'zod';
import { firstStart } from '../room/demo.js';

/** What the command line asks for. */
export interface DemoArguments {
  tutors: number;
  orders: number;
  seed: number;
  clear: boolean;
}

/** The command line cannot be understood; the message says how it should be. */
export class DemoArgumentsError extends Error {
  override readonly name = 'DemoArgumentsError';
}

const USAGE = 'npm run demo -- [--tutors 64] [--orders 30] [--seed 7] [--clear]';
const count = z.coerce.number().int().min(0).max(20_000);
const schema = z.object({
  tutors: count.default(firstStart.tutors),
  orders: count.default(firstStart.orders),
  seed: z.coerce.number().int().min(0).max(4_294_967_295).default(firstStart.seed),
  clear: z.boolean().default(false),
});

/** @throws DemoArgumentsError */
export function readDemoArguments(args: readonly string[]): DemoArguments {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        tutors: { type: 'string' },
        orders: { type: 'string' },
        seed: { type: 'string' },
        clear: { type: 'boolean' },
      },
    });
    return schema.parse(values);
  } catch (cause) {
    const problem = cause instanceof z.ZodError ? cause.issues.map(describe).join('; ') : String(cause);
    throw new DemoArgumentsError(`${problem}. Usage: ${USAGE}`, { cause });
  }
}

function describe({ path, message }: z.core.$ZodIssue): string {
  return `--${path.join('.')}: ${message}`;
}
