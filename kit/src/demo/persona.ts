import { demoId } from './demo-id.js';
import { drawName, type PersonName } from './names.js';
import { PLACES, type Place } from './places.js';
import { Random } from './random.js';
import type { Gender } from './text.js';

/** Language in which a made-up person writes everything. */
export type DemoLocale = 'ru' | 'en';

/** What every room has to know alike about one made-up person. */
export interface Persona extends PersonName {
  id: string;
  gender: Gender;
  locale: DemoLocale;
  place: Place;
  /** How long they have been here. */
  joinedDaysAgo: number;
}

const RUSSIAN_SHARE = 0.6;
const FEMALE_SHARE = 0.62;
const LONGEST_DAYS = 362;

/**
 * The person number `index` of a kind (such as `user:tutor`). Rooms that must not read each other's data call this with
 * the same seed and so agree about ids, genders, languages and cities.
 */
export function personaOf(seed: number, kind: string, index: number): Persona {
  const random = new Random('persona', seed, kind, index);
  const locale: DemoLocale = random.chance(RUSSIAN_SHARE) ? 'ru' : 'en';
  const gender: Gender = random.chance(FEMALE_SHARE) ? 'female' : 'male';
  const place = random.weighted(PLACES, ({ weight }) => weight[locale]);
  return {
    id: demoId(seed, kind, index),
    gender,
    locale,
    place,
    ...drawName(random, locale, place, gender),
    joinedDaysAgo: random.integer(3, LONGEST_DAYS),
  };
}
