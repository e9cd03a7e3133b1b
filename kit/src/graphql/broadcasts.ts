import { type GraphQLSchema, isObjectType } from 'graphql';

/** What a room says of subscriptions that the gateway may run once for everybody who may hear them. */
export interface RoomBroadcasts {
  /**
   * Root subscription fields whose events are the same for everybody who may hear them. Their event has `cursor` and, for
   * services alone, `noLongerFor`: the ids of users whose right to hear ended with this event.
   */
  subscriptions?: readonly string[];
  /** By type: fields that say the same to everybody who may see their parent, aside from the language of the answer. */
  sameForAll: Readonly<Record<string, readonly string[]>>;
}

/** What all rooms of a graph say together, as `schema/broadcasts.json` has it. */
export type GraphBroadcasts = Required<RoomBroadcasts>;

/** A room's part, and the schema in which it must hold. */
export interface DeclaredBroadcasts {
  room: string;
  broadcasts: RoomBroadcasts;
  schema: GraphQLSchema;
}

const EVENT_FIELDS = { cursor: 'String!', noLongerFor: '[ID!]!' };

/**
 * Puts together what rooms declare.
 *
 * @throws Error that names what a room's schema does not have: a stale declaration would share nothing, or too much
 */
export function mergeBroadcasts(declared: readonly DeclaredBroadcasts[]): GraphBroadcasts {
  const problems = declared.flatMap(problemsOf);
  if (problems.length > 0) throw new Error(`Broadcasts do not fit the schema:\n${problems.join('\n')}`);
  const fields = new Map<string, Set<string>>();
  for (const { broadcasts } of declared) {
    for (const [type, names] of Object.entries(broadcasts.sameForAll)) {
      fields.set(type, new Set([...(fields.get(type) ?? []), ...names]));
    }
  }
  const sorted = [...fields].sort(([a], [b]) => a.localeCompare(b)).map(([type, names]) => [type, [...names].sort()]);
  return {
    subscriptions: declared.flatMap(({ broadcasts }) => broadcasts.subscriptions ?? []).sort(),
    sameForAll: Object.fromEntries(sorted),
  };
}

function problemsOf({ room, broadcasts, schema }: DeclaredBroadcasts): string[] {
  const subscriptions = (broadcasts.subscriptions ?? []).flatMap((name) =>
    problemsOfSubscription(schema, name).map((problem) => `${room}: Subscription.${name} ${problem}`),
  );
  const fields = Object.entries(broadcasts.sameForAll).flatMap(([type, names]) =>
    names.filter((name) => !fieldsOf(schema, type)[name]).map((name) => `${room}: there is no ${type}.${name}`),
  );
  return [...subscriptions, ...fields];
}

function problemsOfSubscription(schema: GraphQLSchema, name: string): string[] {
  const field = schema.getSubscriptionType()?.getFields()[name];
  if (!field) return ['is not there'];
  const event = fieldsOf(schema, String(field.type));
  const missing = Object.entries(EVENT_FIELDS).filter(([own, type]) => String(event[own]?.type) !== type);
  const after = field.args.some((argument) => argument.name === 'after') ? [] : ['needs the argument after: String'];
  return [...after, ...missing.map(([own, type]) => `needs ${own}: ${type} in its event`)];
}

function fieldsOf(schema: GraphQLSchema, type: string) {
  const found = schema.getType(type.replaceAll(/[[\]!]/g, ''));
  return isObjectType(found) ? found.getFields() : {};
}
