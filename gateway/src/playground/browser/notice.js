import { byId } from './element.js';

let timer;

/** Says something in the line below the bar, to screen readers too. A failure stays longer. */
export function say(text, { failed = false } = {}) {
  const notice = byId('notice');
  notice.textContent = text;
  notice.classList.toggle('failed', failed);
  notice.classList.add('shown');
  clearTimeout(timer);
  timer = setTimeout(() => notice.classList.remove('shown'), failed ? 12_000 : 5_000);
}
