import { bookings } from './bookings.en.js';
import { common } from './common.en.js';
import { market } from './market.en.js';
import { money } from './money.en.js';
import { people } from './people.en.js';
import { school } from './school.en.js';
import { staff } from './staff.en.js';
import { tutoring } from './tutoring.en.js';

/** What notifications say, in English. */
export const notifications = {
  ...common,
  ...bookings,
  ...market,
  ...tutoring,
  ...money,
  ...people,
  ...staff,
  ...school,
};
