import type { GraphQLResolveInfo } from 'graphql';
import { type AuthCheckerFn, Authorized, Extensions } from 'type-graphql';
import type { UserViewer } from '../viewer/viewer.js';
import type { RequestContext } from './context.js';
import { emailNotVerified, forbidden, unauthenticated } from './errors.js';

/** Who may use a root field. Every root field names one rule; without it the room does not start. */
export type AccessRule =
  | { kind: 'public' }
  | ({ kind: 'signed-in' } & SignedInOptions)
  | { kind: 'permission'; permission: string }
  | { kind: 'service'; scope: string };

/** Who counts as signed in. */
export interface SignedInOptions {
  /** May people change this whose address is not proven? Reading they may always. @default false */
  unverified?: boolean;
  /**
   * A scope by which services of ours may use this, too: so the gateway listens once for everybody to a subscription
   * that its room broadcasts. What the field then shows to a service its resolver decides.
   */
  service?: string;
}

const EXTENSION = 'tutorgraphAccess';

/** Anybody may use this field, signed in or not. */
export function Public(): MethodDecorator {
  return rule({ kind: 'public' });
}

/**
 * Any signed-in person may use this field; a mutation only once their address is proven, unless told otherwise. With
 * `{ service: 'messageReceived' }` services of ours may, too, whose token has that scope.
 */
export function SignedIn(options: SignedInOptions = {}): MethodDecorator {
  return rule({ kind: 'signed-in', ...options });
}

/** Only people who have the permission may use this field; a mutation only once their address is proven. */
export function Requires(permission: string): MethodDecorator {
  return rule({ kind: 'permission', permission });
}

/** Only another service of ours whose token has the scope may use this field. */
export function ServiceOnly(scope: string): MethodDecorator {
  return rule({ kind: 'service', scope });
}

function rule(access: AccessRule): MethodDecorator {
  const note = Extensions({ [EXTENSION]: access });
  const check = access.kind === 'public' ? undefined : Authorized<AccessRule>(access);
  return (target, key, descriptor) => {
    note(target, key, descriptor);
    check?.(target, key, descriptor);
  };
}

/** The rule of a field, read from its GraphQL extensions. */
export function accessRuleOf(extensions: Readonly<Record<string, unknown>> | undefined): AccessRule | undefined {
  // Only `rule` above writes this key.
  return extensions?.[EXTENSION] as AccessRule | undefined;
}

/** Decides for type-graphql; a refusal is thrown with its code so that the client can tell the two kinds apart. */
export const checkAccess: AuthCheckerFn<RequestContext, AccessRule> = ({ context, info }, [access]) => {
  if (!access) throw forbidden();
  if (access.kind === 'service') return mayService(context, access.scope);
  if (access.kind === 'signed-in' && access.service !== undefined && context.isService) {
    return mayService(context, access.service);
  }
  if (context.viewer.kind !== 'user') throw unauthenticated();
  if (access.kind === 'permission' && !context.can(access.permission)) throw forbidden();
  if (isMutation(info) && !mayChange(context.viewer, access)) throw emailNotVerified();
  return true;
};

function isMutation({ parentType, schema }: GraphQLResolveInfo): boolean {
  return parentType === schema.getMutationType();
}

function mayChange({ isVerified }: UserViewer, access: AccessRule): boolean {
  return isVerified || (access.kind === 'signed-in' && access.unverified === true);
}

function mayService(context: RequestContext, scope: string): boolean {
  if (context.hasScope(scope)) return true;
  throw context.viewer.kind === 'anonymous' ? unauthenticated() : forbidden();
}
