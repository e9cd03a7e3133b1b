import { ServiceOnly, SignedIn } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Limited } from '@tutorgraph/kit/graphql/limited';
import { Url } from '@tutorgraph/kit/graphql/scalars';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Ctx, Directive, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import { AccountError } from '../users/user.types.js';
import type { ConfirmationService } from './confirmation.service.js';
import type { Upload } from './upload.entity.js';
import type { UploadService } from './upload.service.js';
import {
  ConfirmUploadInput,
  ConfirmUploadPayload,
  RequestUploadInput,
  RequestUploadPayload,
  UploadType,
} from './upload.types.js';

const HOUR = 60 * 60;

/** Files on their way in. */
@Resolver(() => UploadType)
export class UploadResolver {
  constructor(
    private readonly uploads: UploadService,
    private readonly confirmations: ConfirmationService,
  ) {}

  @SignedIn()
  @Limited({ viewer: { points: 30, seconds: HOUR } })
  @Mutation(() => RequestUploadPayload, {
    nullable: true,
    description:
      'Gives you a place to put one file, for 15 minutes. A file that is not confirmed within a day is removed.',
  })
  requestUpload(
    @Arg('input', () => RequestUploadInput, { description: 'The file.' }) input: RequestUploadInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, AccountError, async () => {
      const { upload, url, headers, expiresAt } = await this.uploads.request(context, input);
      const list = Object.entries(headers).map(([name, value]) => ({ name, value }));
      return { upload: shapeUpload(upload), url, headers: list, expiresAt };
    });
  }

  @SignedIn()
  @Limited({ viewer: { points: 120, seconds: HOUR } })
  @Mutation(() => ConfirmUploadPayload, {
    nullable: true,
    description:
      'Checks the file that you have put: what it really is, not what its name says. Images are made anew, upright and without what the camera wrote into them (place, time, device). May be repeated.',
  })
  confirmUpload(
    @Arg('input', () => ConfirmUploadInput, { description: 'Which upload.' }) input: ConfirmUploadInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, AccountError, async () => ({
      upload: shapeUpload(await this.confirmations.confirm(context, input.uploadId)),
    }));
  }

  @FieldResolver(() => Url, {
    nullable: true,
    description: 'Where you can save the checked file, for 15 minutes; null until it is confirmed.',
  })
  url(@Root() upload: UploadType, @Ctx() context: RequestContext): Promise<string | null> {
    const { kind, status, contentType, checkedKey: storageKey } = upload;
    if (!context.isUser(upload.ownedBy)) return Promise.resolve(null);
    return this.uploads.url({ kind, status, contentType, storageKey });
  }

  @ServiceOnly('Upload.ownerId')
  @Directive('@inaccessible')
  @FieldResolver(() => ID, { nullable: true, description: 'Whose file it is; for our services only.' })
  ownerId(@Root() upload: UploadType): string {
    return upload.ownedBy;
  }

  @ServiceOnly('Upload.storageKey')
  @Directive('@inaccessible')
  @FieldResolver(() => String, {
    nullable: true,
    description:
      'Key of the checked file in the storage, null until it is confirmed; for our services only. A room keeps it and signs addresses itself, after its own check of rights.',
  })
  storageKey(@Root() upload: UploadType): string | null {
    return upload.checkedKey;
  }
}

/** An upload in the graph. */
export function shapeUpload(upload: Upload): UploadType {
  const { id, kind, status, contentType, size, createdAt, userId, storageKey } = upload;
  const checkedKey = (status === 'CONFIRMED' && storageKey) || null;
  return { id, kind, status, contentType, size, createdAt, ownedBy: userId, checkedKey };
}
