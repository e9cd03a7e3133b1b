import { send } from './api.js';
import { LiveStream } from './live-stream.js';

/**
 * What GraphiQL sends operations with: as the current person, over HTTP or, for a subscription, over WebSocket.
 * `tab` tells which of the editor's tabs is the active one.
 */
export function createFetcher({ endpoint, people, panel, tab, onResult }) {
  return async (request, { headers = {}, documentAST } = {}) => {
    const session = people.current;
    if (isSubscription(request, documentAST)) {
      const stream = new LiveStream({
        endpoint,
        request,
        parameters: async () => withOwn(headers, await people.authorization(session)),
        name: request.operationName || 'Subscription',
        person: session?.name ?? 'nobody',
        tab: tab(),
      });
      stream.session = session;
      panel.add(stream);
      return stream.attach();
    }
    const result = await send(endpoint, request, withOwn(headers, await people.authorization(session)));
    onResult(request, result);
    return result;
  };
}

/** Headers typed in the editor win, however their names are written. */
function withOwn(own, ours) {
  const names = new Set(Object.keys(own).map((name) => name.toLowerCase()));
  return { ...Object.fromEntries(Object.entries(ours).filter(([name]) => !names.has(name))), ...own };
}

function isSubscription({ query, operationName }, documentAST) {
  const operations = (documentAST?.definitions ?? []).filter(({ kind }) => kind === 'OperationDefinition');
  const chosen = operationName ? operations.find(({ name }) => name?.value === operationName) : operations[0];
  // The parsed document lags behind the editor by some milliseconds.
  return chosen ? chosen.operation === 'subscription' : /^\s*subscription\b/m.test(query);
}
