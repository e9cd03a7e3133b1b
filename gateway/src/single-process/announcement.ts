import { demoUsers } from '../playground/demo-users.js';
import type { SingleProcessEnvironment } from './environment.js';
import type { WholeGraph } from './whole-graph.js';

/** Tells a newcomer where everything is. */
export function announce({ address, stripeUrl }: WholeGraph, environment: SingleProcessEnvironment): void {
  const lines = [`Tutorgraph is ready: ${address.replace('127.0.0.1', 'localhost')}`];
  if (environment.gateway.settings.playground) lines.push('Open it in a browser: that is the playground.');
  if (stripeUrl) lines.push(`Payments go to a Stripe emulator: ${stripeUrl}, where no money moves.`);
  if (environment.demo) {
    lines.push('', 'Demo users, each with the password tutorgraph-demo:');
    for (const { label, email } of demoUsers) lines.push(`  ${label.padEnd(12)} ${email}`);
  }
  if (!environment.databaseUrl) {
    lines.push('', `Data is in ${environment.dataDir}. To begin anew: stop, remove that folder, start again.`);
  }
  lines.push('Ctrl-C stops.');
  process.stdout.write(`\n${lines.join('\n')}\n\n`);
}
