/** Each Russian letter with its Latin ones, as in addresses. */
const LETTERS =
  'аa бb вv гg дd еe ёe жzh зz иi йy кk лl мm нn оo пp рr сs тt уu фf хkh цts чch шsh щshch ъ ыy ь эe юyu яya';

const LATIN = new Map(LETTERS.split(' ').map((pair) => [pair.charAt(0), pair.slice(1)]));

/** A name as it stands in an e-mail address: lower case, Latin letters without marks. */
export function latinLetters(name: string): string {
  const plain = name.toLowerCase().replace(/[а-яё]/g, (letter) => LATIN.get(letter) ?? '');
  return plain.normalize('NFD').replace(/[^a-z]/g, '');
}
