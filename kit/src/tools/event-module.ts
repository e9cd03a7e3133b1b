import { z } from 'zod';
import type { EventType } from '../events/event.js';

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** TypeScript for the rooms that consume a room's events: name, zod schema and type of each. */
export function eventModule(events: readonly EventType[]): string {
  const declarations = events.map((event) => {
    const schema = z.toJSONSchema(event.schema, { io: 'input' });
    const name = nameOf(event.type);
    return `/** ${event.description} */
export const ${name} = {
  type: '${event.type}',
  schema: ${zodCode(schema)},
} as const;
/** What {@link ${name}} carries. */
export type ${name[0]?.toUpperCase()}${name.slice(1)} = z.infer<typeof ${name}.schema>;`;
  });
  return `import { z } from 'zod';\n\n${declarations.join('\n\n')}`;
}

/** tutorgraph.accounts.user.registered.v1 → userRegistered */
function nameOf(type: string): string {
  const words = type.split('.').slice(2, -1).join('-').split('-');
  return words.map((word, index) => (index === 0 ? word : `${word[0]?.toUpperCase()}${word.slice(1)}`)).join('');
}

function zodCode(schema: JsonSchema | boolean): string {
  if (typeof schema === 'boolean') throw new Error('An event may not carry unknown data');
  if (schema.enum) return `z.enum(${list(schema.enum.map((value) => `'${String(value)}'`))})`;
  if (schema.anyOf) return `z.union(${list(schema.anyOf.map(zodCode))})`;
  switch (schema.type) {
    case 'string':
      return schema.format === 'uuid' ? 'z.uuid()' : 'z.string()';
    case 'integer':
      return 'z.number().int()';
    case 'number':
      return 'z.number()';
    case 'boolean':
      return 'z.boolean()';
    case 'null':
      return 'z.null()';
    case 'array':
      return `z.array(${zodCode(schema.items as JsonSchema)})`;
    case 'object':
      return objectCode(schema);
    default:
      throw new Error(`An event carries data of a kind that other rooms cannot be told: ${JSON.stringify(schema)}`);
  }
}

function objectCode(schema: JsonSchema): string {
  const fields = Object.entries(schema.properties ?? {}).map(([key, value]) => {
    const optional = schema.required?.includes(key) ? '' : '.optional()';
    return `${key}: ${zodCode(value)}${optional}`;
  });
  return `z.object({ ${fields.join(', ')} })`.replace('{  }', '{}');
}

function list(items: readonly string[]): string {
  return `[${items.join(', ')}]`;
}
