import type { EntityManager } from '@mikro-orm/postgresql';
import { auditEvents } from '@tutorgraph/kit/audit/staff-audit';
import type { DomainEvent } from '@tutorgraph/kit/events/event';
import type { RoomParts } from '@tutorgraph/kit/room/room';
import { insertEntryOnce } from './audit.repository.js';

/** Takes what staff did in other rooms into the audit log; a consumer for each room. Addresses do not travel in events. */
export function staffActionsConsumers(rooms: readonly string[]): NonNullable<RoomParts['consumers']> {
  return rooms
    .filter((room) => room !== 'accounts')
    .map((room) => {
      const { performed } = auditEvents(room);
      const apply = (tx: EntityManager, event: DomainEvent) => {
        const { actorId, userId, requestId, ...details } = performed.parse(event);
        const { id, time } = event;
        const who = { actorId, subjectId: userId, networkHash: null };
        return insertEntryOnce(tx, { id, at: new Date(time), action: 'STAFF_ACTION', ...who, requestId, details });
      };
      return { name: 'staff-audit', stream: room, handlers: { [performed.type]: { apply } } };
    });
}
