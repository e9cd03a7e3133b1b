import { bookings } from './bookings.ru.js';
import { common } from './common.ru.js';

/** What notifications say, in Russian. */
export const notifications = { ...common, ...bookings };
