import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import { badUserInput } from '@tutorgraph/kit/graphql/errors';
import { countAudience, findAudience } from './audience.repository.js';
import type { AudienceArguments, AudienceMember, AudiencePageArguments } from './audience.types.js';

const MOST_AT_ONCE = 1_000;
/** Ten years: nobody means more, and a date stays one. */
const MOST_DAYS = 3_650;

/** People whom messaging tells something, by what they are. */
export class AudienceService {
  /** A page of an audience, by id. @throws BAD_USER_INPUT */
  async page(em: EntityManager, { first, after, ...filter }: AudiencePageArguments): Promise<AudienceMember[]> {
    if (first < 1 || first > MOST_AT_ONCE) throw badUserInput(`first must be between 1 and ${MOST_AT_ONCE}`);
    if (after && !isId(after)) throw badUserInput('after must be the id of an account');
    return findAudience(em, checked(filter), { first, after: after ?? null });
  }

  /** How many people it is. @throws BAD_USER_INPUT */
  async size(em: EntityManager, filter: AudienceArguments): Promise<number> {
    return countAudience(em, checked(filter));
  }
}

function checked<Filter extends AudienceArguments>(filter: Filter): Filter {
  const { inactiveSinceDays: days } = filter;
  if (typeof days === 'number' && (days < 1 || days > MOST_DAYS)) {
    throw badUserInput(`inactiveSinceDays must be between 1 and ${MOST_DAYS}`);
  }
  return filter;
}
