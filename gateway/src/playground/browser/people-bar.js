import { byId, element } from './element.js';
import { say } from './notice.js';

/** The buttons that sign demo users in, and who is signed in. */
export function showPeople(people, demoUsers) {
  const group = byId('sign-in');
  const buttons = demoUsers.map((demoUser) => signInButton(people, demoUser));
  group.append(...buttons);
  group.hidden = buttons.length === 0;

  const refresh = () => {
    for (const [index, demoUser] of demoUsers.entries()) {
      buttons[index].setAttribute('aria-pressed', String(people.current?.key === demoUser.email));
      buttons[index].classList.toggle('held', people.holds(demoUser));
    }
    showViewer(people);
  };
  people.addEventListener('change', refresh);
  people.addEventListener('lost', ({ detail: { session, error } }) =>
    say(`${session.name} is signed out: ${error.message}`, { failed: true }),
  );
  refresh();
}

/** Signs a demo user in and says so; false when it did not work. */
export async function becomeAndSay(people, demoUser) {
  try {
    await people.become(demoUser);
    say(`Operations are now sent as ${people.current.name} (${inSentence(demoUser.label)})`);
    return true;
  } catch (error) {
    say(`Could not sign in as ${inSentence(demoUser.label)}: ${error.message}`, { failed: true });
    return false;
  }
}

/** A label as it stands inside a sentence: `Super admin` begins small, `HR` does not. */
export function inSentence(label) {
  return /^[A-Z]{2}/.test(label) ? label : label.toLowerCase();
}

function signInButton(people, demoUser) {
  const button = element('button', {
    type: 'button',
    textContent: demoUser.label,
    title: demoUser.email,
    'aria-pressed': 'false',
  });
  button.addEventListener('click', async () => {
    button.setAttribute('aria-busy', 'true');
    await becomeAndSay(people, demoUser);
    button.removeAttribute('aria-busy');
  });
  return button;
}

function showViewer(people) {
  const viewer = byId('viewer');
  const session = people.current;
  viewer.hidden = !session;
  if (!session) return viewer.replaceChildren();
  const role = session.state.demoUser?.label ?? session.state.user.role?.toLowerCase().replaceAll('_', ' ') ?? '';
  viewer.replaceChildren(
    element('span', { className: 'initials', textContent: initials(session.name), 'aria-hidden': 'true' }),
    element(
      'span',
      { className: 'who' },
      element('b', { textContent: session.name }),
      element('small', { textContent: role }),
    ),
    element('button', { type: 'button', textContent: 'Sign out', onclick: () => people.signOut() }),
  );
}

function initials(name) {
  const words = name.split(/\s+/).filter(Boolean);
  return words
    .slice(0, 2)
    .map((word) => [...word][0])
    .join('')
    .toUpperCase();
}
