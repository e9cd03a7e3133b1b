import type { Logger } from '@tutorgraph/kit/telemetry/logger';
import { LRUCache } from 'lru-cache';
import type { OperationGate } from '../operations/operation-gate.js';
import type { ReadOperation } from '../operations/read-operation.js';
import type { TrustedDocuments } from './trusted-documents.js';

const MOST_REMEMBERED = 10_000;

/** Writes down documents that are not trusted, each once: what a list lacks before it is required. */
export class UnknownDocuments implements OperationGate {
  private readonly told = new LRUCache<string, true>({ max: MOST_REMEMBERED });

  constructor(
    private readonly trusted: TrustedDocuments,
    private readonly logger: Logger,
  ) {}

  admit({ key, definition }: ReadOperation): void {
    if (this.trusted.hasText(key) || this.told.has(key)) return;
    this.told.set(key, true);
    this.logger.info(
      { documentHash: key, operationName: definition.name?.value },
      'A document is not in the list of trusted ones',
    );
  }
}
