import { Migration } from '@mikro-orm/migrations';

/** Knowledge index costs less: filling an empty base took four times as long, and finds the same. */
export class Migration20261121211800_knowledge_index_costs_less extends Migration {
  override up(): void {
    this.addSql(`drop index learning.knowledge_embeddings_near`);
    this.addSql(
      `create index knowledge_embeddings_near on learning.knowledge_embeddings using hnsw (embedding public.vector_cosine_ops) with (m = 8, ef_construction = 32)`,
    );
  }
}
