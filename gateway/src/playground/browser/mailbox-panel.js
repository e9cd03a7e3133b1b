import { coverEditor } from './covering.js';
import { byId, element } from './element.js';
import { codeIn } from './mailbox.js';
import { say } from './notice.js';

const STORE = 'tutorgraph:mailbox';
const CHANNELS = { EMAIL: 'Mail', SMS: 'Text message' };

/** The panel beside the editor that shows the development mailbox, and its button in the bar. */
export class MailboxPanel {
  #mailbox;
  #panel = byId('mailbox');
  #toggle = byId('mailbox-toggle');
  #list = byId('mailbox-messages');
  #unread = 0;
  /** Unless the screen is wide the panel lies over the editor: see mailbox.css. */
  #covers = matchMedia('(max-width: 1240px)');

  constructor(mailbox) {
    this.#mailbox = mailbox;
    mailbox.addEventListener('open', () => this.#begin());
    mailbox.addEventListener('change', ({ detail: fresh }) => this.#receive(fresh));
  }

  #begin() {
    this.#toggle.hidden = false;
    this.#toggle.addEventListener('click', () => {
      const shown = this.#panel.hidden;
      if (!this.#covers.matches) localStorage.setItem(STORE, shown ? 'shown' : 'hidden');
      this.#set(shown);
    });
    byId('mailbox-refresh').addEventListener('click', () => this.#mailbox.refresh());
    byId('mailbox-close').addEventListener('click', () => {
      localStorage.setItem(STORE, 'hidden');
      this.#set(false);
      this.#toggle.focus();
    });
    this.#list.replaceChildren(...this.#mailbox.messages.map(messageView));
    this.#count();
    this.#set(!this.#covers.matches && localStorage.getItem(STORE) === 'shown');
  }

  #receive(fresh) {
    this.#list.prepend(...fresh.map(messageView));
    while (this.#list.children.length > this.#mailbox.messages.length) this.#list.lastElementChild.remove();
    if (this.#panel.hidden) {
      this.#unread += fresh.length;
      const [{ channel, recipient }] = fresh;
      say(`${CHANNELS[channel]} to ${recipient}: see the mailbox`);
    }
    this.#count();
  }

  #count() {
    byId('mailbox-empty').hidden = this.#list.children.length > 0;
    const badge = byId('mailbox-unread');
    badge.hidden = this.#unread === 0;
    badge.textContent = `${this.#unread} new`;
  }

  #hide = () => this.#set(false);

  #set(shown) {
    if (shown && this.#covers.matches) coverEditor(this.#hide);
    this.#panel.hidden = !shown;
    this.#toggle.setAttribute('aria-expanded', String(shown));
    if (shown) this.#unread = 0;
    this.#count();
    this.#mailbox.watch(shown);
  }
}

function messageView(message) {
  const { channel, recipient, subject, text, sentAt } = message;
  const at = new Date(sentAt);
  const head = element(
    'header',
    {},
    element('span', { className: 'channel', textContent: CHANNELS[channel] }),
    element('span', { className: 'recipient', textContent: recipient, title: recipient }),
    element('time', { dateTime: sentAt, textContent: at.toLocaleTimeString(), title: at.toLocaleString() }),
  );
  const article = element('article', {}, head);
  if (subject) article.append(element('b', { textContent: subject }));
  article.append(element('p', { textContent: text.trim() }));
  const code = codeIn(message);
  if (code) article.append(codeButton(code));
  return element('li', {}, article);
}

function codeButton(code) {
  const button = element('button', { type: 'button', className: 'code', 'aria-label': `Copy the code ${code}` });
  button.append(element('code', { textContent: code }), 'Copy');
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(code);
      say(`Copied ${code}`);
    } catch {
      say(`This page may not copy; the code is ${code}`, { failed: true });
    }
  });
  return button;
}
