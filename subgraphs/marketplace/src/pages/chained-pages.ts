import { type Connection, DEFAULT_PER_PAGE, type Edge } from '@tutorgraph/kit/graphql/connection';
import { badUserInput } from '@tutorgraph/kit/graphql/errors';
import type { PageRequest } from '@tutorgraph/kit/pagination/keyset';

/** One of several lists that follow one another, by its own pages. */
export type ListPart<Node> = (page: PageRequest) => Promise<Connection<Node>>;

const CURSOR = /^(\d)\.(.+)$/;

/**
 * A page of lists that follow one another as if they were one: a later list is asked only when a page goes beyond the
 * one before it.
 *
 * @param parts at most ten, in their order
 * @throws BAD_USER_INPUT as each list does
 */
export async function chainedPages<Node>(
  parts: readonly ListPart<Node>[],
  request: PageRequest,
): Promise<Connection<Node>> {
  const backwards = request.last !== null && request.last !== undefined;
  const size = (backwards ? request.last : request.first) ?? DEFAULT_PER_PAGE;
  const start = startOf(parts.length, backwards ? request.before : request.after, backwards);
  const edges: Edge<Node>[] = [];
  let isMore = false;
  for (let index = start.index; index >= 0 && index < parts.length && !isMore; index += backwards ? -1 : 1) {
    const cursor = index === start.index ? start.cursor : undefined;
    const page = await parts[index]?.(sizedPage(request, size - edges.length, cursor));
    if (!page) break;
    const numbered = page.edges.map(({ cursor: own, node }) => ({ cursor: `${index}.${own}`, node }));
    edges.splice(backwards ? 0 : edges.length, 0, ...numbered);
    isMore = backwards ? page.pageInfo.hasPreviousPage : page.pageInfo.hasNextPage;
  }
  return {
    edges,
    pageInfo: {
      hasNextPage: backwards ? Boolean(request.before) : isMore,
      hasPreviousPage: backwards ? isMore : Boolean(request.after),
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    totalCount: async () => {
      const pages = await Promise.all(parts.map((part) => part({ first: 0 })));
      const counts = await Promise.all(pages.map((page) => page.totalCount()));
      return counts.reduce((sum, count) => sum + count, 0);
    },
  };
}

function startOf(
  parts: number,
  cursor: string | null | undefined,
  backwards: boolean,
): { index: number; cursor: string | undefined } {
  if (cursor === null || cursor === undefined) return { index: backwards ? parts - 1 : 0, cursor: undefined };
  const [, index = '', own] = CURSOR.exec(cursor) ?? [];
  if (own === undefined || Number(index) >= parts) {
    throw badUserInput('The cursor is not one that this list gave; start without it');
  }
  return { index: Number(index), cursor: own };
}

/** The request for one list; what is wrong in the client's own stays wrong, so that the list refuses it. */
function sizedPage({ first, last, after, before }: PageRequest, size: number, cursor: string | undefined): PageRequest {
  const backwards = last !== null && last !== undefined;
  return backwards ? { first, after, last: size, before: cursor } : { first: size, after: cursor, before };
}
