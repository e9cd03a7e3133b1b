import type { EntityManager } from '@mikro-orm/postgresql';
import type { PersonalData } from '@tutorgraph/kit/privacy/room-privacy';
import { deleteDevicesOf, findDevicesOf } from '../devices/device.repository.js';
import { forgetMessagesOf } from '../mailbox/mailbox.repository.js';

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

/** Removes somebody's devices, and what the development mailbox keeps of them. */
export async function eraseDevices(tx: EntityManager, userId: string): Promise<void> {
  await deleteDevicesOf(tx, userId);
  await forgetMessagesOf(tx, userId);
}
