import { createHash } from 'node:crypto';
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  parse,
  specifiedRules,
  type ValidationRule,
  validate,
} from 'graphql';
import { LRUCache } from 'lru-cache';

/** A document that may be run. */
export interface OperationDocument {
  document: DocumentNode;
  /** Names the text; the same that Apollo Server uses, so that plans are made once for both ways in. */
  key: string;
}

/** How documents are read. */
export interface DocumentOptions {
  schema: GraphQLSchema;
  /** Rules beside GraphQL's own. */
  rules: readonly ValidationRule[];
  maxTokens: number;
  /** Leave out "Did you mean …", which tells names of the schema. */
  hideSuggestions: boolean;
}

const MOST_DOCUMENTS = 2_000;

/** Parses and validates documents that come over WebSocket; Apollo Server does it for HTTP. */
export class OperationDocuments {
  private readonly known = new LRUCache<string, OperationDocument>({ max: MOST_DOCUMENTS });

  constructor(private readonly options: DocumentOptions) {}

  /** What documents are written against. */
  get schema(): GraphQLSchema {
    return this.options.schema;
  }

  /** The document, or why it may not be run. */
  read(query: string): OperationDocument | readonly GraphQLError[] {
    const key = createHash('sha256').update(query).digest('hex');
    const known = this.known.get(key);
    if (known) return known;
    const parsed = this.parse(query);
    if (parsed instanceof GraphQLError) return [parsed];
    const { schema, rules } = this.options;
    const errors = validate(schema, parsed, [...specifiedRules, ...rules]);
    if (errors.length > 0) return errors.map((error) => this.refuse(error, 'GRAPHQL_VALIDATION_FAILED'));
    const read = { document: parsed, key };
    this.known.set(key, read);
    return read;
  }

  private parse(query: string): DocumentNode | GraphQLError {
    try {
      return parse(query, { maxTokens: this.options.maxTokens });
    } catch (error) {
      if (error instanceof GraphQLError) return this.refuse(error, 'GRAPHQL_PARSE_FAILED');
      throw error;
    }
  }

  private refuse(error: GraphQLError, code: string): GraphQLError {
    const message = this.options.hideSuggestions ? error.message.replace(/ ?Did you mean(.+?)\?$/, '') : error.message;
    const { nodes, source, positions, extensions } = error;
    return new GraphQLError(message, { nodes, source, positions, extensions: { ...extensions, code } });
  }
}
