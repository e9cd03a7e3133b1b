import Negotiator from 'negotiator';
import { FALLBACK, loadLanguageFiles } from './language-files.js';
import type { MessageCatalogue } from './messages.js';

/** What kit says in a language. */
export interface Language {
  /** The language's own name for itself. */
  name: string;
  /** By key, the same ones in each language; plural forms as in a room's messages. */
  messages: MessageCatalogue[string];
}

/** Loads the languages of a folder by their codes, English first. */
export function loadLanguages(folder: URL): Promise<ReadonlyMap<string, Language>> {
  return loadLanguageFiles<Language>(folder, 'language');
}

/**
 * Every language in which people may be answered, by its code, English first. A language is there when its file is in
 * `languages/`; each room then needs a file of its messages in it.
 */
export const languages = await loadLanguages(new URL('./languages/', import.meta.url));

/** Codes of {@link languages}. */
export const locales: readonly string[] = [...languages.keys()];

/** A language by its code; English stands in for one that is not there. */
export function languageOf(locale: string): Language {
  const language = languages.get(locale) ?? languages.get(FALLBACK);
  if (!language) throw new Error(`There is no language ${FALLBACK}`);
  return language;
}

/** Browsers send less than a hundred characters; over a WebSocket nothing else limits it. */
const LONGEST_HEADER = 1_000;

/**
 * The language to answer in: the viewer's own choice, else the best of an Accept-Language header (RFC 9110, 12.5.4)
 * that is there, else English. A tag with a region, such as `ru-KZ`, stands for its language.
 */
export function chooseLocale(
  chosen: string | undefined,
  acceptLanguage: string | undefined,
  offered: readonly string[] = locales,
): string {
  if (chosen !== undefined && offered.includes(chosen)) return chosen;
  if (!acceptLanguage) return FALLBACK;
  const headers = { 'accept-language': acceptLanguage.slice(0, LONGEST_HEADER) };
  const negotiator = new Negotiator({ headers });
  // By lookup (RFC 4647, 3.4): en-US before ru means English, also where a plain en comes last.
  for (const range of negotiator.languages()) {
    const [language = ''] = range.toLowerCase().split('-');
    if (offered.includes(language)) return language;
    if (language === '*') return negotiator.languages([...offered])[0] ?? FALLBACK;
  }
  return FALLBACK;
}
