import { z } from 'zod';
import { newId } from '../database/id.js';

/** Something that happened in a room: CloudEvents 1.0, JSON. Carries ids, never personal data. */
export interface DomainEvent<Data = unknown> {
  specversion: '1.0';
  /** The event's own id. */
  id: string;
  /** `tutorgraph/<subgraph>` */
  source: string;
  /** `tutorgraph.<subgraph>.<noun>.<verb>.v1` */
  type: string;
  /** The id of the entity that it is about. */
  subject: string;
  /** When it happened, ISO 8601 in UTC. */
  time: string;
  datacontenttype: 'application/json';
  data: Data;
}

/** An event at its place in its room's stream. The position is the only cursor: ids and times do not order events. */
export interface PositionedEvent<Data = unknown> {
  position: number;
  event: DomainEvent<Data>;
}

/** A kind of event that a room publishes. */
export interface EventType<Schema extends z.ZodType = z.ZodType> {
  readonly type: string;
  /** The room that publishes it; also the name of the stream. */
  readonly subgraph: string;
  readonly description: string;
  /** What `data` holds. */
  readonly schema: Schema;
  /** A new event that happened now. @throws ZodError when the data does not fit the schema */
  create(fields: { subject: string; data: z.input<Schema> }): DomainEvent<z.output<Schema>>;
  /** The event's checked data. @throws when the event is of another type or its data does not fit the schema */
  parse(event: DomainEvent): z.output<Schema>;
}

const TYPE_NAME = /^tutorgraph\.([a-z][a-z0-9-]*)\.[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*\.v[1-9]\d*$/;

/**
 * Defines a kind of event. A change that a consumer of the old form would not understand is a new version.
 *
 * @throws when the type is not named `tutorgraph.<subgraph>.<noun>.<verb>.v1`
 */
export function defineEvent<Schema extends z.ZodType>(options: {
  type: string;
  description: string;
  data: Schema;
}): EventType<Schema> {
  const { type, description, data: schema } = options;
  const subgraph = TYPE_NAME.exec(type)?.[1];
  if (!subgraph) throw new Error(`Event type "${type}" must be named tutorgraph.<subgraph>.<noun>.<verb>.v1`);
  return {
    type,
    subgraph,
    description,
    schema,
    create: ({ subject, data }) => ({
      specversion: '1.0',
      id: newId(),
      source: `tutorgraph/${subgraph}`,
      type,
      subject,
      time: new Date().toISOString(),
      datacontenttype: 'application/json',
      data: schema.parse(data),
    }),
    parse: (event) => {
      if (event.type !== type) throw new Error(`Expected an event of type ${type}, got ${event.type}`);
      return schema.parse(event.data);
    },
  };
}

/** The envelope of every event, as it is read from outside this process. */
export const domainEvent = z.object({
  specversion: z.literal('1.0'),
  id: z.string(),
  source: z.string(),
  type: z.string(),
  subject: z.string(),
  time: z.string(),
  datacontenttype: z.literal('application/json'),
  data: z.unknown(),
});
