import type { Transfer } from './transfer.entity.js';
import { mayTransferBecome, type TransferStatus } from './transfer.rules.js';
import type { TransferReversal } from './transfer-reversal.entity.js';

/** Takes a transfer, or the reversal of one, to another status. @throws Error for a step that there is not */
export function moveTransfer(row: Transfer | TransferReversal, to: TransferStatus): void {
  if (!mayTransferBecome(row.status, to))
    throw new Error(`Transfer ${row.id} is ${row.status} and cannot become ${to}`);
  row.status = to;
}
