import type { Connection } from '../graphql/connection.js';
import type { RequestContext } from '../graphql/context.js';
import { defineLoader, type LoaderDefinition } from '../graphql/loader.js';
import { type NestedKeysetList, nestedKeysetPages, type PageRequest } from './keyset.js';

/** Which page of the list below which parent. */
export interface NestedPage {
  parent: string;
  page: PageRequest;
}

/**
 * A list below each of several parents: the same page of all of them is one statement.
 *
 * @param list the list as this viewer may see it
 */
export function defineNestedPages<Entity extends object>(
  list: (context: RequestContext) => NestedKeysetList<Entity>,
): LoaderDefinition<NestedPage, Connection<Entity>> {
  return defineLoader<NestedPage, Connection<Entity>>(
    async (context, keys) => {
      const found = new Map<unknown, Connection<Entity>>();
      for (const alike of Map.groupBy(keys, ({ page }) => pageKey(page)).values()) {
        const [{ page } = { page: {} }] = alike;
        const parents = alike.map(({ parent }) => parent);
        const pages = await nestedKeysetPages(context.em, list(context), parents, page);
        for (const [parent, connection] of pages) found.set(keyOf({ parent: String(parent), page }), connection);
      }
      return found;
    },
    { keyOf, absent: nothingFound },
  );
}

function pageKey({ first, after, last, before }: PageRequest): string {
  return JSON.stringify([first, after, last, before]);
}

function keyOf({ parent, page }: NestedPage): string {
  return `${parent} ${pageKey(page)}`;
}

function nothingFound(): never {
  throw new Error('A page below a parent was not answered');
}
