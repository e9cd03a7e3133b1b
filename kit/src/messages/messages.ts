import i18next from 'i18next';
import { FALLBACK, loadLanguageFiles } from './language-files.js';

/** A room's messages: a language, then a key (an error's code, for one), then the text with `{{placeholders}}`. */
export type MessageCatalogue = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Gives a text in a language; English stands in for a language that is not there. Values are put in as they are. */
export type Messages = (locale: string, key: string, values?: Record<string, string | number>) => string;

/** Loads a room's messages from its folder of files such as `en.ts`, each of which exports `messages`. */
export async function loadMessages(folder: URL): Promise<MessageCatalogue> {
  return Object.fromEntries(await loadLanguageFiles<MessageCatalogue[string]>(folder, 'messages'));
}

/**
 * Builds a room's messages. Plural forms follow i18next's key suffixes (`_one`, `_few`, `_many`, `_other`) and are chosen
 * by the value `count`.
 */
export function createMessages(catalogue: MessageCatalogue): Messages {
  const instance = i18next.createInstance();
  void instance.init({
    fallbackLng: FALLBACK,
    initAsync: false,
    // What is said in HTML is escaped by whoever writes the HTML.
    interpolation: { escapeValue: false },
    keySeparator: false,
    nsSeparator: false,
    resources: Object.fromEntries(
      Object.entries(catalogue).map(([language, translation]) => [language, { translation }]),
    ),
  });
  return (locale, key, values = {}) => instance.t(key, { ...values, lng: locale });
}
