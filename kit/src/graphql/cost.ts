import { Directive } from 'type-graphql';

/** Items that a list is taken to have where nothing says how many. */
export const PLAIN_LIST_SIZE = 10;

/**
 * What a field or an object costs, beside what its parts cost, where it is more than usual: an object costs 1, a mutation
 * 10, anything else 0 (https://specs.apollo.dev/cost/v0.1). The gateway refuses operations that cost too much.
 */
export function Cost(weight: number): MethodDecorator & PropertyDecorator & ClassDecorator {
  return Directive(`@cost(weight: ${weight})`) as MethodDecorator & PropertyDecorator & ClassDecorator;
}

/** How many items a list has that is no page, where {@link PLAIN_LIST_SIZE} is far from it. */
export function ListSize(assumedSize: number): MethodDecorator & PropertyDecorator {
  return Directive(`@listSize(assumedSize: ${assumedSize})`);
}
