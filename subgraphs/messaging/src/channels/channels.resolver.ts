import { ServiceOnly } from '@tutorgraph/kit/graphql/access';
import { Directive, Query, Resolver } from 'type-graphql';
import { NotificationChannelEnum } from '../notifications/notification.enums.js';
import type { Channels } from './channel.js';
import { type OutsideChannel, outsideChannels } from './channel.rules.js';

/** Which ways to reach people there are. */
@Resolver()
export class ChannelsResolver {
  constructor(private readonly channels: Pick<Channels, 'get'>) {}

  @ServiceOnly('availableChannels')
  @Directive('@inaccessible')
  @Query(() => [NotificationChannelEnum], {
    nullable: true,
    description: 'Channels on which this installation can reach people; for our services only.',
  })
  availableChannels(): OutsideChannel[] {
    return outsideChannels.filter((name) => this.channels.get(name));
  }
}
