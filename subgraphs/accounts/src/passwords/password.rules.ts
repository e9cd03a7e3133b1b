import { isCommonPassword } from './common-passwords.js';

/** A password has at least so many characters. */
export const SHORTEST_PASSWORD = 10;
/** Hashing a longer one would only cost time. */
export const LONGEST_PASSWORD = 200;

/** Why a password may not be chosen. */
export type PasswordWeakness = 'TOO_SHORT' | 'TOO_LONG' | 'COMMON' | 'PREDICTABLE' | 'PERSONAL';

/** Whose password it is to be, as far as that is known. */
export interface PasswordOwner {
  email?: string | null | undefined;
  username?: string | null | undefined;
  firstName?: string | undefined;
  lastName?: string | undefined;
}

/** What is wrong with a password, if anything. Which kinds of characters it has is nobody's business. */
export function findWeakness(password: string, owner: PasswordOwner): PasswordWeakness | undefined {
  if ([...password].length < SHORTEST_PASSWORD) return 'TOO_SHORT';
  if (password.length > LONGEST_PASSWORD) return 'TOO_LONG';
  if (isCommonPassword(password)) return 'COMMON';
  if (isRepetition(password) || isSequence(password)) return 'PREDICTABLE';
  return isPersonal(password, owner) ? 'PERSONAL' : undefined;
}

const FEWEST_CHARACTERS = 4;
/** The whole is one thing again and again that would be too short alone. */
const REPEATED = /^(.{1,9})\1+$/su;

function isRepetition(password: string): boolean {
  return REPEATED.test(password) || new Set(password.toLowerCase()).size < FEWEST_CHARACTERS;
}

/** What fingers and heads follow: alphabets, rows and columns of keyboards. */
const LINES = [
  ...['abcdefghijklmnopqrstuvwxyz', 'абвгдеёжзийклмнопрстуфхцчшщъыьэюя', '01234567890'],
  ...['qwertyuiop', 'asdfghjkl', 'zxcvbnm', 'йцукенгшщзхъ', 'фывапролджэ', 'ячсмитьбю', 'qwertzuiop', 'azertyuiop'],
  ...['1qaz', '2wsx', '3edc', '4rfv', '5tgb', '6yhn', '7ujm', '1йфя', '2цыч', '3увс', '4кам', '5епи', '6нрт', '7гоь'],
];
const NEIGHBOURS = new Set(LINES.flatMap((line) => pairsOf([...line])));
/** Of the steps from one character to the next; in a text it is about a tenth. */
const SEQUENCE_SHARE = 0.7;

function isSequence(password: string): boolean {
  const characters = [...password.toLowerCase()];
  const steps = characters.slice(1).filter((next, index) => {
    const before = characters[index] ?? '';
    return next === before || NEIGHBOURS.has(before + next);
  });
  return steps.length >= (characters.length - 1) * SEQUENCE_SHARE;
}

/** Forwards and backwards. */
function pairsOf(line: readonly string[]): string[] {
  return line.slice(1).flatMap((next, index) => {
    const before = line[index] ?? '';
    return [before + next, next + before];
  });
}

const SHORTEST_WORD = 3;
/** Beside the names: a year, for one. */
const FEWEST_OWN_CHARACTERS = 5;

/** Is hardly anything left without the names of the person and of this place? */
function isPersonal(password: string, { email, username, firstName, lastName }: PasswordOwner): boolean {
  const [localPart = ''] = (email ?? '').split('@');
  const words = [email, localPart, ...localPart.split(/[._+-]/), username, firstName, lastName, 'tutorgraph']
    .map((word) => plain(word ?? ''))
    .filter((word) => word.length >= SHORTEST_WORD)
    .sort((a, b) => b.length - a.length);
  const whole = plain(password);
  const rest = words.reduce((left, word) => left.replaceAll(word, ''), whole);
  return rest.length < whole.length && rest.length < FEWEST_OWN_CHARACTERS;
}

function plain(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
