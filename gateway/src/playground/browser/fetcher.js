import { send } from './api.js';
import { LiveStream } from './live-stream.js';

/**
 * What GraphiQL sends operations with: as the current person, over HTTP or, for a subscription, over WebSocket.
 * `tab` tells which of the editor's tabs is the active one.
 */
export function createFetcher({ endpoint, people, panel, tab, onResult }) {
  return async ({ query, variables, operationName }, { headers = {} } = {}) => {
    const session = people.current;
    const operation = chosenOperation(query, operationName);
    const request = { query, variables, operationName: operation?.name };
    if (operation?.kind === 'subscription') {
      const stream = new LiveStream({
        endpoint,
        request,
        parameters: async () => withOwn(headers, await people.authorization(session)),
        name: operation.name ?? 'Subscription',
        session,
        tab: tab(),
        onResult: (event) => onResult(request, event, operation.kind),
      });
      panel.add(stream);
      return stream.attach();
    }
    const result = await send(endpoint, request, withOwn(headers, await people.authorization(session)));
    onResult(request, result, operation?.kind);
    return result;
  };
}

/** Headers typed in the editor win, however their names are written. */
function withOwn(own, ours) {
  const names = new Set(Object.keys(own).map((name) => name.toLowerCase()));
  return { ...Object.fromEntries(Object.entries(ours).filter(([name]) => !names.has(name))), ...own };
}

/** Read from the text, because what GraphiQL says of it lags behind the editor by a moment. */
function chosenOperation(query, operationName) {
  const found = topLevel(query).matchAll(/\b(query|mutation|subscription)\b\s*(\w+)?/g);
  const operations = [...found].map(([, kind, name]) => ({ kind, name }));
  return operations.find(({ name }) => name === operationName) ?? operations[0];
}

/** What stands outside of all braces, parentheses, texts and comments. */
function topLevel(query) {
  let text = query.replaceAll(/"""[\s\S]*?"""|"(?:\\.|[^"\\\n])*"|#.*/g, '');
  for (let before = ''; before !== text; ) {
    before = text;
    text = text.replaceAll(/\{[^{}]*\}|\([^()]*\)/g, ' ');
  }
  return text;
}
