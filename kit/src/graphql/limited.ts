import { GraphQLError, type GraphQLFieldResolver, type GraphQLSchema, isObjectType } from 'graphql';
import { Extensions } from 'type-graphql';
import { networkOf } from '../rate-limits/network.js';
import type { RateLimiter, RateRule } from '../rate-limits/rate-limiter.js';
import { type AccessRule, checkAccess } from './access.js';
import type { RequestContext } from './context.js';
import type { RootField } from './root-fields.js';

/** So many uses within so much time from the first. */
export type Limit = Omit<RateRule, 'name'>;

/** How often a root field may be used; what is left out is not limited. */
export interface FieldLimits {
  /** By one person who is signed in. */
  viewer?: Limit;
  /** From one network, whoever asks: see `networkOf`. */
  network?: Limit;
}

const MINUTE = 60;
const EXTENSION = 'tutorgraphLimits';

/** What holds for each mutation on its own where it says nothing else: more than people do, and a bound for programs. */
export const MUTATION_LIMITS: Required<FieldLimits> = {
  viewer: { points: 300, seconds: MINUTE },
  network: { points: 1_200, seconds: MINUTE },
};

/**
 * How often this root field may be used, beside `@SignedIn` or another rule of access. A mutation keeps its default for
 * what is not named here; queries and subscriptions are limited only by this, and a subscription counts when it is
 * opened. Our own services are not counted. Refused is with RATE_LIMITED and `extensions.retryAfter`.
 */
export function Limited(limits: FieldLimits): MethodDecorator {
  return Extensions({ [EXTENSION]: limits });
}

/** @throws Error when a field that is none of the root's wants to be limited: nothing would count it */
export function refuseLimitsBelowRoot(schema: GraphQLSchema, roots: readonly RootField[]): void {
  const known = new Set<unknown>(roots.map(({ field }) => field));
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    const stray = Object.values(type.getFields()).find((field) => EXTENSION in field.extensions && !known.has(field));
    if (stray) throw new Error(`Only root fields can be @Limited; ${type.name}.${stray.name} is none`);
  }
}

/** How often a root field may be used; undefined when nothing limits it. */
export function limitsOf({ field, isMutation }: RootField): FieldLimits | undefined {
  // Only `Limited` above writes this key.
  const own = field.extensions[EXTENSION] as FieldLimits | undefined;
  return isMutation ? { ...MUTATION_LIMITS, ...own } : own;
}

type Resolver = GraphQLFieldResolver<unknown, RequestContext>;

/** Makes a root field count its uses: those that are allowed, before they are carried out. */
export function countUses(
  { field, coordinate }: RootField,
  limits: FieldLimits,
  access: AccessRule | undefined,
  limiter: RateLimiter,
): void {
  const counter = new UseCounter(coordinate, limits, limiter);
  const counted =
    (resolve: Resolver): Resolver =>
    async (source, args, context, info) => {
      // The field asks this again by itself; here it keeps limits from being used up by what is refused anyway.
      if (access && access.kind !== 'public') await checkAccess({ root: source, args, context, info }, [access]);
      await counter.count(context);
      return resolve(source, args, context, info);
    };
  if (field.subscribe) field.subscribe = counted(field.subscribe);
  else if (field.resolve) field.resolve = counted(field.resolve);
}

class UseCounter {
  private readonly viewer: RateRule | undefined;
  private readonly network: RateRule | undefined;

  constructor(
    coordinate: string,
    limits: FieldLimits,
    private readonly limiter: RateLimiter,
  ) {
    this.viewer = limits.viewer && { name: `${coordinate}:viewer`, ...limits.viewer };
    this.network = limits.network && { name: `${coordinate}:network`, ...limits.network };
  }

  /** @throws RATE_LIMITED; when both refuse, the one that lasts longer */
  async count({ viewer, metadata }: RequestContext): Promise<void> {
    if (viewer.kind === 'service') return;
    const counts: Promise<void>[] = [];
    if (this.viewer && viewer.kind === 'user') counts.push(this.limiter.consume(viewer.userId, this.viewer));
    if (this.network) counts.push(this.limiter.consume(networkOf(metadata.clientAddress), this.network));
    const outcomes = await Promise.allSettled(counts);
    const refusals = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
    if (refusals.length > 0) throw refusals.sort((a, b) => secondsToWait(b) - secondsToWait(a))[0];
  }
}

/** Of a fault there is no end. */
function secondsToWait(error: unknown): number {
  const seconds = error instanceof GraphQLError ? error.extensions['retryAfter'] : undefined;
  return typeof seconds === 'number' ? seconds : Number.POSITIVE_INFINITY;
}
