import { byId, element } from './element.js';
import { eventOf } from './live-stream.js';

const STATUS = { connecting: 'connecting…', live: 'live', reconnecting: 'reconnecting…', ended: 'ended' };

/** The panel below the editor: every subscription of this page with what it has brought, also when its tab is closed. */
export class LivePanel {
  #panel = byId('live');
  #streams = new Map();

  add(stream) {
    for (const [other, view] of this.#streams) {
      if (other.status === 'ended' && other.name === stream.name) this.#remove(other, view);
    }
    const view = streamView(stream, () => this.#remove(stream, view));
    this.#streams.set(stream, view);
    stream.addEventListener('change', () => this.#update(stream, view));
    this.#panel.prepend(view.root);
    this.#panel.hidden = false;
    this.#update(stream, view);
  }

  streams() {
    return [...this.#streams.keys()];
  }

  #update(stream, view) {
    view.root.dataset.status = stream.status;
    view.status.textContent = stream.reason || STATUS[stream.status];
    view.count.textContent = stream.count === 1 ? '1 event' : `${stream.count} events`;
    view.stop.hidden = stream.status === 'ended';
    view.remove.hidden = stream.status !== 'ended';
    const missing = stream.events.slice(0, stream.count - view.shown);
    view.shown = stream.count;
    view.events.prepend(...missing.map(eventView));
    while (view.events.children.length > stream.events.length) view.events.lastElementChild.remove();
  }

  #remove(stream, view) {
    this.#streams.delete(stream);
    view.root.remove();
    this.#panel.hidden = this.#streams.size === 0;
  }
}

function streamView(stream, onRemove) {
  const status = element('span', { className: 'status' });
  const count = element('span', { className: 'count' });
  const label = `${stream.name}, ${stream.person}`;
  const stop = element('button', { type: 'button', textContent: 'Stop', 'aria-label': `Stop ${label}` });
  const remove = element('button', { type: 'button', textContent: 'Remove', 'aria-label': `Remove ${label}` });
  stop.addEventListener('click', () => stream.stop());
  remove.addEventListener('click', onRemove);
  const events = element('ol', { 'aria-live': 'polite', 'aria-label': `Events of ${label}` });
  const root = element(
    'article',
    { className: 'stream', 'aria-label': label },
    element(
      'header',
      {},
      element('span', { className: 'dot', 'aria-hidden': 'true' }),
      element('b', { textContent: stream.name }),
      element('span', { className: 'person', textContent: `as ${stream.person}` }),
      status,
      count,
      stop,
      remove,
    ),
    events,
  );
  return { root, status, count, stop, remove, events, shown: 0 };
}

function eventView({ at, result }) {
  const summary = element(
    'summary',
    {},
    element('time', { dateTime: at.toISOString(), textContent: at.toLocaleTimeString() }),
    element('span', { textContent: summaryOf(result) }),
  );
  const body = element('pre', { tabIndex: 0, textContent: JSON.stringify(result, null, 2) });
  const item = element('li', {}, element('details', {}, summary, body));
  item.classList.toggle('failed', Boolean(result.errors));
  return item;
}

function summaryOf(result) {
  if (result.errors) return result.errors.map((error) => error.message).join(' ');
  const { cursor, ...rest } = eventOf(result) ?? {};
  const parts = Object.entries(rest).filter(([, value]) => value !== null && value !== undefined);
  if (parts.length === 0) return cursor ? 'Watching from here on' : 'An event';
  return parts.map(([name, value]) => `${name}: ${brief(value)}`).join(', ');
}

/** An object in one line without its ids and braces: `bid: Ann, 5 reviews…`. */
function brief(value) {
  if (Array.isArray(value)) return value.map(brief).join(', ');
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.entries(value)
    .filter(([name, inner]) => name !== 'id' && name !== '__typename' && inner !== null)
    .map(([, inner]) => brief(inner))
    .join(' · ');
}
