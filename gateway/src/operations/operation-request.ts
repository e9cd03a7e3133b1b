/** An operation as a client sends it, by whatever transport. */
export interface OperationRequest {
  query?: string | undefined;
  /** Names the document instead of `query`: GraphQL over HTTP, appendix Persisted Documents. */
  documentId?: string | undefined;
  operationName?: string | undefined;
  variables?: Record<string, unknown> | undefined;
  extensions?: Record<string, unknown> | undefined;
}
