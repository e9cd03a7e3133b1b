import type { EntityManager } from '@mikro-orm/postgresql';
import type { UserViewer, Viewer } from '../viewer/viewer.js';
import { forbidden, unauthenticated } from './errors.js';
import type { Loader, LoaderDefinition } from './loader.js';

/** What the transport knows of a request; a subgraph believes none of it without proof. */
export interface RequestMetadata {
  /** The `Authorization` header: a person's access token or a service's token. */
  authorization?: string | undefined;
  requestId: string;
  acceptLanguage?: string | undefined;
  /** The client's network address, for limits. */
  clientAddress?: string | undefined;
  userAgent?: string | undefined;
  /** The span that asks, as W3C Trace Context has it. */
  traceparent?: string | undefined;
}

/** One request in one room: one viewer, one EntityManager fork, one set of DataLoaders. */
export class RequestContext {
  private readonly loaders = new Map<unknown, unknown>();

  constructor(
    readonly viewer: Viewer,
    readonly em: EntityManager,
    readonly metadata: RequestMetadata,
    private readonly room: RoomBehaviour,
    /** Aborted when nobody waits for the answer any longer. */
    readonly signal: AbortSignal,
  ) {}

  /** The language to answer in. */
  get locale(): string {
    return this.room.localeOf(this.viewer, this.metadata);
  }

  /** A message of the room in the viewer's language. */
  text(key: string, values?: Record<string, string | number>): string {
    return this.room.text(this.locale, key, values);
  }

  /** Does the viewer's role have this permission? Nobody who is not signed in has any. */
  can(permission: string): boolean {
    return this.viewer.kind === 'user' && this.room.allows(this.viewer, permission);
  }

  /** The signed-in person. @throws UNAUTHENTICATED when there is none */
  get user(): UserViewer {
    if (this.viewer.kind !== 'user') throw unauthenticated();
    return this.viewer;
  }

  /** Is the viewer this person? */
  isUser(userId: string): boolean {
    return this.viewer.kind === 'user' && this.viewer.userId === userId;
  }

  /** Is the viewer another service of ours? Of entities it then sees only the fields of its token's scopes. */
  get isService(): boolean {
    return this.viewer.kind === 'service';
  }

  /** Is the viewer another service of ours whose token has this scope? */
  hasScope(scope: string): boolean {
    return this.viewer.kind === 'service' && this.viewer.scopes.includes(scope);
  }

  /** @throws FORBIDDEN, or UNAUTHENTICATED when nobody is signed in, unless the viewer has the permission */
  require(permission: string): void {
    if (this.can(permission)) return;
    throw this.viewer.kind === 'user' ? forbidden() : unauthenticated();
  }

  /** This request's loader for a definition. */
  loader<Key, Value>(definition: LoaderDefinition<Key, Value>): Loader<Key, Value> {
    const made = this.loaders.get(definition);
    // The map is keyed by the definition, whose type says what its loader gives.
    if (made) return made as Loader<Key, Value>;
    const loader = definition.create(this);
    this.loaders.set(definition, loader);
    return loader;
  }

  /** The resolver instance of a class, for subscription sources (which GraphQL calls without an instance). */
  resolver<Resolver extends object>(resolverClass: new (...parameters: never[]) => Resolver): Resolver {
    const instance = this.room.resolvers.get(resolverClass);
    if (!(instance instanceof resolverClass)) throw new Error(`${resolverClass.name} is not in the resolver list`);
    return instance;
  }
}

/** What a context needs to know of its room. */
export interface RoomBehaviour {
  localeOf(viewer: Viewer, metadata: RequestMetadata): string;
  text(locale: string, key: string, values?: Record<string, string | number>): string;
  allows(viewer: UserViewer, permission: string): boolean;
  resolvers: ReadonlyMap<unknown, object>;
}
