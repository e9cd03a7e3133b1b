import type { EntityMetadata, EntityName, EntityProperty, Platform } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { type RawBuilder, sql } from 'kysely';

/** Reads rows of an entity's table as plain objects: what the entity would have, and nothing of the ORM. */
export interface EntityRows<Entity extends object> {
  /** The table, with its schema. */
  readonly table: RawBuilder<unknown>;
  /**
   * The columns of a table aliased `t`, by name: what a later version of the room adds to the table changes nothing of a
   * statement that is prepared. Lazy properties are left out.
   *
   * @param without properties that are left out, too
   */
  columns(without?: readonly string[]): RawBuilder<unknown>;
  /** The single column of the primary key. @throws Error when it has several */
  readonly keyName: string;
  /** A row of some of these columns; others in it are left out. */
  read(row: Readonly<Record<string, unknown>>): Entity;
}

interface Column {
  name: string;
  quoted: string;
  property: string;
  convert: ((value: unknown) => unknown) | undefined;
}

const known = new WeakMap<object, EntityRows<object>>();

/** How rows of an entity are read; worked out once. */
export function entityRows<Entity extends object>(em: EntityManager, entity: EntityName<Entity>): EntityRows<Entity> {
  const meta = em.getMetadata(entity);
  // What is kept was made below of the same entity's metadata.
  const made = (known.get(meta) ?? describe(meta, em)) as EntityRows<Entity>;
  known.set(meta, made);
  return made;
}

function describe<Entity extends object>(meta: EntityMetadata<Entity>, em: EntityManager): EntityRows<Entity> {
  const columns = meta.props.flatMap((property) => columnOf(property, em.getPlatform()) ?? []);
  return {
    table: sql.id(meta.schema ?? em.config.get('schema') ?? 'public', meta.tableName),
    columns: (without = []) => {
      const wanted = columns.filter(({ property }) => !without.includes(property));
      // As text: a statement is put together for each page, and these are most of its parts.
      return sql.raw(wanted.map(({ quoted }) => `t.${quoted}`).join(', '));
    },
    get keyName() {
      const [property, ...others] = meta.getPrimaryProps();
      const name = property?.fieldNames[0];
      if (!name || others.length > 0) throw new Error(`${meta.className} is not found by one column; query it`);
      return name;
    },
    read(row) {
      const read: Record<string, unknown> = {};
      for (const { name, property, convert } of columns) {
        const value = row[name];
        if (value === undefined) continue;
        read[property] = convert && value !== null ? convert(value) : value;
      }
      return read as Entity;
    },
  };
}

/** Undefined for what is not read along. @throws Error for what has no column of its own: such entities are hydrated */
function columnOf<Entity>(property: EntityProperty<Entity>, platform: Platform): Column | undefined {
  if (property.lazy) return undefined;
  const [name, ...others] = property.fieldNames ?? [];
  if (!name || others.length > 0 || property.embeddable || (property.targetMeta && !property.mapToPk)) {
    throw new Error(`${property.name} is no plain column; read such entities with em.find`);
  }
  return {
    name,
    quoted: platform.quoteIdentifier(name),
    property: property.name,
    convert: conversionOf(property, platform),
  };
}

function conversionOf<Entity>(
  { customType, runtimeType }: EntityProperty<Entity>,
  platform: Platform,
): Column['convert'] {
  if (customType) return (value) => customType.convertToJSValue(value, platform);
  // The ORM's connections leave times as PostgreSQL writes them.
  return runtimeType === 'Date' ? (value) => platform.parseDate(String(value)) : undefined;
}
