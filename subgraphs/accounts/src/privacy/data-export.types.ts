import { connectionOf } from '@tutorgraph/kit/graphql/connection';
import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { AccountError } from '../users/user.types.js';
import { exportStatuses } from './data-export.entity.js';

const DataExportStatuses = enumOf(exportStatuses);
registerEnumType(DataExportStatuses, {
  name: 'DataExportStatus',
  description: 'Where an archive of your data stands.',
  valuesConfig: {
    PENDING: { description: 'Is being gathered; a mail follows.' },
    READY: { description: 'Can be had at `url`.' },
    FAILED: { description: 'Could not be gathered within a day: ask again.' },
    EXPIRED: { description: 'Was removed a week after it was made.' },
  },
});

@ObjectType('DataExport', {
  simpleResolvers: true,
  description: 'An archive (ZIP) of everything that is held about you: JSON for each part of the platform, and files.',
})
export class DataExportType {
  @Field(() => ID, { description: 'Identity of the archive.' })
  declare id: string;

  @Field(() => DataExportStatuses, { description: 'Where it stands.' })
  declare status: (typeof exportStatuses)[number];

  @Field(() => DateTime, { description: 'When you asked for it.' })
  declare requestedAt: Date;

  @Field(() => DateTime, { nullable: true, description: 'When it was ready or had failed; null until then.' })
  declare finishedAt: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When it is removed; null until it is ready.' })
  declare expiresAt: Date | null;

  declare rooms: number;
  declare storageKey: string | null;
}

export const DataExportConnection = connectionOf(DataExportType, 'DataExport');

@ObjectType({ simpleResolvers: true, description: 'The archive of your data that is being gathered.' })
export class ExportMyDataPayload {
  @Field(() => DataExportType, { nullable: true, description: 'The archive; null when it was refused.' })
  declare dataExport?: DataExportType | null;

  @Field(() => [AccountError], { description: 'Why it was refused: EXPORT_TOO_EARLY.' })
  declare userErrors: AccountError[];
}
