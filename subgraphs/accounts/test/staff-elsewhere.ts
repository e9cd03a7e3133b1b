import { randomUUID } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { recordStaffAction } from '@tutorgraph/kit/audit/staff-audit';
import { transaction } from '@tutorgraph/kit/database/transaction';
import type { TestGraph } from '@tutorgraph/kit/testing/graph';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import type { UserViewer } from '@tutorgraph/kit/viewer/viewer';

/** The marketplace room's database. */
export function marketDatabase(graph: TestGraph): EntityManager {
  const marketplace = graph.rooms.get('marketplace');
  if (!marketplace) throw new Error('marketplace did not start');
  return marketplace.orm.em.fork();
}

/** A member of staff does something to somebody's data in the marketplace. @returns the request's id */
export async function actElsewhere(
  graph: TestGraph,
  { userId, role }: TestPerson,
  subjectId: string,
  fail?: Error,
): Promise<string> {
  const user = { kind: 'user', userId, role } as UserViewer;
  const requestId = randomUUID();
  await transaction(marketDatabase(graph), async (tx) => {
    recordStaffAction(
      tx,
      { user, metadata: { requestId } },
      {
        action: 'marketplace.verification.approve',
        resource: 'Verification',
        resourceId: subjectId,
        userId: subjectId,
        fields: ['status'],
      },
    );
    if (fail) throw fail;
  });
  return requestId;
}
