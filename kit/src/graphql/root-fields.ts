import type { GraphQLField, GraphQLSchema } from 'graphql';
import type { RequestContext } from './context.js';

/** A field of Query, Mutation or Subscription. */
export interface RootField {
  /** Such as `Mutation.signIn`. */
  coordinate: string;
  isMutation: boolean;
  field: GraphQLField<unknown, RequestContext>;
}

/** Every root field of a schema. */
export function rootFields(schema: GraphQLSchema): RootField[] {
  const mutation = schema.getMutationType();
  return [schema.getQueryType(), mutation, schema.getSubscriptionType()].flatMap((type) =>
    Object.values(type?.getFields() ?? {}).map((field) => ({
      coordinate: `${type?.name}.${field.name}`,
      isMutation: type === mutation,
      field,
    })),
  );
}
