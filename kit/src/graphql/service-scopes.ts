import {
  type DocumentNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  isAbstractType,
  isUnionType,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';

/** Whoever names an entity knows these already. */
const FREE = new Set(['id', '__typename']);

/** Says which scopes the token of a service must have for an operation; remembers it by document. */
export class ServiceScopes {
  private readonly entities: ReadonlySet<string>;
  private readonly needed = new WeakMap<DocumentNode, readonly string[]>();

  constructor(private readonly schema: GraphQLSchema) {
    const union = schema.getType('_Entity');
    this.entities = new Set(isUnionType(union) ? union.getTypes().map(({ name }) => name) : []);
  }

  /** A scope such as `Booking.amount` for each field of an entity that is selected anywhere in a document. */
  of(document: DocumentNode): readonly string[] {
    const known = this.needed.get(document);
    if (known) return known;
    const scopes = new Set<string>();
    const types = new TypeInfo(this.schema);
    const note = ({ name: { value: field } }: { name: { value: string } }): void => {
      if (FREE.has(field)) return;
      for (const { name } of this.objectsOf(types.getParentType())) {
        if (this.entities.has(name)) scopes.add(`${name}.${field}`);
      }
    };
    visit(document, visitWithTypeInfo(types, { Field: note }));
    const found = [...scopes];
    this.needed.set(document, found);
    return found;
  }

  private objectsOf(type: GraphQLNamedType | null | undefined): readonly GraphQLNamedType[] {
    if (!type) return [];
    return isAbstractType(type) ? this.schema.getPossibleTypes(type) : [type];
  }
}
