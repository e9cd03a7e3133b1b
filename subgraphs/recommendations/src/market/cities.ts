import { CITY_TABLE } from './city-table.js';

interface City {
  key: string;
  latitude: number;
  longitude: number;
}

const EARTH_RADIUS_KM = 6371;
const DEGREE = Math.PI / 180;

const BY_NAME = new Map(
  CITY_TABLE.flatMap(([names, latitude, longitude]) => {
    const [key = '', ...others] = names.split('|');
    return [key, ...others].map((name) => [plain(name), { key, latitude, longitude }] as const);
  }),
);

/**
 * What a city is called in this room, whatever its name was written in: «Москва», "Moscow" and «г. Москва» are `moscow`.
 *
 * @returns an unknown city as it was written, in lower case; null for null and for blanks
 */
export function cityKey(city: string | null): string | null {
  if (city === null || plain(city) === '') return null;
  return cityOf(city)?.key ?? city.trim().toLowerCase();
}

/** Kilometres between two cities as the crow flies; 0 in the same one, null where one of them is not known. */
export function distanceKm(cityA: string, cityB: string): number | null {
  if (cityKey(cityA) === cityKey(cityB)) return 0;
  const [a, b] = [cityOf(cityA), cityOf(cityB)];
  return a && b ? haversine(a, b) : null;
}

/** Cities within so many kilometres, as {@link cityKey} calls them; the city itself is the first. */
export function citiesNear(city: string, km: number): string[] {
  const own = cityKey(city) ?? city;
  const others = CITY_TABLE.flatMap(([names]) => names.split('|').slice(0, 1)).filter((key) => key !== own);
  return [own, ...others.filter((key) => (distanceKm(own, key) ?? Number.POSITIVE_INFINITY) <= km)];
}

/** Names that were looked up lately: each list of tutors asks for the same few hundreds of times. */
const lookedUp = new Map<string, City | undefined>();
const MOST_LOOKED_UP = 5_000;

function cityOf(name: string): City | undefined {
  if (lookedUp.has(name)) return lookedUp.get(name);
  const written = plain(name);
  const city = BY_NAME.get(written) ?? BY_NAME.get(written.replace(/^(?:г|гор|город|city of) /, ''));
  if (lookedUp.size >= MOST_LOOKED_UP) lookedUp.clear();
  lookedUp.set(name, city);
  return city;
}

/** Lower case, and only words, so that hyphens, dots and doubled blanks make no difference. */
function plain(name: string): string {
  return name
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** The great-circle distance (R. W. Sinnott, 1984). */
function haversine(a: City, b: City): number {
  const halfOf = (degrees: number): number => Math.sin((degrees * DEGREE) / 2) ** 2;
  const across = Math.cos(a.latitude * DEGREE) * Math.cos(b.latitude * DEGREE) * halfOf(b.longitude - a.longitude);
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(halfOf(b.latitude - a.latitude) + across)));
}
