import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import { readRows } from '@tutorgraph/kit/database/read-rows';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { defineLoader } from '@tutorgraph/kit/graphql/loader';
import { Tutor } from './tutor.entity.js';

/** Tutors by id, batched. */
export const tutorsById = defineLoader<string, Tutor | null>(
  async ({ em }, ids) => {
    const tutors = await readRows(em, Tutor, ids.filter(isId));
    return new Map(tutors.map((tutor) => [tutor.id, tutor]));
  },
  { absent: () => null },
);

/** Tutors by the account behind them, batched. */
export const tutorsByUser = defineLoader<string, Tutor | null>(
  async ({ em }, userIds) => {
    const tutors = await em.find(Tutor, { userId: { $in: [...userIds] } });
    return new Map(tutors.map((tutor) => [tutor.userId, tutor]));
  },
  { absent: () => null },
);

/** The viewer's own profile, or null. */
export function tutorOfViewer(context: RequestContext): Promise<Tutor | null> {
  const { viewer } = context;
  return viewer.kind === 'user' ? context.loader(tutorsByUser).load(viewer.userId) : Promise.resolve(null);
}

/** The profile behind an account. */
export function findTutorByUser(em: EntityManager, userId: string): Promise<Tutor | null> {
  return em.findOne(Tutor, { userId });
}

/** The profile behind an account, locked until the transaction ends; an erased one is nobody's any longer. */
export function lockTutorByUser(tx: EntityManager, userId: string): Promise<Tutor | null> {
  return tx.findOne(Tutor, { userId, erasedAt: null }, { lockMode: LockMode.PESSIMISTIC_WRITE });
}

/** The profile behind an account, which cannot be changed or erased until the transaction ends. */
export function holdTutorByUser(tx: EntityManager, userId: string): Promise<Tutor | null> {
  return tx.findOne(Tutor, { userId, erasedAt: null }, { lockMode: LockMode.PESSIMISTIC_READ });
}

/** A profile, which cannot be changed or erased until the transaction ends. */
export function holdTutor(tx: EntityManager, id: string): Promise<Tutor> {
  return tx.findOneOrFail(Tutor, { id }, { lockMode: LockMode.PESSIMISTIC_READ, refresh: true });
}

/** A profile, locked until the transaction ends. */
export function lockTutor(tx: EntityManager, id: string): Promise<Tutor> {
  return tx.findOneOrFail(Tutor, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
}
