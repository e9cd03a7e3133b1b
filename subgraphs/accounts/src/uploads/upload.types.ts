import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { DateTime, Url } from '@tutorgraph/kit/graphql/scalars';
import { Directive, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { AccountError, UserType } from '../users/user.types.js';
import { uploadStatuses } from './upload.rules.js';
import type { UploadKind } from './upload-kinds.js';

export const UploadKinds = enumOf([
  'AVATAR',
  'DOCUMENT',
  'ATTACHMENT',
  'RECORDING',
] as const satisfies readonly UploadKind[]);
registerEnumType(UploadKinds, {
  name: 'UploadKind',
  description: 'What a file is for; it decides what is taken and who may see it.',
  valuesConfig: {
    AVATAR: {
      description: 'A picture of yourself: JPEG, PNG or WebP of at most 5 MB. Seen by whoever sees your name.',
    },
    DOCUMENT: {
      description:
        'A proof such as a diploma: PDF, JPEG, PNG or WebP of at most 15 MB. Seen by you and those it is for.',
    },
    ATTACHMENT: {
      description:
        'A file for a chat message: JPEG, PNG, WebP or PDF of at most 15 MB. Seen by whoever may read the room that it is sent to.',
    },
    RECORDING: {
      description:
        'Recorded speech: WebM, Ogg, MP4, MP3, WAV or FLAC of at most 25 MB, such as audio/webm. Seen by you and the curators of your cohorts.',
    },
  },
});

const UploadStatuses = enumOf(uploadStatuses);
registerEnumType(UploadStatuses, {
  name: 'UploadStatus',
  description: 'Where an upload stands.',
  valuesConfig: {
    REQUESTED: { description: 'Waits for the file and for confirmUpload.' },
    PROCESSING: { description: 'Is being checked.' },
    CONFIRMED: { description: 'Was checked and may be used.' },
    REFUSED: { description: 'Was checked and cannot be used: request another.' },
  },
});

export const AvatarSize = enumOf(['SMALL', 'MEDIUM', 'LARGE']);
registerEnumType(AvatarSize, {
  name: 'AvatarSize',
  description: 'A size of a square picture.',
  valuesConfig: {
    SMALL: { description: '64 pixels a side.' },
    MEDIUM: { description: '256 pixels a side.' },
    LARGE: { description: '512 pixels a side.' },
  },
});

@Directive('@key(fields: "id")')
@ObjectType('Upload', { simpleResolvers: true, description: 'A file of yours on its way in, or checked.' })
export class UploadType {
  @Field(() => ID, { description: 'Identity of the upload.' })
  declare id: string;

  @Field(() => UploadKinds, { description: 'What the file is for.' })
  declare kind: UploadKind;

  @Field(() => UploadStatuses, { description: 'Where it stands.' })
  declare status: keyof typeof UploadStatuses;

  @Field(() => String, { description: 'What the file is: as you said it, and once it is confirmed, as it is stored.' })
  declare contentType: string;

  @Field(() => Int, { description: 'Bytes: as you said it, and once it is confirmed, as it is stored.' })
  declare size: number;

  @Field(() => DateTime, { description: 'When it was requested.' })
  declare createdAt: Date;

  declare ownedBy: string;
  declare checkedKey: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'A header to send with a file.' })
export class UploadHeader {
  @Field(() => String, { description: 'Name of the header.' })
  declare name: string;

  @Field(() => String, { description: 'Its value, exactly.' })
  declare value: string;
}

@InputType({ description: 'The file that you want to upload.' })
export class RequestUploadInput {
  @Field(() => UploadKinds, { description: 'What it is for.' })
  declare kind: UploadKind;

  @Field(() => String, { description: 'What it is, such as image/jpeg; see UploadKind.' })
  declare contentType: string;

  @Field(() => Int, { description: 'Its exact length in bytes.' })
  declare size: number;
}

@ObjectType({
  simpleResolvers: true,
  description:
    'Where to put the file: send it as the body of one PUT to `url` with `headers`, then call confirmUpload.',
})
export class RequestUploadPayload {
  @Field(() => UploadType, { nullable: true, description: 'The upload; null when it was refused.' })
  declare upload?: UploadType | null;

  @Field(() => Url, { nullable: true, description: 'Takes this one file, by PUT; keep it to yourself.' })
  declare url?: string | null;

  @Field(() => [UploadHeader], { nullable: true, description: 'Headers that have to be sent with the file.' })
  declare headers?: UploadHeader[] | null;

  @Field(() => DateTime, { nullable: true, description: 'Until when the address takes the file.' })
  declare expiresAt?: Date | null;

  @Field(() => [AccountError], { description: 'INVALID_INPUT, FILE_TYPE_NOT_ALLOWED, FILE_TOO_LARGE.' })
  declare userErrors: AccountError[];
}

@InputType({ description: 'The upload whose file you have put.' })
export class ConfirmUploadInput {
  @Field(() => ID, { description: 'Identity of the upload.' })
  declare uploadId: string;
}

@ObjectType({ simpleResolvers: true, description: 'The upload after its check.' })
export class ConfirmUploadPayload {
  @Field(() => UploadType, { nullable: true, description: 'The confirmed upload; null when it was refused.' })
  declare upload?: UploadType | null;

  @Field(() => [AccountError], {
    description:
      'UPLOAD_NOT_FOUND; UPLOAD_NOT_RECEIVED and UPLOAD_BEING_CHECKED: try again; FILE_TYPE_NOT_ALLOWED, FILE_TOO_LARGE, FILE_DAMAGED, FILE_PROTECTED, IMAGE_TOO_LARGE: request another upload.',
  })
  declare userErrors: AccountError[];
}

@InputType({ description: 'Your new picture.' })
export class SetAvatarInput {
  @Field(() => ID, { description: 'A confirmed upload of the kind AVATAR.' })
  declare uploadId: string;
}

@ObjectType({ simpleResolvers: true, description: 'Your account with its new picture.' })
export class SetAvatarPayload {
  @Field(() => UserType, { nullable: true, description: 'Your account; null when the picture was refused.' })
  declare user?: UserType | null;

  @Field(() => [AccountError], { description: 'UPLOAD_NOT_FOUND, UPLOAD_NOT_CONFIRMED.' })
  declare userErrors: AccountError[];
}

@ObjectType({ simpleResolvers: true, description: 'Your account without a picture.' })
export class RemoveAvatarPayload {
  @Field(() => UserType, { nullable: true, description: 'Your account.' })
  declare user?: UserType | null;

  @Field(() => [AccountError], { description: 'Always empty; removing what is not there succeeds.' })
  declare userErrors: AccountError[];
}
