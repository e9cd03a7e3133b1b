import { bookings } from './bookings.en.js';
import { common } from './common.en.js';

/** What notifications say, in English. */
export const notifications = { ...common, ...bookings };
