import type { EntityManager } from '@mikro-orm/postgresql';
import type { Device } from '../../devices/device.entity.js';
import { deleteDevices, findDevicesOf } from '../../devices/device.repository.js';
import type { Channel, OutgoingMessage, SendResult } from '../channel.js';
import { DeliveryError, refused, unavailable } from '../delivery-error.js';
import type { PushResult, PushSender } from './push-sender.js';

/** Who hands pushes to which devices; undefined where there are no keys. */
export interface PushSenders {
  /** To apps on Android and iOS. */
  fcm: PushSender | undefined;
  /** To browsers. */
  webPush: PushSender | undefined;
}

/** Pushes to every device of somebody. A device that its provider does not know any longer is dropped. */
export class PushChannel implements Channel {
  readonly name = 'PUSH';

  constructor(
    private readonly em: EntityManager,
    private readonly senders: PushSenders,
  ) {}

  /** One device that takes it is enough: trying again would repeat it there. */
  async send(message: OutgoingMessage): Promise<SendResult> {
    const devices = await findDevicesOf(this.em.fork(), message.userId);
    const tries = devices.flatMap((device) => {
      const sender = device.platform === 'WEB' ? this.senders.webPush : this.senders.fcm;
      return sender ? [{ device, sending: sender.send(message, device) }] : [];
    });
    const settled = await Promise.allSettled(tries.map(({ sending }) => sending));
    const outcomes = settled.map((result, index) => outcomeOf(tries[index]?.device, result));
    const gone = outcomes.flatMap(({ device, result }) => (device && result?.outcome === 'GONE' ? [device] : []));
    await deleteDevices(this.em.fork(), gone);
    const taken = outcomes.find(({ result }) => result?.outcome === 'TAKEN')?.result;
    if (taken?.outcome !== 'TAKEN') throw failureOf(outcomes.map(({ failure }) => failure));
    const { providerMessageId } = taken;
    return { status: 'SENT', ...(providerMessageId && { providerMessageId }) };
  }
}

interface Outcome {
  device: Device | undefined;
  result?: PushResult;
  failure?: DeliveryError;
}

function outcomeOf(device: Device | undefined, settled: PromiseSettledResult<PushResult>): Outcome {
  if (settled.status === 'fulfilled') return { device, result: settled.value };
  const { reason } = settled;
  if (reason instanceof DeliveryError) return { device, failure: reason };
  throw reason;
}

/** Of the failures of all devices the one that says most: that it can be tried again, else why not. */
function failureOf(failures: readonly (DeliveryError | undefined)[]): DeliveryError {
  const known = failures.filter((failure) => failure !== undefined);
  const [first] = known;
  if (!first) return refused('NO_DEVICE', 'The person has no device that takes pushes');
  const temporary = known.filter(({ isTemporary }) => isTemporary);
  if (temporary.length === 0) return first;
  const waits = temporary.flatMap(({ retryAfterSeconds }) => retryAfterSeconds ?? []);
  const [cause = first] = temporary;
  return waits.length > 0
    ? unavailable(cause.message, { cause: cause.cause, retryAfterSeconds: Math.min(...waits) })
    : cause;
}
