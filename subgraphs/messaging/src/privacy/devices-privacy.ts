import type { EntityManager } from '@mikro-orm/postgresql';
import type { PersonalData } from '@tutorgraph/kit/privacy/room-privacy';
import { deleteDevicesOf, findDevicesOf } from '../devices/device.repository.js';
import { emptyMailbox } from '../mailbox/mailbox.repository.js';

/** What is held about somebody's devices; tokens open nothing for a person, and are left out. */
export async function collectDevices(em: EntityManager, userId: string): Promise<PersonalData> {
  const devices = await findDevicesOf(em, userId);
  return {
    sections: {
      devices: devices.map(({ platform, topics, createdAt, lastSeenAt }) => {
        return { platform, topics, createdAt, lastSeenAt };
      }),
    },
  };
}

/** Removes somebody's devices, and what development keeps of messages, of which others' may name them. */
export async function eraseDevices(tx: EntityManager, userId: string): Promise<void> {
  await deleteDevicesOf(tx, userId);
  await emptyMailbox(tx);
}
