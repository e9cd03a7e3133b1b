import type { MessageCatalogue } from '../../src/messages/messages.js';

type Texts = MessageCatalogue[string];

const PLURAL = /_(zero|one|two|few|many|other)$/;
const PLACEHOLDER = /\{\{-?\s*(\w+)/g;

/**
 * What keeps a room's messages from being the same in every language, a sentence each: keys and placeholders are
 * compared with English; of a plural, each language has the forms that it needs.
 */
export function catalogueProblems(catalogue: MessageCatalogue, languages: readonly string[]): string[] {
  const missing = languages.filter((code) => !catalogue[code]).map((code) => `there is no ${code}.ts`);
  const strange = Object.keys(catalogue).filter((code) => !languages.includes(code));
  const english = catalogue['en'] ?? {};
  return [
    ...missing,
    ...strange.map((code) => `${code}.ts is in a language that kit does not have`),
    ...Object.entries(catalogue).flatMap(([code, texts]) =>
      problemsOf(texts, english, code).map((problem) => `${code}.ts ${problem}`),
    ),
  ];
}

function problemsOf(texts: Texts, english: Texts, language: string): string[] {
  const nouns = new Set(pluralNouns(english));
  const wanted = Object.keys(english).flatMap((key) => {
    const noun = key.replace(PLURAL, '');
    return nouns.has(noun) ? pluralForms(language).map((form) => `${noun}_${form}`) : [key];
  });
  const empty = Object.keys(texts).filter((key) => !texts[key]?.trim());
  return [
    ...[...new Set(wanted)].filter((key) => !(key in texts)).map((key) => `lacks ${key}`),
    ...Object.keys(texts)
      .filter((key) => !wanted.includes(key))
      .map((key) => `has ${key}, which English has not`),
    ...empty.map((key) => `says nothing at ${key}`),
    ...placeholderProblems(texts, english),
  ];
}

function placeholderProblems(texts: Texts, english: Texts): string[] {
  return Object.keys(texts).flatMap((key) => {
    const model = english[key] ?? english[`${key.replace(PLURAL, '')}_other`];
    if (model === undefined) return [];
    const [has, needs] = [placeholders(texts[key]), placeholders(model)];
    return has === needs ? [] : [`has {{${has}}} at ${key} where English has {{${needs}}}`];
  });
}

function placeholders(text = ''): string {
  return [...new Set([...text.matchAll(PLACEHOLDER)].map(([, name]) => name))].sort().join(', ');
}

/** Keys with plural forms; a code that happens to end in `_one` has no form for the rest. */
function pluralNouns(texts: Texts): string[] {
  const nouns = Object.keys(texts)
    .filter((key) => PLURAL.test(key))
    .map((key) => key.replace(PLURAL, ''));
  return nouns.filter((noun) => `${noun}_other` in texts);
}

function pluralForms(language: string): string[] {
  return new Intl.PluralRules(language).resolvedOptions().pluralCategories;
}
