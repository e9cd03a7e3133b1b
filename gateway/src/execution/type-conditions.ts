import { type GraphQLSchema, isAbstractType } from 'graphql';

/** Of each type condition of a schema, the names of all types to which it applies. */
export class TypeConditions {
  private readonly names = new Map<string, ReadonlySet<string>>();

  constructor(private readonly schema: GraphQLSchema) {}

  /** The types to which a condition applies: itself, and what implements it or belongs to it. */
  typesOf(condition: string): ReadonlySet<string> {
    const known = this.names.get(condition);
    if (known) return known;
    const names = new Set([condition]);
    const type = this.schema.getType(condition);
    if (type && isAbstractType(type)) {
      for (const { name } of this.schema.getPossibleTypes(type)) names.add(name);
      if ('getInterfaces' in type) {
        for (const { name } of this.schema.getImplementations(type).interfaces) names.add(name);
      }
    }
    this.names.set(condition, names);
    return names;
  }

  /** Does a type say less of an object than what is known of it already? */
  isWider(type: unknown, known: unknown): boolean {
    if (type === known || typeof known !== 'string') return false;
    return typeof type !== 'string' || this.typesOf(type).has(known);
  }
}
