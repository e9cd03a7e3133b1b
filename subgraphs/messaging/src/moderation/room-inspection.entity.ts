import { defineEntity, PrimaryKeyProp, p } from '@mikro-orm/core';
import { ChatRoom } from '../chat-rooms/chat-room.entity.js';

const RoomInspectionSchema = defineEntity({
  name: 'RoomInspection',
  tableName: 'room_inspections',
  indexes: [{ name: 'room_inspections_over', properties: ['expiresAt'] }],
  properties: {
    moderatorId: p.uuid().primary(),
    roomId: () => p.manyToOne(ChatRoom).mapToPk().fieldName('room_id').deleteRule('cascade').primary(),
    expiresAt: p.datetime().columnType('timestamptz'),
  },
});

/** That somebody who moderates reads a room for a while, to which they do not belong; the audit log has each. */
export class RoomInspection extends RoomInspectionSchema.class {
  declare [PrimaryKeyProp]?: ['moderatorId', 'roomId'];
}
RoomInspectionSchema.setClass(RoomInspection);
