import { type Amount, greatestOf, productOf, sumOf } from './amount.js';

/** What a selection of one object costs. */
export interface CostShape {
  /** At most, before anything is known. */
  readonly estimate: Amount;
  /** What an object cost that was answered. */
  measure(object: Readonly<Record<string, unknown>>): number;
}

/** A field as selected. */
export interface FieldCost {
  /** Its name in the result. */
  name: string;
  /** What it costs itself, once. */
  weight: number;
  /** How many objects it leads to. */
  size: Amount;
  /** What each of them costs. */
  item: CostShape | undefined;
}

/** The cost of objects of one type. */
export class ObjectCost implements CostShape {
  readonly estimate: Amount;
  private readonly fields: readonly FieldCost[];

  constructor(
    private readonly weight: number,
    fields: readonly FieldCost[],
  ) {
    this.estimate = sumOf([
      weight,
      ...fields.flatMap(({ weight: own, size, item }) => [own, item ? productOf(item.estimate, size) : 0]),
    ]);
    this.fields = fields.filter((field) => field.item || field.weight !== 0);
  }

  measure(object: Readonly<Record<string, unknown>>): number {
    let cost = this.weight;
    for (const { name, weight, item } of this.fields) cost += item ? weight + measureValue(object[name], item) : weight;
    return cost;
  }
}

/** The cost of objects that may be of several types: the dearest of them. */
export class AbstractCost implements CostShape {
  readonly estimate: Amount;

  constructor(
    private readonly possible: ReadonlyMap<string, CostShape>,
    /** Under which name the result tells the type, where it is selected. */
    private readonly typename: string | undefined,
  ) {
    this.estimate = greatestOf([...possible.values()].map(({ estimate }) => estimate));
  }

  measure(object: Readonly<Record<string, unknown>>): number {
    const type = this.typename === undefined ? undefined : object[this.typename];
    const known = typeof type === 'string' ? this.possible.get(type) : undefined;
    if (known) return known.measure(object);
    return Math.max(0, ...new Set([...this.possible.values()].map((shape) => shape.measure(object))));
  }
}

function measureValue(value: unknown, item: CostShape): number {
  if (typeof value !== 'object' || value === null) return 0;
  if (!Array.isArray(value)) return item.measure(value as Record<string, unknown>);
  let cost = 0;
  for (const one of value) cost += measureValue(one, item);
  return cost;
}
