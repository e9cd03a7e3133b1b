import { tuneEditors } from './editor.js';
import { byId } from './element.js';
import { createFetcher } from './fetcher.js';
import { Journey } from './journey.js';
import { LivePanel } from './live-panel.js';
import { Mailbox } from './mailbox.js';
import { MailboxPanel } from './mailbox-panel.js';
import { Memory } from './memory.js';
import { say } from './notice.js';
import { People } from './people.js';
import { showPeople } from './people-bar.js';
import { windowStorage } from './storage.js';

const WELCOME = `# Welcome to Tutorgraph. Ctrl-Enter runs an operation, Ctrl-Space completes what you type,
# and Docs in the bar above opens the manual.

{
  __typename
}
`;

const { endpoint, demoUsers, operations } = JSON.parse(byId('playground-data').textContent);
const people = new People(endpoint);
const memory = new Memory();
const panel = new LivePanel();
const mailbox = new Mailbox(endpoint);
const journey = new Journey({ endpoint, operations, demoUsers, people, memory, mailbox });
let activeTab;

showPeople(people, demoUsers);
people.addEventListener('left', ({ detail: session }) => {
  for (const stream of panel.streams()) if (stream.session === session) stream.stop('signed out');
});
people.addEventListener('renewed', async ({ detail: session }) => {
  const authorization = await people.authorization(session);
  for (const stream of panel.streams()) if (stream.session === session) stream.renew(authorization);
});
journey.show();
makeTools();
showMailbox();
showEditor();
openFromAddress();

function showEditor() {
  const first = operations.find((operation) => operation.kind === 'query' && !operation.as);
  const query = first?.document ?? WELCOME;
  const variables = first ? JSON.stringify(memory.fill(first.variables), null, 2) : '';
  const isFirstVisit = windowStorage.getItem('graphiql:tabState') === null;
  tuneEditors();
  globalThis.YogaGraphiQL.renderYogaGraphiQL(byId('graphiql'), {
    fetcher: createFetcher({ endpoint, people, panel, tab: () => activeTab, onResult }),
    storage: windowStorage,
    defaultTabs: [{ query, variables }],
    // The editor is filled from this, not from the tab; on later visits from the tab that was open.
    ...(isFirstVisit && { variables }),
    defaultQuery: '',
    shouldPersistHeaders: false,
    onTabChange,
    // GraphiQL's wrapper writes the operation into the address, where a reload would send it instead of loading the page.
    onEditQuery: () => undefined,
    title: ' ',
    logo: ' ',
  });
}

/** Subscriptions of a tab that was left go on in the live panel; those of a closed tab end. */
function onTabChange({ tabs, activeTabIndex }) {
  const active = tabs[activeTabIndex]?.id;
  if (active === activeTab) return;
  activeTab = active;
  for (const stream of panel.streams()) {
    if (tabs.some(({ id }) => id === stream.tab)) stream.detach();
    else stream.stop();
  }
}

function onResult(request, result, kind) {
  const operation = operations.find(({ name }) => name === request.operationName);
  if (operation) memory.keep(operation, result, request.variables);
  if (kind === 'mutation') mailbox.expect();
  if (result.data?.verifyEmail?.user) renewWithNewRights();
  const payload = result.data?.register ?? result.data?.signIn;
  if (!payload?.session?.accessToken || !payload.session.refreshToken) return;
  people
    .adopt(payload, demoUsers)
    .then(() => say(`Operations are now sent as ${people.current.name}`))
    .catch((error) => say(error.message, { failed: true }));
}

/** What an access token says of its person is as old as the token. */
function renewWithNewRights() {
  people.current
    ?.renew()
    .then(() => say('Your address is confirmed: from now on you may do everything your role may'))
    .catch((error) => say(error.message, { failed: true }));
}

/** Ready-made operations come with our own graph, and only that has a mailbox. */
function showMailbox() {
  if (operations.length === 0) return;
  new MailboxPanel(mailbox);
  mailbox.addEventListener('open', () => {
    for (const note of document.querySelectorAll('[data-mailbox]')) note.hidden = false;
  });
  mailbox.begin();
}

function makeTools() {
  byId('endpoint').textContent = new URL(endpoint, location.href).href;
  for (const note of document.querySelectorAll('[data-demo]')) note.hidden = demoUsers.length === 0;
  byId('help').addEventListener('click', () => byId('help-dialog').showModal());
  byId('docs').addEventListener('click', () => document.querySelector('.graphiql-sidebar button')?.click());
}

/** `#PostOrder` in the address opens that operation, so that a text elsewhere can point at it. */
function openFromAddress() {
  const operation = operations.find(({ name }) => `#${name}` === location.hash);
  if (operation) journey.open(operation).catch((error) => say(error.message, { failed: true }));
}
