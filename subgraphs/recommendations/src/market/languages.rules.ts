/** Languages that a text is recognised to be in, ISO 639-1. */
export type TextLanguage = 'ru' | 'en';

/** Letters that Russian does not have, of its neighbours in the same alphabet. */
const NOT_RUSSIAN = /[іїєґўқғңәөұүһђјљњћџ]/giu;
const ENGLISH_WORDS = new Set(
  `a an the and or of to in on for with my i is are be need want looking help not from at after before who we our he she
  it his her their have has would like about can some this that school exam lessons tutor teacher`.split(/\s+/),
);
const OTHER_WORDS = new Set(
  `der die das und nicht mit für ich ist wir suche brauche le la les des et une pour avec je cherche est el los las y para
  con una que quiero busco o os um uma para com eu preciso een het voor met niet wij zoek ik il gli per che sono`.split(
    /\s+/,
  ),
);

/**
 * Is a text in Russian or in English? Russian may be full of Latin names ("IELTS Academic 7.0 для магистратуры").
 *
 * @returns null for other languages, and where there are no words
 */
export function languageOfText(text: string): TextLanguage | null {
  const cyrillic = text.match(/\p{Script=Cyrillic}/gu)?.length ?? 0;
  const latin = text.match(/\p{Script=Latin}/gu)?.length ?? 0;
  if (cyrillic + latin < 2) return null;
  if (cyrillic >= latin / 4) {
    return (text.match(NOT_RUSSIAN)?.length ?? 0) * 40 > cyrillic ? null : 'ru';
  }
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  const english = words.filter((word) => ENGLISH_WORDS.has(word)).length;
  const others = words.filter((word) => OTHER_WORDS.has(word)).length;
  return others > english ? null : 'en';
}
