import { type AuthCheckerFn, Authorized, Extensions } from 'type-graphql';
import type { RequestContext } from './context.js';
import { forbidden, unauthenticated } from './errors.js';

/** Who may use a root field. Every root field names one rule; without it the room does not start. */
export type AccessRule =
  | { kind: 'public' }
  | { kind: 'signed-in' }
  | { kind: 'permission'; permission: string }
  | { kind: 'service'; scope: string };

const EXTENSION = 'tutorgraphAccess';

/** Anybody may use this field, signed in or not. */
export function Public(): MethodDecorator {
  return rule({ kind: 'public' });
}

/** Any signed-in person may use this field. */
export function SignedIn(): MethodDecorator {
  return rule({ kind: 'signed-in' });
}

/** Only people whose role has the permission may use this field. */
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
export const checkAccess: AuthCheckerFn<RequestContext, AccessRule> = ({ context }, [access]) => {
  if (!access) throw forbidden();
  if (access.kind === 'service') return mayService(context, access.scope);
  if (context.viewer.kind !== 'user') throw unauthenticated();
  if (access.kind === 'permission' && !context.can(access.permission)) throw forbidden();
  return true;
};

function mayService(context: RequestContext, scope: string): boolean {
  if (context.viewer.kind === 'service' && context.viewer.scopes.includes(scope)) return true;
  throw context.viewer.kind === 'anonymous' ? unauthenticated() : forbidden();
}
