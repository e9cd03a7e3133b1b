import type { EntityManager } from '@mikro-orm/postgresql';
import type { AiClient } from '@tutorgraph/kit/ai/ai-client';
import type { Logger } from '@tutorgraph/kit/telemetry/logger';
import type { Metrics } from '@tutorgraph/kit/telemetry/metrics';
import { sql } from 'kysely';
import type { Wish } from '../ranking/wish.js';
import type { SimilarityScale } from '../results/texts.js';
import type { EmbeddingSource } from './embedding.entity.js';
import { cachedVector, keepOrderVector, keepVector } from './embedding-cache.js';
import type { LocalModels } from './local-models.js';
import { scaleOf } from './similarity-scale.js';
import { hashOfText, LONGEST_TEXT, TEXT_OWNERS } from './texts.js';
import { readVector, storable } from './vectors.rules.js';

/** A wish as a vector, and what made it. */
export interface WishVector {
  model: string;
  vector: number[];
  /** The model's; null while it is not known. */
  scale: SimilarityScale | null;
}

/** Why a wish could not be compared: no model has all its vectors yet, or what makes them does not answer. */
export type EmbeddingFailure = 'EMBEDDINGS_NOT_READY' | 'EMBEDDINGS_UNAVAILABLE';

/** What became of a wish. */
export interface ReadWish {
  /** Null when there is nothing to compare with profiles, by `failure` or because the wish has no words. */
  vector: WishVector | null;
  failure: EmbeddingFailure | null;
}

interface Found {
  id: string;
  source: EmbeddingSource;
  dimensions: number;
  usual: number | null;
  spread: number | null;
  text: string | null;
  hash: string | null;
  /** Is the order's vector there, of the text that it has now? */
  stored: boolean;
  vector: string | null;
}

/**
 * Wishes as vectors of the model that is compared now. An order's is stored; that of another text may be in the cache; else it
 * is made at once, by the provider within the budget of a request or in this process. Nothing here fails a list: what goes
 * wrong is told and the list goes without.
 */
export class WishVectors {
  private readonly reads;
  private readonly flights = new Map<string, Promise<string | null>>();

  constructor(
    private readonly ai: AiClient,
    private readonly locals: LocalModels,
    private readonly logger: Logger,
    metrics: Metrics,
  ) {
    this.reads = metrics.counter({
      name: 'recommendation_wish_vectors_total',
      help: 'Wishes to be compared with profiles, by where their vectors came from',
      labelNames: ['from'],
    });
  }

  /** A wish's vector; null when there is nothing to compare with profiles. {@link read} says why. Never throws. */
  async of(em: EntityManager, wish: Pick<Wish, 'orderId' | 'text'>): Promise<WishVector | null> {
    return (await this.read(em, wish)).vector;
  }

  /** A wish's vector, or why there is none. Takes 700 ms at most beside its SQL. Never throws. */
  async read(em: EntityManager, wish: Pick<Wish, 'orderId' | 'text'>): Promise<ReadWish> {
    try {
      const found = await findStored(em, wish.orderId);
      if (!found) return this.failed('EMBEDDINGS_NOT_READY');
      const vector = found.stored ? this.counted('store', found.vector) : await this.make(em, wish, found);
      if (vector === null) return { vector, failure: null };
      return { vector: { model: found.id, vector: readVector(vector), scale: scaleOf(found) }, failure: null };
    } catch (err) {
      this.logger.warn({ err, orderId: wish.orderId }, 'A wish could not be compared with profiles');
      return this.failed('EMBEDDINGS_UNAVAILABLE');
    }
  }

  private async make(em: EntityManager, wish: Pick<Wish, 'orderId' | 'text'>, model: Found): Promise<string | null> {
    const text = model.text ?? wish.text.slice(0, LONGEST_TEXT);
    if (model.source === 'LOCAL') return this.counted('local', await this.embedLocally(em, text, model));
    const key = `${model.id} ${hashOfText(text)}`;
    const flying = this.flights.get(key);
    if (flying) return flying;
    const flight = this.askProvider(em.fork(), wish, text, model).finally(() => this.flights.delete(key));
    this.flights.set(key, flight);
    return flight;
  }

  private async embedLocally(em: EntityManager, text: string, model: Found): Promise<string | null> {
    const local = await this.locals.of(em, model.id);
    if (!local) throw new Error(`This release does not have the local model ${model.id}; another is made soon`);
    const [vector = []] = local.embed([text]);
    return storable(vector, model);
  }

  private async askProvider(
    em: EntityManager,
    { orderId }: Pick<Wish, 'orderId'>,
    text: string,
    model: Found,
  ): Promise<string | null> {
    const hash = hashOfText(text);
    const cached = orderId ? null : await cachedVector(em, model.id, hash);
    if (cached) return this.counted('cache', cached);
    if (text.trim() === '') return null;
    const fallback = { model: 'none', answer: (): number[][] => [] };
    const { value, degraded } = await this.ai.embed([text], { fallback });
    const [made] = value;
    if (degraded || !made) throw new Error('The AI provider gave no vector in time');
    const vector = this.counted('provider', storable(made, model));
    if (orderId && model.hash) await keepOrderVector(em, { model: model.id, orderId, hash: model.hash, vector });
    else if (!orderId && vector) await keepVector(em, { model: model.id, hash, vector });
    return vector;
  }

  private counted<Vector>(from: string, vector: Vector): Vector {
    this.reads.inc({ from });
    return vector;
  }

  private failed(failure: EmbeddingFailure): ReadWish {
    this.reads.inc({ from: 'nowhere' });
    return { vector: null, failure };
  }
}

/** The model that is compared now, with the order's text and its vector; undefined while there is no such model. */
async function findStored(em: EntityManager, orderId: string | null): Promise<Found | undefined> {
  const { table, text, hash } = TEXT_OWNERS.ORDER;
  const { rows } = await sql<Found>`
    select m.id, m.source, m.dimensions, m.usual, m.spread, o.text, o.hash, v.model is not null as stored, v.vector::text as vector
      from recommendations.embedding_models m
      left join (select t.id, ${text} as text, ${hash} as hash from ${table} t where t.id = ${orderId}::uuid) o on true
      left join recommendations.order_vectors v on v.model = m.id and v.order_id = o.id and v.text_hash = o.hash
     where m.state = 'ACTIVE'`.execute(em.getKysely());
  return rows[0];
}
