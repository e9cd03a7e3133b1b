import type { SpanAttributes, TraceSpan, Tracing } from '@tutorgraph/kit/telemetry/tracing';
import type { OperationObserver, OperationOutcome } from '../operations/operation-observer.js';
import { codeOf, endingOf } from './operation-ending.js';
import { factsOf } from './operation-log.js';
import type { OperationRecord } from './operation-record.js';

/**
 * Makes a span of each operation, below the one that the client names, and lets fetches be made under it. Attributes follow
 * OpenTelemetry's conventions for GraphQL, save that the document itself is not told, only its hash.
 */
export function operationTraces(tracing: Tracing): OperationObserver {
  return {
    began(_request, { record, metadata, transport }) {
      const attributes = { 'tutorgraph.transport': transport, 'tutorgraph.request_id': metadata.requestId };
      const span = tracing.start('operation', metadata.traceparent, { kind: 'server', attributes });
      record.traceparent = span.traceparent;
      return (outcome) => {
        if (span.isRecorded) tell(span, record, outcome);
        span.end();
      };
    },
  };
}

function tell(span: TraceSpan, { planning, startedAt, fetches }: OperationRecord, outcome: OperationOutcome): void {
  const { operation, type, hash } = factsOf(outcome.operation);
  if (type) span.rename(type);
  const attributes: SpanAttributes = {
    'graphql.operation.name': operation,
    'graphql.operation.type': type,
    'graphql.document.hash': hash,
    'tutorgraph.outcome': endingOf(outcome),
    'tutorgraph.fetches': fetches.length,
  };
  span.set(attributes);
  const [error] = outcome.errors;
  if (error) span.fail(codeOf(error));
  if (planning) span.child('plan', { startedAt: startedAt + planning.startedMs }).end(startedAt + planning.endedMs);
}
