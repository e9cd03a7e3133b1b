import type { ReferenceResolver } from '@tutorgraph/kit/graphql/subgraph';
import { z } from 'zod';
import { countMarket, countOwn } from './dashboard.repository.js';
import type { Dashboard, PlatformMetrics } from './dashboard.types.js';

/** The marketplace's part of a dashboard; nobody gets that of another. */
export const resolveDashboard: ReferenceResolver = async ({ id }, context): Promise<Dashboard | null> => {
  if (!context.isUser(id)) return null;
  const own = await countOwn(context.em, id);
  const mayPost = context.can('marketplace.orders.post');
  return {
    id,
    openOrders: mayPost ? own.openOrders : null,
    applicationsToDecide: mayPost ? own.applicationsToDecide : null,
    pendingApplications: context.can('marketplace.applications.send') ? own.pendingApplications : null,
    bookingsToSchedule: own.bookingsToSchedule,
    bookingsToPay: own.bookingsToPay,
    upcomingLessons: own.upcomingLessons,
  };
};

const moment = z.union([z.date(), z.iso.datetime({ offset: true }).transform((text) => new Date(text))]);
const span = z.object({ from: moment, to: moment });
const hidden = {
  newOrders: null,
  newApplications: null,
  successfulMatches: null,
  medianMinutesToFirstApplication: null,
  conversionToTrial: null,
  conversionToRegular: null,
  completedLessons: null,
  cancelledLessons: null,
  newReviews: null,
  averageRating: null,
};

/** The marketplace's part of the platform's figures. */
export const resolvePlatformMetrics: ReferenceResolver<{ from: string | Date; to: string | Date }> = async (
  reference,
  context,
): Promise<PlatformMetrics | null> => {
  // Accounts has checked the span; whoever asks this room past the gateway gets nothing for one that is none.
  const { data } = span.safeParse(reference);
  if (!data) return null;
  const mayRead = context.can('marketplace.metrics.read');
  return { ...data, ...(mayRead ? await countMarket(context.em, data.from, data.to) : hidden) };
};
