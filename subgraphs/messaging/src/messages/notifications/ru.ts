import { bookings } from './bookings.ru.js';
import { common } from './common.ru.js';
import { market } from './market.ru.js';
import { money } from './money.ru.js';
import { people } from './people.ru.js';
import { school } from './school.ru.js';
import { staff } from './staff.ru.js';
import { tutoring } from './tutoring.ru.js';

/** What notifications say, in Russian. */
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
