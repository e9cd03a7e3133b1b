import {
  type GraphQLInputType,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isListType,
  Kind,
  type ValueNode,
} from 'graphql';
import { type Amount, sumOf } from './amount.js';
import type { CostDirectives } from './cost-directives.js';

const INPUT_OBJECT = 1;

/** A value that a client sends, and what it is to be. */
interface Sent {
  type: GraphQLInputType;
  value: unknown;
  /** What `@cost` says of the argument or input field. */
  own: number | undefined;
}

/**
 * What values cost that clients send: as `@cost` says of the argument or input field that they are for, else of their type,
 * else 1 for an input object and nothing for the rest; and what is in them. Each item of a list is a value.
 */
export class InputCosts {
  constructor(private readonly weights: CostDirectives['weights']) {}

  /** What a value costs that stands in a document, with what variables put into it. */
  written(type: GraphQLInputType, node: ValueNode, own: number | undefined): Amount {
    if (node.kind === Kind.NULL) return 0;
    if (node.kind === Kind.VARIABLE) {
      const name = node.name.value;
      return this.isFree(type, own) ? 0 : (variables) => this.sent({ type, value: variables[name], own });
    }
    const expected = getNullableType(type);
    if (isListType(expected)) {
      const items = node.kind === Kind.LIST ? node.values : [node];
      return sumOf(items.map((item) => this.written(expected.ofType, item, own)));
    }
    const weight = this.weightOf(expected, own);
    if (!isInputObjectType(expected) || node.kind !== Kind.OBJECT) return weight;
    const fields = expected.getFields();
    const parts = node.fields.map(({ name, value }) => {
      const field = fields[name.value];
      return field ? this.written(field.type, value, this.weights.get(`${expected.name}.${field.name}`)) : 0;
    });
    return sumOf([weight, ...parts]);
  }

  /** Without recursion: how deep a value is, clients decide. */
  private sent(first: Sent): number {
    let cost = 0;
    const waiting = [first];
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const { type, value, own } = next;
      if (value === undefined || value === null) continue;
      const expected = getNullableType(type);
      if (isListType(expected)) {
        for (const item of Array.isArray(value) ? value : [value])
          waiting.push({ type: expected.ofType, value: item, own });
        continue;
      }
      cost += this.weightOf(expected, own);
      if (!isInputObjectType(expected) || typeof value !== 'object') continue;
      const fields = expected.getFields();
      for (const [name, inner] of Object.entries(value)) {
        const field = fields[name];
        if (field) waiting.push({ type: field.type, value: inner, own: this.weights.get(`${expected.name}.${name}`) });
      }
    }
    return cost;
  }

  private isFree(type: GraphQLInputType, own: number | undefined): boolean {
    const named = getNamedType(type);
    return !isInputObjectType(named) && this.weightOf(named, own) === 0;
  }

  private weightOf(type: GraphQLInputType, own: number | undefined): number {
    return own ?? this.weights.get(getNamedType(type).name) ?? (isInputObjectType(type) ? INPUT_OBJECT : 0);
  }
}
