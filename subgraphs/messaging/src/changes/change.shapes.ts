import type { Changes, FollowedChangeType } from './change.types.js';
import type { ChangePage } from './changes.service.js';
import { type Followed, referenceTo } from './followed.types.js';

/** A page of changes, in the graph. */
export function shapeChanges({ changes, cursor, hasMore, isReset }: ChangePage): Changes {
  const shaped: Changes = { cursor, hasMore, isReset, rooms: [], messageIds: [], notifications: [], followed: [] };
  for (const { what, isGone, isNew, position } of changes) {
    const { id } = position;
    if (what === 'ROOM') shaped.rooms.push({ id, isNew, isGone });
    else if (what === 'MESSAGE') shaped.messageIds.push(id);
    else if (what === 'NOTIFICATION') shaped.notifications.push({ id, isGone });
    else shaped.followed.push({ id, kind: what, isGone });
  }
  return shaped;
}

/** What a change is about, to be asked for where it is kept. */
export function subjectOf({ kind, id, isGone }: FollowedChangeType): Followed | null {
  return isGone ? null : referenceTo(kind, id);
}
