import { StripeError } from '../protocol/stripe-error.js';
import type { Resource } from '../resources/resource.js';
import { PLATFORM } from '../store/ids.js';
import { KIND_BY_PREFIX, type Kind, type Tables } from '../store/tables.js';
import type { Transaction } from '../store/transaction.js';

const DEEPEST = 4;
/** Fields that can be expanded and that not every object of their kind has. */
const OPTIONAL: ReadonlySet<string> = new Set(['failure_balance_transaction']);

type Include = (tx: Transaction, object: never) => unknown;
type Home = (object: never) => unknown;

/** Replaces ids by their objects where `expand` asks for it. */
export class Expander {
  private readonly includes = new Map<string, Readonly<Record<string, Include>>>();
  private readonly homes = new Map<string, Readonly<Record<string, Home>>>();

  constructor(resources: readonly Resource[]) {
    for (const { includes = {}, homes = {} } of resources) {
      for (const [kind, fields] of Object.entries(includes)) {
        this.includes.set(kind, { ...this.includes.get(kind), ...fields });
      }
      for (const [kind, fields] of Object.entries(homes)) this.homes.set(kind, fields);
    }
  }

  /** A copy with every path expanded. @throws StripeError for a path that cannot be */
  expand(tx: Transaction, object: object, paths: readonly string[]): object {
    return paths.reduce<object>((value, path) => {
      const steps = path.split('.');
      if (steps.length > DEEPEST) {
        throw refusal(`You cannot expand more than ${DEEPEST} levels of a property. Property: ${path}`);
      }
      // An object stays an object, whatever is expanded in it.
      return this.at(tx, value, steps, path) as object;
    }, object);
  }

  private at(tx: Transaction, value: unknown, steps: readonly string[], path: string): unknown {
    const [step, ...rest] = steps;
    if (step === undefined || value === null || value === undefined) return value;
    if (Array.isArray(value)) return value.map((item) => this.at(tx, item, steps, path));
    if (typeof value !== 'object') throw cannot(path);
    const field = this.field(tx, value, step);
    if (field === undefined) {
      if (OPTIONAL.has(step)) return value;
      throw cannot(path);
    }
    const there = this.home(tx, value, step);
    const expanded = typeof field === 'string' ? resolve(there, field) : field;
    if (expanded === undefined) throw cannot(path);
    return { ...value, [step]: this.at(there, expanded, rest, path) };
  }

  /** Seen from the account that what a field names belongs to. */
  private home(tx: Transaction, holder: object, name: string): Transaction {
    const homeOf = 'object' in holder ? this.homes.get(String(holder.object))?.[name] : undefined;
    // What stands under a kind's name is an object of that kind.
    const account = homeOf?.(holder as never);
    return typeof account === 'string' ? tx.in(account) : tx;
  }

  private field(tx: Transaction, holder: object, name: string): unknown {
    const include = 'object' in holder ? this.includes.get(String(holder.object))?.[name] : undefined;
    // What stands under a kind's name is an object of that kind.
    return include ? include(tx, holder as never) : Reflect.get(holder, name);
  }
}

/** The object with this id, here or among what everybody may see. */
function resolve(tx: Transaction, id: string): Tables[Kind] | undefined {
  const kind = KIND_BY_PREFIX[id.slice(0, id.indexOf('_'))];
  return kind && (tx.find(kind, id) ?? (kind === 'account' ? tx.in(PLATFORM).find(kind, id) : undefined));
}

function cannot(path: string): StripeError {
  return refusal(`This property cannot be expanded (${path}).`);
}

function refusal(message: string): StripeError {
  return new StripeError(400, 'invalid_request_error', message, { param: 'expand' });
}
