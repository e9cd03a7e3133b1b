import type { RoomParts, RoomTools } from '@tutorgraph/kit/room/room';
import { FeedResolver } from '../calendar-feeds/feed.resolver.js';
import { registerFeeds } from '../calendar-feeds/feed.routes.js';
import { FeedService } from '../calendar-feeds/feed.service.js';
import type { readMarketplaceEnvironment } from '../environment.js';
import { wireExternalCalendars } from '../external-calendars/wire-external-calendars.js';

/** Wires what joins people's lessons and the calendars that they keep elsewhere, in both directions. */
export function wireCalendars(
  tools: RoomTools,
  environment: ReturnType<typeof readMarketplaceEnvironment>,
): Required<Pick<RoomParts, 'resolvers' | 'jobs' | 'consumers' | 'routes'>> {
  const { orm, messages, origin, rateLimiter } = tools;
  const feeds = new FeedService({ em: orm.em, messages, secret: environment.SECRET_KEY, origin });
  const external = wireExternalCalendars(tools, environment);
  return {
    ...external,
    resolvers: [new FeedResolver(feeds), ...external.resolvers],
    routes: (app) => {
      registerFeeds(app, feeds, rateLimiter);
      external.routes(app);
    },
  };
}
