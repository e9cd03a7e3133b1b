import { PLACES } from '@tutorgraph/kit/demo/places';
import { describe, expect, test } from 'vitest';
import { citiesNear, cityKey, distanceKm } from './cities.js';
import { CITY_TABLE } from './city-table.js';

describe('cities', () => {
  test('are the same whatever their name is written in', () => {
    expect(['Москва', 'москва ', 'Moscow', 'г. Москва', 'город Москва', 'МСК'].map(cityKey)).toEqual(
      new Array(6).fill('moscow'),
    );
    expect(cityKey('Ростов на Дону')).toBe('rostov-on-don');
    expect(cityKey('Королёв')).toBe('korolyov');
  });

  test('that are not known stay as they were written, in lower case', () => {
    expect(cityKey(' Мухосранск ')).toBe('мухосранск');
    expect(cityKey(null)).toBeNull();
    expect(cityKey(' - ')).toBeNull();
  });

  test('have their distance along the great circle', () => {
    expect(distanceKm('Москва', 'St Petersburg')).toBeCloseTo(634, -1);
    expect(distanceKm('London', 'Нью-Йорк')).toBeCloseTo(5570, -2);
    expect(distanceKm('Владивосток', 'Калининград')).toBeCloseTo(7400, -2);
  });

  test('are no distance from themselves, known or not, and an unknown one from others', () => {
    expect(distanceKm('Казань', 'kazan')).toBe(0);
    expect(distanceKm('Деревня', 'деревня')).toBe(0);
    expect(distanceKm('Деревня', 'Москва')).toBeNull();
  });

  test('of the demo are all known, and no name is two cities', () => {
    const ofDemo = PLACES.flatMap(({ name }) => [name.ru, name.en]);
    expect(ofDemo.filter((name) => distanceKm(name, 'Moscow') === null)).toEqual([]);
    expect(PLACES.filter(({ name }) => cityKey(name.ru) !== cityKey(name.en))).toEqual([]);
    const names = CITY_TABLE.flatMap(([all]) => all.split('|'));
    expect(names.filter((name, place) => names.indexOf(name) !== place)).toEqual([]);
    expect(CITY_TABLE.length).toBeGreaterThanOrEqual(150);
  });
});

test('cities near one begin with it', () => {
  const near = citiesNear('Москва', 40);
  expect(near[0]).toBe('moscow');
  expect(near).not.toContain('tver');
  expect(citiesNear('Nowhere at all', 40)).toEqual(['nowhere at all']);
});
