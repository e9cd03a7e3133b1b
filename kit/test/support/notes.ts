import { defineEntity, type MikroORM, p } from '@mikro-orm/postgresql';
import { createOrm } from '../../src/database/orm.js';

const NoteSchema = defineEntity({
  name: 'Note',
  tableName: 'notes',
  properties: { id: p.integer().primary().autoincrement(), text: p.string() },
});

/** The one entity of tests that need any. */
export class Note extends NoteSchema.class {}
NoteSchema.setClass(Note);

/** Opens an ORM for a schema that holds notes; makes the table. */
export async function openNotes(url: string, room: string): Promise<MikroORM> {
  const orm = await createOrm({ room, entities: [Note], migrations: new URL('.', import.meta.url) }, { url });
  await orm.em.execute(`create schema if not exists ${room}`);
  await orm.em.execute(`create table ${room}.notes (id serial primary key, text text not null)`);
  return orm;
}
