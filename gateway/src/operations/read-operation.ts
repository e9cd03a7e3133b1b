import type { OperationDefinitionNode } from 'graphql';
import type { RunningGraph } from '../graph/running-graph.js';
import type { OperationDocument } from './operation-documents.js';
import type { OperationRequest } from './operation-request.js';

/** An operation of a document that was validated; it may be run. */
export interface ReadOperation extends OperationDocument {
  /** What it was validated against, and runs on. */
  readonly graph: RunningGraph;
  readonly definition: OperationDefinitionNode;
  /** Undefined for the only operation of a document, when it has no name. */
  readonly operationName: string | undefined;
  readonly variables: Record<string, unknown> | undefined;
  readonly request: OperationRequest;
}
