import { SignedIn } from '@tutorgraph/kit/graphql/access';
import { type Connection, ConnectionArguments } from '@tutorgraph/kit/graphql/connection';
import { mapConnection } from '@tutorgraph/kit/graphql/connection-map';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Limited } from '@tutorgraph/kit/graphql/limited';
import { Url } from '@tutorgraph/kit/graphql/scalars';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Args, Ctx, FieldResolver, Float, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { AccountError } from '../users/user.types.js';
import type { DataExport } from './data-export.entity.js';
import type { DataExportService } from './data-export.service.js';
import { DataExportConnection, DataExportType, ExportMyDataPayload } from './data-export.types.js';

/** Archives of one's own data. */
@Resolver(() => DataExportType)
export class DataExportResolver {
  constructor(private readonly exports: DataExportService) {}

  @SignedIn()
  @Query(() => DataExportConnection, { nullable: true, description: 'Archives of your data, the newest first.' })
  async myDataExports(
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Ctx() context: RequestContext,
  ): Promise<Connection<DataExportType>> {
    return mapConnection(await this.exports.list(context, page), shape);
  }

  @SignedIn()
  @Query(() => DataExportType, { nullable: true, description: 'An archive of your data; null when it is not yours.' })
  async dataExport(
    @Arg('id', () => ID, { description: 'Identity of the archive.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<DataExportType | null> {
    const found = await this.exports.find(context, id);
    return found && shape(found);
  }

  @SignedIn()
  @Limited({ viewer: { points: 20, seconds: 60 * 60 } })
  @Mutation(() => ExportMyDataPayload, {
    nullable: true,
    description:
      'Has everything that is held about you gathered into one archive, and mails you when it is ready. While one is being gathered you get that one; after one is ready, the next may be asked for a day later.',
  })
  exportMyData(@Ctx() context: RequestContext) {
    return answer(context, AccountError, async () => ({ dataExport: shape(await this.exports.request(context)) }));
  }

  @FieldResolver(() => Float, { description: 'How far it is: from 0 to 1, which it is when it can be had.' })
  progress(@Root() archive: DataExportType, @Ctx() context: RequestContext): Promise<number> {
    return this.exports.progress(context, archive);
  }

  @FieldResolver(() => Url, {
    nullable: true,
    description: 'Where you can save it, for 15 minutes; null unless it is ready. Keep it to yourself.',
  })
  url(@Root() archive: DataExportType): Promise<string | null> {
    return this.exports.url(archive);
  }
}

function shape(archive: DataExport): DataExportType {
  return {
    id: archive.id,
    status: archive.status,
    requestedAt: archive.requestedAt,
    finishedAt: archive.finishedAt ?? null,
    expiresAt: archive.expiresAt ?? null,
    rooms: archive.rooms.length,
    storageKey: archive.storageKey ?? null,
  };
}
