import { DEMO_PASSWORD, fixedEmail } from '@tutorgraph/kit/demo/fixed-people';
import type { Role } from '@tutorgraph/kit/viewer/viewer';

/** Someone whose account the demo data brings; the page signs in as them by one click. */
export interface DemoUser {
  /** Matched with the `# As:` line of a ready-made operation. */
  readonly role: string;
  /** What the button says. */
  readonly label: string;
  readonly email: string;
  readonly password: string;
}

function demoUser(role: Role, label: string): DemoUser {
  return { role, label, email: fixedEmail(role), password: DEMO_PASSWORD };
}

/** One user of each role, as the demo data makes them. Offer them only where that data is. */
export const demoUsers: readonly DemoUser[] = [
  demoUser('STUDENT', 'Student'),
  demoUser('TUTOR', 'Tutor'),
  demoUser('CURATOR', 'Curator'),
  demoUser('SUPERVISOR', 'Supervisor'),
  demoUser('HR', 'HR'),
  demoUser('ADMIN', 'Admin'),
  demoUser('SUPER_ADMIN', 'Super admin'),
];
