import type { MessagingCore, MessagingPart } from '../core.js';
import { DeviceResolver } from './device.resolver.js';
import { DeviceService } from './device.service.js';
import { endedSessionsConsumer } from './ended-sessions.consumer.js';
import { purgeDevicesJob } from './purge-devices.job.js';

/** Wires the devices that take pushes. */
export function createDevices({ environment, tools }: MessagingCore): MessagingPart {
  const { WEB_PUSH_PUBLIC_KEY: publicKey, WEB_PUSH_ALLOWED_HOSTS: allowedHosts = [] } = environment;
  return {
    resolvers: [new DeviceResolver(new DeviceService({ publicKey, allowedHosts }))],
    jobs: [purgeDevicesJob(tools.orm.em)],
    consumers: [endedSessionsConsumer],
  };
}
