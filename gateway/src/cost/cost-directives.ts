import type { FieldDefinition, NamedType, Schema } from '@apollo/federation-internals';

/** How long a list is, as `@listSize` says it. */
export interface ListSize {
  assumedSize: number | undefined;
  /** Arguments that say how many items the client wants. */
  slicingArguments: readonly string[];
  /** Fields of the object that this field leads to whose lists have this size; without any, this field's own has. */
  sizedFields: readonly string[];
}

/** What a graph says that its parts cost; what it says nothing of is not in here. */
export interface CostDirectives {
  /**
   * By type, by field of an object or input (`Type.field`) and by argument (`Type.field(argument:)`). Some may be negative: what makes
   * a field cheaper, though never less than nothing.
   */
  weights: ReadonlyMap<string, number>;
  /** By field (`Type.field`). */
  listSizes: ReadonlyMap<string, ListSize>;
}

const IDENTITY = 'https://specs.apollo.dev/cost';

/** Reads `@cost` and `@listSize` of a supergraph, under whatever names it has them. https://specs.apollo.dev/cost/v0.1 */
export function readCostDirectives(schema: Schema): CostDirectives {
  const weights = new Map<string, number>();
  const listSizes = new Map<string, ListSize>();
  const feature = schema.coreFeatures?.getByIdentity(IDENTITY);
  if (!feature) return { weights, listSizes };
  const cost = feature.directiveNameInSchema('cost');
  const listSize = feature.directiveNameInSchema('listSize');
  const readWeight = (coordinate: string, element: Annotated): void => {
    const weight = element.appliedDirectivesOf(cost)[0]?.arguments()['weight'];
    if (typeof weight === 'number') weights.set(coordinate, weight);
  };
  for (const type of schema.types()) {
    readWeight(type.name, type);
    if (type.kind === 'InputObjectType') {
      for (const field of type.fields()) readWeight(`${type.name}.${field.name}`, field);
    }
    for (const field of fieldsOf(type)) {
      const coordinate = `${type.name}.${field.name}`;
      readWeight(coordinate, field);
      for (const argument of field.arguments()) readWeight(`${coordinate}(${argument.name}:)`, argument);
      const size = field.appliedDirectivesOf(listSize)[0]?.arguments();
      if (size) listSizes.set(coordinate, toListSize(size));
    }
  }
  return { weights, listSizes };
}

interface Annotated {
  appliedDirectivesOf(name: string): readonly { arguments(): Readonly<Record<string, unknown>> }[];
}

function fieldsOf(type: NamedType): readonly FieldDefinition<never>[] {
  if (type.kind !== 'ObjectType' && type.kind !== 'InterfaceType') return [];
  return type.fields() as readonly FieldDefinition<never>[];
}

function toListSize({ assumedSize, slicingArguments, sizedFields }: Readonly<Record<string, unknown>>): ListSize {
  return {
    assumedSize: typeof assumedSize === 'number' ? assumedSize : undefined,
    slicingArguments: texts(slicingArguments),
    sizedFields: texts(sizedFields),
  };
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
