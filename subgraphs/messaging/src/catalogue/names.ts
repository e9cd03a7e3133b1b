import type { KeptValues, Values } from './values.js';

declare const isNamed: unique symbol;

/** Somebody's name, of which it is known whose it is. Only {@link named} makes it. */
export type Name = string & { readonly [isNamed]: true };

/**
 * The name of somebody for values: `<key>Name`, and `<key>Id`, the user's id by which the name is found when the account is
 * deleted. Both are empty for an account that is gone.
 */
export function named(key: string, person: { id: string; name: string } | null | undefined): Values {
  const { id, name } = person?.name ? person : { id: '', name: '' };
  return { [`${key}Name`]: name as Name, [`${key}Id`]: id } as Values;
}

/** The users whose names are among values. */
export function mentionsIn(values: KeptValues): string[] {
  const ids = ownersOf(values).map(({ id }) => id);
  return [...new Set(ids.filter((id) => id !== ''))];
}

/** Values without the names of anybody but one, for what is handed out of this person. */
export function withoutOthers(values: KeptValues, userId: string): Record<string, string | number> {
  const others = new Set(ownersOf(values).flatMap(({ key, id }) => (id === userId ? [] : [`${key}Name`, `${key}Id`])));
  return Object.fromEntries(Object.entries(values).filter(([name]) => !others.has(name)));
}

/** Under which keys names stand, and whose they are; what a sender's program keeps has keys of its own. */
function ownersOf(values: KeptValues): { key: string; id: string }[] {
  return Object.keys(values).flatMap((name) => {
    const [, key] = /^(\w+)Name$/.exec(name) ?? [];
    return key ? [{ key, id: String(values[`${key}Id`] ?? '') }] : [];
  });
}

/** A student and a tutor, for samples. */
export const anna = { id: '01990000-0000-7000-8000-000000000001', name: 'Anna K.' };
export const ivan = { id: '01990000-0000-7000-8000-000000000002', name: 'Ivan P.' };
