import type { MessagingCore, MessagingPart } from '../core.js';
import { AddressHash } from './address-hash.js';
import { purgeSuppressionsJob } from './purge-suppressions.job.js';
import { SuppressionResolver } from './suppression.resolver.js';
import { SuppressionService } from './suppression.service.js';

/** Wires what is known of addresses that do not exist. */
export function createSuppressions({ contacts, environment, tools }: MessagingCore): MessagingPart {
  const suppressions = new SuppressionService(contacts, new AddressHash(environment.SECRET_KEY));
  return { resolvers: [new SuppressionResolver(suppressions)], jobs: [purgeSuppressionsJob(tools.orm.em)] };
}
