import { type Amount, amountIn, greatestOf, productOf, sumOf, type Variables } from './amount.js';

/** What one value costs: an object by what is selected of it, or an item of a list of leaves. */
export interface CostShape {
  /** At most, before anything is known. */
  readonly estimate: Amount;
  /** What a value cost that was answered and is not null. */
  measure(value: unknown, variables: Variables): number;
}

/** A field as selected. */
export interface FieldCost {
  /** Its name in the result. */
  name: string;
  /** What it costs itself, once, with what is sent for it. */
  weight: Amount;
  /** How many values it leads to. */
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

  measure(object: Readonly<Record<string, unknown>>, variables: Variables): number {
    let cost = this.weight;
    for (const { name, weight, item } of this.fields) {
      cost += amountIn(weight, variables);
      if (item) cost += measureValue(object[name], item, variables);
    }
    return cost;
  }
}

/** The cost of values that have no parts. */
export class LeafCost implements CostShape {
  constructor(readonly estimate: number) {}

  measure(): number {
    return this.estimate;
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

  measure(object: Readonly<Record<string, unknown>>, variables: Variables): number {
    const type = this.typename === undefined ? undefined : object[this.typename];
    const known = typeof type === 'string' ? this.possible.get(type) : undefined;
    if (known) return known.measure(object, variables);
    return Math.max(0, ...new Set([...this.possible.values()].map((shape) => shape.measure(object, variables))));
  }
}

function measureValue(value: unknown, item: CostShape, variables: Variables): number {
  if (value === undefined || value === null) return 0;
  if (!Array.isArray(value)) return item.measure(value, variables);
  let cost = 0;
  for (const one of value) cost += measureValue(one, item, variables);
  return cost;
}
