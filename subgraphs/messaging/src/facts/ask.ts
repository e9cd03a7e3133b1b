import type { EntityManager } from '@mikro-orm/postgresql';
import type { GraphClient } from '@tutorgraph/kit/graph/graph-client';
import DataLoader from 'dataloader';
import type { z } from 'zod';

/** Which fields of which entity are asked for, and what they are. Name it once: what is asked is shared by it. */
export interface Question<Schema extends z.ZodType = z.ZodType> {
  room: string;
  /** The entity's type in the graph. */
  type: string;
  fields: readonly string[];
  schema: Schema;
}

type Loader = DataLoader<string, Record<string, unknown> | null>;

/** Asks for what one event is about; no entity is asked for twice. Use it outside transactions only. */
export class Ask {
  private readonly loaders = new Map<Question, Loader>();

  /** @param em this room's own tables, for what they know */
  constructor(
    private readonly graph: GraphClient,
    readonly em: EntityManager,
  ) {}

  /** An entity; null when there is none. @throws SERVICE_UNAVAILABLE when its room does not answer */
  async entity<Schema extends z.ZodType>(question: Question<Schema>, id: string): Promise<z.output<Schema> | null> {
    const fields = await this.loaderOf(question).load(id);
    return fields && question.schema.parse(fields);
  }

  /** What a query of one field answers. @throws SERVICE_UNAVAILABLE when the room does not answer */
  async field<Schema extends z.ZodType>(
    { room, name, query, schema }: { room: string; name: string; query: string; schema: Schema },
    variables: Record<string, unknown>,
  ): Promise<z.output<Schema>> {
    const data = await this.graph.query(room, { query, variables }, [name]);
    return schema.parse(data[name]);
  }

  private loaderOf(question: Question): Loader {
    const known = this.loaders.get(question);
    if (known) return known;
    const { room, type, fields } = question;
    const loader: Loader = new DataLoader(
      async (ids) => {
        const found = await this.graph.entities(room, type, ids, fields);
        return ids.map((id) => found.get(id) ?? null);
      },
      { maxBatchSize: 500 },
    );
    this.loaders.set(question, loader);
    return loader;
  }
}
