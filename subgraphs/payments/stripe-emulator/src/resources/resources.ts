import { balance } from './balance.js';
import { customers } from './customers.js';
import type { Resource } from './resource.js';

/** Every noun that the emulator knows. */
export const resources: readonly Resource[] = [balance, customers];
