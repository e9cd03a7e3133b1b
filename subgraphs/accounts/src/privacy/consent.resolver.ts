import { Public, SignedIn } from '@tutorgraph/kit/graphql/access';
import { type Connection, ConnectionArguments } from '@tutorgraph/kit/graphql/connection';
import { mapConnection } from '@tutorgraph/kit/graphql/connection-map';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Limited } from '@tutorgraph/kit/graphql/limited';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { AccountError } from '../users/user.types.js';
import { consentDocumentNames, currentVersion } from './consent.documents.js';
import type { Consent } from './consent.entity.js';
import type { ConsentService } from './consent.service.js';
import {
  ConsentConnection,
  ConsentDocumentVersion,
  type ConsentType,
  UpdateConsentInput,
  UpdateConsentPayload,
} from './consent.types.js';

/** What people agree to. */
@Resolver()
export class ConsentResolver {
  constructor(private readonly consents: ConsentService) {}

  @Public()
  @Query(() => [ConsentDocumentVersion], {
    nullable: true,
    description: 'The texts that one can agree to, in their current versions.',
  })
  consentDocuments(): ConsentDocumentVersion[] {
    return consentDocumentNames.map((document) => ({ document, version: currentVersion(document) }));
  }

  @SignedIn()
  @Query(() => ConsentConnection, {
    nullable: true,
    description: 'Everything that you agreed to or withdrew, the newest first; the newest of a document counts.',
  })
  async consentHistory(
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Ctx() context: RequestContext,
  ): Promise<Connection<ConsentType>> {
    return mapConnection(await this.consents.history(context, page), shape);
  }

  @SignedIn()
  @Limited({ viewer: { points: 60, seconds: 60 * 60 } })
  @Mutation(() => UpdateConsentPayload, {
    nullable: true,
    description: 'Notes that you agree to a text or withdraw; what was before stays in the history.',
  })
  updateConsent(
    @Arg('input', () => UpdateConsentInput, { description: 'Your answer.' }) input: UpdateConsentInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, AccountError, async () => ({ consent: shape(await this.consents.record(context, input)) }));
  }
}

function shape(consent: Consent): ConsentType {
  return {
    id: consent.id,
    document: consent.document,
    version: consent.version,
    granted: consent.isGranted,
    recordedAt: consent.recordedAt,
    userAgent: consent.userAgent ?? null,
    networkHash: consent.networkHash ?? null,
  };
}
