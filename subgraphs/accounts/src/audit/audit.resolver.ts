import { Requires } from '@tutorgraph/kit/graphql/access';
import { type Connection, ConnectionArguments } from '@tutorgraph/kit/graphql/connection';
import { mapConnection } from '@tutorgraph/kit/graphql/connection-map';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { shapeFor } from '../users/user.resolver.js';
import { UserType } from '../users/user.types.js';
import type { AuditService } from './audit.service.js';
import { AuditEntryConnection, AuditEntryType, AuditLogFilter } from './audit.types.js';
import type { AuditEntry } from './audit-entry.entity.js';

/** The audit log, for those permitted. */
@Resolver(() => AuditEntryType)
export class AuditResolver {
  constructor(private readonly audit: AuditService) {}

  @Requires('accounts.audit.read')
  @Query(() => AuditEntryConnection, {
    nullable: true,
    description:
      'Changes of rights, what staff did with accounts and data of others in the whole platform, sign-ins and their failures; the newest first.',
  })
  async auditLog(
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Arg('filter', () => AuditLogFilter, { nullable: true, description: 'Which lines; all without it.' })
    filter: AuditLogFilter | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Connection<AuditEntryType>> {
    return mapConnection(await this.audit.log(context, filter ?? {}, page), shapeEntry);
  }

  @FieldResolver(() => UserType, {
    nullable: true,
    description: 'Who did it; null when nobody was signed in, or the platform did it by itself.',
  })
  async actor(@Root() entry: AuditEntryType, @Ctx() context: RequestContext): Promise<UserType | null> {
    return shapeFor(context, await this.audit.person(context, entry.actorId));
  }

  @FieldResolver(() => UserType, { nullable: true, description: 'On whom it was done; null when it was on nobody.' })
  async subject(@Root() entry: AuditEntryType, @Ctx() context: RequestContext): Promise<UserType | null> {
    return shapeFor(context, await this.audit.person(context, entry.subjectId));
  }
}

function shapeEntry(entry: AuditEntry): AuditEntryType {
  const { id, at, action, networkHash, requestId, actorId, subjectId } = entry;
  const details = Object.entries(entry.details)
    .filter(([, value]) => value !== null)
    .map(([key, value]) => ({ key, value: typeof value === 'string' ? value : JSON.stringify(value) }))
    .sort((one, other) => one.key.localeCompare(other.key));
  return {
    ...{ id, at, action, requestId, details },
    networkHash: networkHash ?? null,
    actorId: actorId ?? null,
    subjectId: subjectId ?? null,
  };
}
