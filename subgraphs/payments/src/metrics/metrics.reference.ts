import type { ReferenceResolver } from '@tutorgraph/kit/graphql/subgraph';
import { z } from 'zod';
import type { PlatformMetrics, ProfitReport } from './metrics.types.js';

const moment = z.union([z.date(), z.iso.datetime({ offset: true }).transform((text) => new Date(text))]);
const span = z.object({ from: moment, to: moment });

/** The payments' part of the platform's figures. */
export const resolvePlatformMetrics: ReferenceResolver<{ from: string | Date; to: string | Date }> = async (
  reference,
): Promise<PlatformMetrics | null> => {
  // Accounts has checked the span; whoever asks this room past the gateway gets nothing for one that is none.
  const { data } = span.safeParse(reference);
  return data ?? null;
};

const day = z.iso.date();
const days = z.object({ from: day, to: day });

/** The payments' part of what the school earned and cost; learning has checked the span. */
export const resolveProfitReport: ReferenceResolver<{ from: string; to: string }> = async (
  reference,
): Promise<ProfitReport | null> => days.safeParse(reference).data ?? null;
