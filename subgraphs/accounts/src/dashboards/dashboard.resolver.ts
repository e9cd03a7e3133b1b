import { Requires, SignedIn } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import type { User } from '../users/user.entity.js';
import { shapeUser } from '../users/user.resolver.js';
import { missingParts, profileParts } from './dashboard.rules.js';
import type { DashboardService } from './dashboard.service.js';
import { Dashboard, PlatformMetrics } from './dashboard.types.js';

/** What people see at a glance: their own part, and for staff the platform's. */
@Resolver()
export class DashboardResolver {
  constructor(private readonly dashboards: DashboardService) {}

  @SignedIn()
  @Query(() => Dashboard, {
    nullable: true,
    description: 'What waits for you, by what you are to the platform: what does not concern you is null.',
  })
  async myDashboard(@Ctx() context: RequestContext): Promise<Dashboard | null> {
    const user = await this.dashboards.viewer(context);
    return user && shapeDashboard(user);
  }

  @Requires('accounts.metrics.read')
  @Query(() => PlatformMetrics, {
    nullable: true,
    description: 'Figures of the platform in a span of time of ten years at most. For staff.',
  })
  async platformMetrics(
    @Arg('from', () => DateTime, { description: 'Beginning of the span, inclusive.' }) from: Date,
    @Arg('to', () => DateTime, { description: 'End of the span, exclusive.' }) to: Date,
    @Ctx() context: RequestContext,
  ): Promise<PlatformMetrics> {
    return { from, to, ...(await this.dashboards.figures(context, { from, to })) };
  }
}

function shapeDashboard(user: User): Dashboard {
  const missing = missingParts(user);
  return {
    id: user.id,
    user: shapeUser(user, true),
    profileCompleteness: (profileParts.length - missing.length) / profileParts.length,
    missingProfileParts: missing,
  };
}
