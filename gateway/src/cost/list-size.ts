import {
  type FieldNode,
  type GraphQLField,
  type GraphQLOutputType,
  getNullableType,
  isListType,
  Kind,
  type ValueNode,
} from 'graphql';
import { type Amount, productOf, type Variables } from './amount.js';
import type { ListSize } from './cost-directives.js';

/** Items that a list is taken to have when nothing says how many. */
const USUAL_SIZE = 10;
/** No list is longer; with greater numbers one could not count. */
const GREATEST_SIZE = 1e9;
const DIGITS = /^\d+$/;

/** How many items a field's own list has; 1 for what is no list, more for lists of lists. */
export function ownSize(type: GraphQLOutputType, outermost: Amount): Amount {
  let size: Amount = 1;
  let item = getNullableType(type);
  for (let level = 0; isListType(item); level++) {
    size = productOf(size, level === 0 ? outermost : USUAL_SIZE);
    item = getNullableType(item.ofType);
  }
  return size;
}

/**
 * How many items a field's list has by its arguments: the greatest of those that say how many, and the assumed size where
 * none does, or one says nonsense, which nobody can gain by.
 */
export function askedSize(size: ListSize | undefined, field: GraphQLField<unknown, unknown>, node: FieldNode): Amount {
  const assumed = size?.assumedSize ?? USUAL_SIZE;
  const asked = (size?.slicingArguments ?? []).flatMap((name) => {
    const argument = field.args.find((one) => one.name === name);
    const given = node.arguments?.find((one) => one.name.value === name)?.value;
    return argument ? [readNumber(given, argument.defaultValue)] : [];
  });
  if (asked.length === 0) return assumed;
  const known = asked.filter((one) => typeof one !== 'function');
  if (known.length === asked.length) return sizeOf(known, assumed);
  return (variables) => {
    return sizeOf(
      asked.map((one) => (typeof one === 'function' ? one(variables) : one)),
      assumed,
    );
  };
}

function sizeOf(asked: readonly unknown[], assumed: number): number {
  const given = asked.filter((one) => one !== undefined && one !== null);
  if (given.length === 0) return assumed;
  return Math.max(...given.map((one) => (isCount(one) ? Math.min(Number(one), GREATEST_SIZE) : assumed)));
}

/** Other graphs may write great numbers as text. */
function isCount(value: unknown): boolean {
  return typeof value === 'number' ? value >= 0 : typeof value === 'string' && DIGITS.test(value);
}

function readNumber(given: ValueNode | undefined, otherwise: unknown): unknown {
  if (!given) return otherwise;
  if (given.kind === Kind.INT || given.kind === Kind.FLOAT || given.kind === Kind.STRING) return given.value;
  if (given.kind !== Kind.VARIABLE) return null;
  const name = given.name.value;
  return (variables: Variables) => (variables[name] === undefined ? otherwise : variables[name]);
}
