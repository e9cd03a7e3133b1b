import type { GraphBroadcasts } from '@tutorgraph/kit/graphql/broadcasts';
import {
  type DocumentNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  isAbstractType,
  separateOperations,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';

/** Whoever may see an object may see what names it. */
const ALWAYS_SAME = new Set(['id', '__typename']);

/** Tells which subscriptions say the same to everybody who may hear them, by what the rooms declare. */
export class BroadcastRules {
  private readonly subscriptions: ReadonlySet<string>;
  private readonly sameForAll: ReadonlyMap<string, ReadonlySet<string>>;

  /** @param schema what clients see */
  constructor(
    private readonly schema: GraphQLSchema,
    { subscriptions, sameForAll }: GraphBroadcasts,
  ) {
    this.subscriptions = new Set(subscriptions);
    this.sameForAll = new Map(Object.entries(sameForAll).map(([type, fields]) => [type, new Set(fields)]));
  }

  /** Is the subscription declared, and every field that it selects anywhere? The document was validated. */
  isSameForAll(document: DocumentNode, operationName: string | undefined): boolean {
    const operations = separateOperations(document);
    const operation = operationName === undefined ? Object.values(operations)[0] : operations[operationName];
    if (!operation) return false;
    const types = new TypeInfo(this.schema);
    let isSame = true;
    const note = ({ name }: { name: { value: string } }): void => {
      isSame &&= this.isFieldSame(types.getParentType(), name.value);
    };
    visit(operation, visitWithTypeInfo(types, { Field: note }));
    return isSame;
  }

  private isFieldSame(parent: GraphQLNamedType | null | undefined, field: string): boolean {
    if (!parent) return false;
    if (parent === this.schema.getSubscriptionType()) return this.subscriptions.has(field);
    if (ALWAYS_SAME.has(field)) return true;
    const types = isAbstractType(parent) ? this.schema.getPossibleTypes(parent) : [parent];
    return types.every(({ name }) => this.sameForAll.get(name)?.has(field));
  }
}
