import { connectionOf } from '@tutorgraph/kit/graphql/connection';
import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { NotificationChannelEnum } from '../notifications/notification.enums.js';
import type { NotificationChannel } from '../notifications/notification.rules.js';
import {
  type DeliveryReason,
  type DeliveryStatus,
  deliveryReasons,
  deliveryStatuses,
  digestModes,
} from './delivery.rules.js';

const DeliveryStatusEnum = enumOf(deliveryStatuses);
registerEnumType(DeliveryStatusEnum, {
  name: 'NotificationDeliveryStatus',
  description: 'How far a notification has come on a channel.',
  valuesConfig: {
    QUEUED: { description: 'It waits to be sent: for quiet hours, a digest or the next try.' },
    SENT: { description: 'A provider has taken it over.' },
    DELIVERED: { description: 'It has arrived.' },
    FAILED: { description: 'It was tried and will not arrive; see `reason`.' },
    SUPPRESSED: { description: 'It was not sent, for there was no need or no way; see `reason`.' },
  },
});

const DeliveryReasonEnum = enumOf(deliveryReasons);
registerEnumType(DeliveryReasonEnum, {
  name: 'NotificationDeliveryReason',
  description: 'Why a notification does not arrive on a channel, or is tried again.',
  valuesConfig: {
    READ: { description: 'The person has read it before it was sent.' },
    DELETED: { description: 'The person has deleted it before it was sent.' },
    SWITCHED_OFF: { description: 'The person has switched the type off on this channel meanwhile.' },
    EXPIRED: { description: 'It would have come too late to be of use.' },
    NO_ACCOUNT: { description: 'The person has no account any more.' },
    NO_ADDRESS: { description: 'The person has no proven address for this channel.' },
    NO_DEVICE: { description: 'The person has registered no device.' },
    NO_CHANNEL: { description: 'This installation does not use the channel.' },
    SUPPRESSED: { description: 'Earlier messages to the address came back; staff can lift it.' },
    HARD_BOUNCE: { description: 'The address does not exist.' },
    BLOCKED_BY_USER: { description: 'The person wants no messages there.' },
    REFUSED: { description: 'The provider does not take it.' },
    UNAVAILABLE: {
      description: 'The provider could not take it; it is tried again up to eight times in half an hour.',
    },
    FAULT: { description: 'A fault of ours; our staff sees it.' },
  },
});

/** @see digestModes */
export const DigestModeEnum = enumOf(digestModes);
registerEnumType(DigestModeEnum, {
  name: 'NotificationDigestMode',
  description: 'When notifications of a channel are sent that can wait.',
  valuesConfig: {
    NONE: { description: 'At once, each on its own.' },
    HOURLY: { description: 'Together, an hour after the first one.' },
    MORNING: { description: "Together, at eight o'clock of the person's time zone." },
  },
});

@ObjectType({
  simpleResolvers: true,
  description: 'A notification on its way over one channel; seen by whom it is for and by support.',
})
export class NotificationDelivery {
  @Field(() => ID, { description: 'Identity of the delivery; a mail carries it in its Message-ID.' })
  declare id: string;

  @Field(() => NotificationChannelEnum, { description: 'Over which channel.' })
  declare channel: NotificationChannel;

  @Field(() => DeliveryStatusEnum, { description: 'How far it has come.' })
  declare status: DeliveryStatus;

  @Field(() => DeliveryReasonEnum, {
    nullable: true,
    description: 'Why it does not arrive, or why it is tried again; null otherwise.',
  })
  declare reason: DeliveryReason | null;

  @Field(() => Int, { description: 'How often it was tried.' })
  declare attempts: number;

  @Field(() => DateTime, { description: 'Not before then it is sent, or tried again.' })
  declare dueAt: Date;

  @Field(() => DateTime, { nullable: true, description: 'When a provider took it over; null before.' })
  declare sentAt: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When it arrived; null before, and where no provider tells.',
  })
  declare deliveredAt: Date | null;

  @Field(() => DateTime, { description: 'When it was planned.' })
  declare createdAt: Date;
}

/** A page of deliveries. */
export const NotificationDeliveryConnection = connectionOf(NotificationDelivery, 'NotificationDelivery');

@InputType({ description: 'Which deliveries; conditions add up.' })
export class NotificationDeliveryFilter {
  @Field(() => ID, { nullable: true, description: 'Only to this account.' })
  declare userId?: string | null;

  @Field(() => NotificationChannelEnum, { nullable: true, description: 'Only over this channel.' })
  declare channel?: NotificationChannel | null;

  @Field(() => DeliveryStatusEnum, { nullable: true, description: 'Only those that have come so far.' })
  declare status?: DeliveryStatus | null;

  @Field(() => DateTime, { nullable: true, description: 'Only those that were planned then or later.' })
  declare from?: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'Only those that were planned before then.' })
  declare to?: Date | null;
}
