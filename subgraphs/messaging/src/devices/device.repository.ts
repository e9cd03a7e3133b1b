import type { EntityManager } from '@mikro-orm/postgresql';
import { Device } from './device.entity.js';

/** Devices on which somebody takes pushes, those seen last first. */
export function findDevicesOf(em: EntityManager, userId: string): Promise<Device[]> {
  return em.find(Device, { userId }, { orderBy: { lastSeenAt: 'desc', id: 'desc' } });
}
