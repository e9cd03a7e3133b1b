import type { Connection } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import type { PageRequest } from '@tutorgraph/kit/pagination/keyset';
import { maySeeWhole } from '../orders/order.access.js';
import type { Order } from '../orders/order.entity.js';
import { noPage } from '../pages/no-page.js';
import type { Application } from './application.entity.js';
import { applicationCounts, applicationPages, chosenApplications, ownApplications } from './application.loaders.js';

/** Applications below the order that they answer, as far as the viewer may see them. */
export class OrderApplicationsService {
  /** How many tutors have applied and not withdrawn. */
  count(context: RequestContext, order: Order): number | Promise<number> {
    return context.loader(applicationCounts).at(order.id);
  }

  /** A page of the applications to an order; an empty one for whoever may see none. */
  async list(context: RequestContext, order: Order, page: PageRequest): Promise<Connection<Application>> {
    if (context.viewer.kind !== 'user') return noPage();
    return context.loader(applicationPages).load({ parent: order.id, page });
  }

  /** The viewer's own application. */
  own(context: RequestContext, order: Order): Promise<Application | null> {
    return context.loader(ownApplications).load(order.id);
  }

  /** The application that was chosen, for the student, staff and the tutor who was. */
  async chosen(context: RequestContext, order: Order): Promise<Application | null> {
    if (!maySeeWhole(context, order)) {
      const own = await this.own(context, order);
      return own?.status === 'CHOSEN' ? own : null;
    }
    return context.loader(chosenApplications).load(order.id);
  }
}
