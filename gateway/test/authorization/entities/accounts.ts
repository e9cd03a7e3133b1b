import { newId } from '@tutorgraph/kit/database/id';
import { runSql } from '@tutorgraph/kit/testing/run-sql';
import type { EntityRights, MadeEntity } from '../entity.js';
import type { World } from '../world.js';

const everybody = ['owner', 'somebody', 'staff', 'nobody'];
const ownerAndStaff = ['owner', 'staff'];
const ownerStaffAndServices = [...ownerAndStaff, 'service'];
const ownerAndServices = ['owner', 'service'];

/** Entities of the accounts room. */
export const accountsEntities: readonly EntityRights[] = [
  {
    title: 'an account',
    room: 'accounts',
    type: 'User',
    make: makeAccount,
    seenBy: {
      id: [...everybody, 'service'],
      avatarUrl: everybody,
      contact: ['service'],
      createdAt: ownerAndStaff,
      deletionDueAt: ownerAndStaff,
      displayName: [...everybody, 'service'],
      email: ownerStaffAndServices,
      emailVerified: ownerStaffAndServices,
      firstName: ownerAndStaff,
      hasTelegram: ownerAndStaff,
      isErased: ['service'],
      lastName: ownerAndStaff,
      locale: ownerStaffAndServices,
      phone: ownerStaffAndServices,
      role: ownerStaffAndServices,
      suspendedAt: ownerStaffAndServices,
      telegramUsername: ownerAndStaff,
      timeZone: ownerStaffAndServices,
      username: ownerAndStaff,
    },
  },
  {
    title: 'a checked upload',
    room: 'accounts',
    type: 'Upload',
    make: makeUpload,
    seenBy: {
      id: ownerAndServices,
      contentType: ['owner'],
      createdAt: ['owner'],
      kind: ownerAndServices,
      ownerId: ['service'],
      size: ['owner'],
      status: ['owner'],
      storageKey: ['service'],
      url: ['owner'],
    },
  },
];

async function makeAccount({ graph }: World): Promise<MadeEntity> {
  const owner = await graph.person('STUDENT');
  await runSql(
    graph.databaseUrl,
    `update accounts.users set username = 'anna', phone = '+79161234567', suspended_at = now(), telegram_id = id::text, telegram_username = 'anna_k',
            telegram_photo_url = 'https://t.me/i/userpic/anna.jpg' where id = $1`,
    [owner.userId],
  );
  await runSql(
    graph.databaseUrl,
    `insert into accounts.account_deletions (user_id, requested_at, due_at, rooms) values ($1, now(), now() + interval '1 day', '{}')`,
    [owner.userId],
  );
  const [somebody, staff] = [await graph.person('STUDENT'), await graph.person('SUPERVISOR')];
  const asked = [
    'contact',
    'displayName',
    'email',
    'emailVerified',
    'isErased',
    'locale',
    'phone',
    'role',
    'suspendedAt',
    'timeZone',
  ];
  const service = await graph.service(
    'accounts',
    asked.map((field) => `User.${field}`),
  );
  return { key: { id: owner.userId }, viewers: viewersOf(owner, somebody, staff, service) };
}

async function makeUpload({ graph }: World): Promise<MadeEntity> {
  const owner = await graph.person('TUTOR');
  const id = newId();
  await runSql(
    graph.databaseUrl,
    `insert into accounts.uploads (id, user_id, kind, status, content_type, size, storage_key, created_at, confirmed_at)
     values ($1, $2, 'DOCUMENT', 'CONFIRMED', 'application/pdf', 5, $3, now(), now())`,
    [id, owner.userId, `documents/${id}.pdf`],
  );
  const [somebody, staff] = [await graph.person('TUTOR'), await graph.person('SUPER_ADMIN')];
  const service = await graph.service('accounts', ['Upload.kind', 'Upload.ownerId', 'Upload.storageKey']);
  return { key: { id }, viewers: viewersOf(owner, somebody, staff, service) };
}

interface Signed {
  authorization: string;
}

function viewersOf(owner: Signed, somebody: Signed, staff: Signed, service: string): MadeEntity['viewers'] {
  return {
    owner: owner.authorization,
    somebody: somebody.authorization,
    staff: staff.authorization,
    service,
    nobody: undefined,
  };
}
