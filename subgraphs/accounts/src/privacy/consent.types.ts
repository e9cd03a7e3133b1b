import { connectionOf } from '@tutorgraph/kit/graphql/connection';
import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { AccountError } from '../users/user.types.js';
import { type ConsentDocumentName, consentDocumentNames } from './consent.documents.js';

const ConsentDocuments = enumOf(consentDocumentNames);
registerEnumType(ConsentDocuments, {
  name: 'ConsentDocument',
  description: 'What one agrees to, or not.',
  valuesConfig: {
    TERMS: { description: 'The terms of use.' },
    PRIVACY: { description: 'How personal data is handled.' },
    MARKETING: { description: 'Getting news and offers.' },
    ANALYTICS: { description: 'Having the use of the platform measured.' },
  },
});

@ObjectType({ simpleResolvers: true, description: 'A text that one can agree to, as it is now.' })
export class ConsentDocumentVersion {
  @Field(() => ConsentDocuments, { description: 'Which text.' })
  declare document: ConsentDocumentName;

  @Field(() => String, { description: 'Its version now, which updateConsent wants to know.' })
  declare version: string;
}

@ObjectType('Consent', { simpleResolvers: true, description: 'What you answered to one version of a text.' })
export class ConsentType {
  @Field(() => ID, { description: 'Identity of the answer.' })
  declare id: string;

  @Field(() => ConsentDocuments, { description: 'Which text.' })
  declare document: ConsentDocumentName;

  @Field(() => String, { description: 'Which version of it.' })
  declare version: string;

  @Field(() => Boolean, { description: 'Did you agree, or withdraw?' })
  declare granted: boolean;

  @Field(() => DateTime, { description: 'When.' })
  declare recordedAt: Date;

  @Field(() => String, {
    nullable: true,
    description: 'From which program, as it named itself, at most 300 characters; null when it did not.',
  })
  declare userAgent: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'From where: the network address under a key of your own, equal for equal addresses; null if unknown.',
  })
  declare networkHash: string | null;
}

export const ConsentConnection = connectionOf(ConsentType, 'Consent');

@InputType({ description: 'Your answer to a text.' })
export class UpdateConsentInput {
  @Field(() => ConsentDocuments, { description: 'Which text.' })
  declare document: ConsentDocumentName;

  @Field(() => String, {
    description: 'Which version, from `consentDocuments`: one agrees to the current one and withdraws from any.',
  })
  declare version: string;

  @Field(() => Boolean, { description: 'Do you agree? False withdraws.' })
  declare granted: boolean;
}

@ObjectType({ simpleResolvers: true, description: 'Your answer as it was noted.' })
export class UpdateConsentPayload {
  @Field(() => ConsentType, { nullable: true, description: 'The answer; null when it was refused.' })
  declare consent?: ConsentType | null;

  @Field(() => [AccountError], { description: 'Why it was refused: CONSENT_VERSION_UNKNOWN.' })
  declare userErrors: AccountError[];
}
