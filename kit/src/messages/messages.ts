import i18next from 'i18next';

/** A room's messages: a language, then a key (an error's code, for one), then the text with `{{placeholders}}`. */
export type MessageCatalogue = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Gives a text in a language; English stands in for a language that is not there. */
export type Messages = (locale: string, key: string, values?: Record<string, string | number>) => string;

/** Builds a room's messages; plural forms follow i18next's key suffixes (`_one`, `_few`, `_many`, `_other`). */
export function createMessages(catalogue: MessageCatalogue): Messages {
  const instance = i18next.createInstance();
  void instance.init({
    fallbackLng: 'en',
    initAsync: false,
    interpolation: { escapeValue: false },
    keySeparator: false,
    nsSeparator: false,
    resources: Object.fromEntries(
      Object.entries(catalogue).map(([language, translation]) => [language, { translation }]),
    ),
  });
  return (locale, key, values = {}) => instance.t(key, { lng: locale, ...values });
}

/** Languages in which people may be answered. */
export const locales = ['en', 'ru'] as const;

/** The language to answer in: the viewer's own choice, else the best of an Accept-Language header, else English. */
export function chooseLocale(chosen: string | undefined, acceptLanguage: string | undefined): string {
  const wanted = (acceptLanguage ?? '')
    .split(',')
    .map((part) => part.trim().split(';q='))
    .map(([tag = '', quality]) => ({ language: tag.slice(0, 2).toLowerCase(), quality: Number(quality ?? 1) }))
    .sort((a, b) => b.quality - a.quality)
    .map(({ language }) => language);
  return [chosen, ...wanted].find((language) => locales.some((known) => known === language)) ?? 'en';
}
