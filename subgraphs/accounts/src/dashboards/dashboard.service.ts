import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import type { User } from '../users/user.entity.js';
import { usersById } from '../users/user.repository.js';
import { countPeople, type PeopleFigures } from './dashboard.repository.js';
import { checkSpan, type Span } from './dashboard.rules.js';

/** What people see at a glance. */
export class DashboardService {
  /** The signed-in person. */
  viewer(context: RequestContext): Promise<User | null> {
    return context.loader(usersById).load(context.user.userId);
  }

  /** Figures about people in a span of time. @throws BAD_USER_INPUT */
  figures(context: RequestContext, span: Span): Promise<PeopleFigures> {
    checkSpan(span);
    return countPeople(context.em, span);
  }
}
