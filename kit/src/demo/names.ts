import { NAMES_EN } from './names.en.js';
import { NAMES_RU } from './names.ru.js';
import type { Place } from './places.js';
import type { Random } from './random.js';
import type { Gender } from './text.js';

/**
 * Names of one culture; each text holds many, with spaces between. A surname is one word for everybody, or
 * `Орлов/а` (what a woman's adds), or `Островск|ий/ая` (a stem with both endings).
 */
export interface NamePool {
  female: readonly string[];
  male: readonly string[];
  surnames: readonly string[];
}

/** A first name and a surname that agree with each other. */
export interface PersonName {
  firstName: string;
  lastName: string;
}

/** Which names are met in a country beside the language's own: each pool takes its share of those that are left. */
const LOCAL: Record<'ru' | 'en', Partial<Record<Place['country'], readonly (readonly [NamePool, number])[]>>> = {
  ru: {
    RU: [[NAMES_RU.tatar, 0.05]],
    KZ: [[NAMES_RU.kazakh, 0.65]],
    GE: [[NAMES_RU.georgian, 0.5]],
  },
  en: {
    GB: [[NAMES_EN.irish, 0.06], ...newcomers(0.07)],
    IE: [[NAMES_EN.irish, 0.75], ...newcomers(0.1)],
    US: [[NAMES_EN.american, 0.7], ...newcomers(0.12)],
    DE: [[NAMES_EN.german, 0.6], [NAMES_EN.american, 0.3], ...newcomers(0.12)],
    NL: [[NAMES_EN.dutch, 0.6], ...newcomers(0.12)],
    PT: [
      [NAMES_EN.portuguese, 0.6],
      [NAMES_EN.american, 0.3],
    ],
    GE: [
      [NAMES_EN.georgian, 0.75],
      [NAMES_EN.american, 0.4],
    ],
    KZ: [
      [NAMES_EN.kazakh, 0.8],
      [NAMES_EN.american, 0.3],
    ],
  },
};

/** A name as people of that language and place have it. */
export function drawName(random: Random, locale: 'ru' | 'en', place: Place, gender: Gender): PersonName {
  const pool = poolFor(random, locale, place);
  return {
    firstName: random.pick(words(pool[gender])),
    lastName: surname(random.pick(words(pool.surnames)), gender),
  };
}

function poolFor(random: Random, locale: 'ru' | 'en', place: Place): NamePool {
  // A third of Kazan bears Tatar names.
  if (place.key === 'kazan' && random.chance(0.33)) return NAMES_RU.tatar;
  const local = LOCAL[locale][place.country]?.find(([, share]) => random.chance(share));
  return local?.[0] ?? (locale === 'ru' ? NAMES_RU.russian : NAMES_EN.british);
}

/** People whose families came from elsewhere, each people with the same share. */
function newcomers(share: number): [NamePool, number][] {
  const { indian, pakistani, nigerian, polish, italian } = NAMES_EN;
  return [indian, pakistani, nigerian, polish, italian].map((pool) => [pool, share]);
}

function words(texts: readonly string[]): string[] {
  return texts.flatMap((text) => text.split(' '));
}

function surname(entry: string, gender: Gender): string {
  const [masculine = '', feminine] = entry.split('/');
  const [stem = '', ending = ''] = masculine.split('|');
  if (feminine === undefined || gender === 'male') return stem + ending;
  return stem + feminine;
}
