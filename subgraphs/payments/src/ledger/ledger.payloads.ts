import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { DateTime, Url } from '@tutorgraph/kit/graphql/scalars';
import { UserError } from '@tutorgraph/kit/graphql/user-error';
import { Field, InputType, ObjectType, registerEnumType } from 'type-graphql';

/** Every expected failure around the ledger. */
const ledgerErrorCodes = ['INVALID_INPUT'] as const;
const LedgerErrorCodes = enumOf(ledgerErrorCodes);
registerEnumType(LedgerErrorCodes, {
  name: 'LedgerErrorCode',
  description: 'Expected failures around the ledger.',
  valuesConfig: {
    INVALID_INPUT: { description: 'A field is not as it must be; see `field` and `message`.' },
  },
});

const LedgerExportFormat = enumOf(['CSV']);
registerEnumType(LedgerExportFormat, {
  name: 'LedgerExportFormat',
  description: 'How an export is written.',
  valuesConfig: {
    CSV: { description: 'RFC 4180 in UTF-8, a line for each posting; amounts in minor units, debit and credit apart.' },
  },
});

@ObjectType({ implements: UserError, simpleResolvers: true, description: 'An expected failure around the ledger.' })
export class LedgerError extends UserError {
  @Field(() => LedgerErrorCodes, { description: 'What kind of failure, for the program.' })
  declare code: (typeof ledgerErrorCodes)[number];
}

@InputType({ description: 'What to export.' })
export class ExportLedgerInput {
  @Field(() => DateTime, { description: 'Journals recorded from this moment on.' })
  declare from: Date;

  @Field(() => DateTime, { description: 'Journals recorded before this moment; ten years after `from` at most.' })
  declare to: Date;

  @Field(() => LedgerExportFormat, { defaultValue: 'CSV', description: 'How it is written.' })
  declare format: keyof typeof LedgerExportFormat;
}

@ObjectType({ simpleResolvers: true, description: 'Where the export is, or why there is none.' })
export class ExportLedgerPayload {
  @Field(() => Url, {
    nullable: true,
    description: 'Whoever has this address may download the export; keep it to yourself.',
  })
  declare url?: string;

  @Field(() => DateTime, { nullable: true, description: 'Until when the download may begin: five minutes.' })
  declare expiresAt?: Date;

  @Field(() => [LedgerError], { description: 'What stood in the way; empty when nothing did.' })
  declare userErrors: LedgerError[];
}
