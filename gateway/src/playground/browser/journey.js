import { send } from './api.js';
import { coverEditor } from './covering.js';
import { openInEditor } from './editor.js';
import { byId, element } from './element.js';
import { namesIn } from './memory.js';
import { say } from './notice.js';
import { becomeAndSay, inSentence } from './people-bar.js';

const KINDS = { query: 'query', mutation: 'mutation', subscription: 'live' };
const STORE = 'tutorgraph:journey';
/** The name for the newest code that was sent to whoever is signed in. */
const CODE = 'code';

/** The list of ready-made operations. */
export class Journey {
  #endpoint;
  #operations;
  #demoUsers;
  #people;
  #memory;
  #mailbox;
  /** On a narrow screen the list lies over the editor: see panels.css. */
  #covers = matchMedia('(max-width: 900px)');

  constructor({ endpoint, operations, demoUsers, people, memory, mailbox }) {
    this.#endpoint = endpoint;
    this.#operations = operations;
    this.#demoUsers = demoUsers;
    this.#people = people;
    this.#memory = memory;
    this.#mailbox = mailbox;
  }

  show() {
    if (this.#operations.length === 0) return;
    const panel = byId('journey');
    for (const [group, operations] of Map.groupBy(this.#operations, (operation) => operation.group)) {
      const heading = element('h2', { textContent: group, id: `group-${panel.children.length}` });
      const list = element('ul', { 'aria-labelledby': heading.id });
      list.append(...operations.map((operation) => element('li', {}, this.#button(operation))));
      panel.append(element('section', {}, heading, list));
    }
    this.#makeToggle(panel);
  }

  /** Opens one as whom it is meant for, its variables filled. */
  async open(operation) {
    if (this.#covers.matches) this.#set(false);
    await this.#becomeWhomItIsFor(operation);
    await this.#learn(operation);
    const variables = this.#memory.fill(operation.variables);
    await openInEditor({ ...operation, variables });
    const [missing] = namesIn(variables);
    if (missing) say(`Put the ${missing} into the variables: ${this.#whoTells(missing)}`, { failed: true });
  }

  #button(operation) {
    const role = this.#demoUserOf(operation)?.label ?? '';
    const button = element(
      'button',
      { type: 'button', className: 'step', title: operation.about ?? '', 'data-operation': operation.name },
      element('span', { className: 'title', textContent: operation.title }),
      element('span', { className: 'role', textContent: inSentence(role) }),
      element('span', { className: `kind ${operation.kind}`, textContent: KINDS[operation.kind] }),
    );
    button.addEventListener('click', () => this.open(operation).catch((error) => say(error.message, { failed: true })));
    return button;
  }

  #demoUserOf(operation) {
    return this.#demoUsers.find(({ role }) => role === operation.as);
  }

  /** Whoever registered here with the right role stays who they are. */
  async #becomeWhomItIsFor(operation) {
    const demoUser = this.#demoUserOf(operation);
    const current = this.#people.current;
    if (!demoUser || current?.role === demoUser.role) return;
    await becomeAndSay(this.#people, demoUser);
  }

  /** Asks for what no answer has told yet, where a query can: nothing is changed on the way. */
  async #learn(operation) {
    for (const name of namesIn(operation.variables)) {
      if (name === CODE) await this.#learnCode();
      for (const teller of this.#tellersOf(name, operation.as)) {
        if (this.#memory.has(name)) break;
        await this.#ask(teller);
      }
    }
  }

  /** A code is good once: that of an earlier message is of no use. */
  async #learnCode() {
    const address = this.#people.current?.address;
    this.#memory.set(CODE, address && (await this.#mailbox.codeFor(address)));
  }

  /** Queries that tell a name, those that the same person runs first. */
  #tellersOf(name, as) {
    const tellers = this.#operations.filter(({ kind, remember }) => kind === 'query' && name in remember);
    return tellers
      .filter((teller) => this.#isAskable(teller))
      .sort((one, other) => (other.as === as) - (one.as === as));
  }

  async #ask(teller) {
    const variables = this.#memory.fill(teller.variables);
    const request = { query: teller.document, operationName: teller.name, variables };
    const result = await send(this.#endpoint, request, await this.#people.authorization());
    this.#memory.keep(teller, result, variables);
  }

  #isAskable(operation) {
    return namesIn(operation.variables).every((name) => this.#memory.has(name));
  }

  #whoTells(name) {
    if (name === CODE) return 'it is in the message that brings it.';
    const teller = this.#operations.find((operation) => name in operation.remember);
    return teller ? `“${teller.title}” tells it.` : 'no step tells it.';
  }

  #makeToggle(panel) {
    const toggle = byId('journey-toggle');
    toggle.hidden = false;
    toggle.addEventListener('click', () => {
      const shown = panel.hidden;
      if (!this.#covers.matches) localStorage.setItem(STORE, shown ? 'shown' : 'hidden');
      this.#set(shown);
    });
    this.#set(!this.#covers.matches && localStorage.getItem(STORE) !== 'hidden');
  }

  #hide = () => this.#set(false);

  #set(shown) {
    if (shown && this.#covers.matches) coverEditor(this.#hide);
    byId('journey').hidden = !shown;
    byId('journey-toggle').setAttribute('aria-expanded', String(shown));
  }
}
