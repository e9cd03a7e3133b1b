import { createHash } from 'node:crypto';
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  NoSchemaIntrospectionCustomRule,
  parse,
  print,
  specifiedRules,
  type ValidationRule,
  validate,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { CacheUse } from '../insight/cache-use.js';

/** A document that may be run. */
export interface OperationDocument {
  document: DocumentNode;
  /** Names the text: its SHA-256. */
  key: string;
}

/** How documents are read. */
export interface DocumentOptions {
  schema: GraphQLSchema;
  /** Rules beside GraphQL's own. */
  rules: readonly ValidationRule[];
  maxTokens: number;
  /** May clients ask for the schema? If not, errors leave out "Did you mean …" as well, which tells names of it. */
  introspection: boolean;
}

const MOST_DOCUMENTS = 2_000;

/** Parses and validates documents, each text once. */
export class OperationDocuments {
  /** How often a document was known already. */
  readonly use = new CacheUse(() => this.known.size);
  private readonly known = new LRUCache<string, OperationDocument>({ max: MOST_DOCUMENTS });

  constructor(private readonly options: DocumentOptions) {}

  /** The document, or why it may not be run. */
  read(query: string): OperationDocument | readonly GraphQLError[] {
    const known = this.known.get(query);
    this.use.looked(known !== undefined);
    if (known) return known;
    const parsed = this.parse(query);
    if (parsed instanceof GraphQLError) return [parsed];
    const { schema, rules, introspection } = this.options;
    const hidden = introspection ? [] : [NoSchemaIntrospectionCustomRule];
    const errors = validate(schema, parsed, [...specifiedRules, ...hidden, ...rules]);
    if (errors.length > 0) return errors.map((error) => this.refuse(error, 'GRAPHQL_VALIDATION_FAILED'));
    const read = { document: parsed, key: createHash('sha256').update(query).digest('hex') };
    this.known.set(query, read);
    return read;
  }

  /** The same document, which another schema may have let pass. */
  reread(document: DocumentNode): OperationDocument | readonly GraphQLError[] {
    return this.read(document.loc?.source.body ?? print(document));
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
    const message = this.options.introspection ? error.message : error.message.replace(/ ?Did you mean(.+?)\?$/, '');
    const { nodes, source, positions, extensions } = error;
    return new GraphQLError(message, { nodes, source, positions, extensions: { ...extensions, code } });
  }
}
