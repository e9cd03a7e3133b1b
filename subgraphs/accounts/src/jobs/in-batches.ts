const BATCH = 1_000;

/** Calls `removeSome` with a limit until it removes less, so that no statement holds locks on everything for long. */
export async function inBatches(removeSome: (limit: number) => Promise<number>, limit = BATCH): Promise<void> {
  let removed: number;
  do {
    removed = await removeSome(limit);
  } while (removed === limit);
}
