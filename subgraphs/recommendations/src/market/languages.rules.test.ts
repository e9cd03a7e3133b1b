import { expect, test } from 'vitest';
import { languageOfText } from './languages.rules.js';

test.each([
  ['Готовлюсь к ЕГЭ по математике', 'ru'],
  ['IELTS Academic 7.0 для магистратуры', 'ru'],
  ['Python и Django с нуля', 'ru'],
  ['I need help with my Russian: «привет» is all I know', 'en'],
  ['IELTS writing', 'en'],
  ['Ich suche Nachhilfe für die Schule', null],
  ['Je cherche un professeur pour mon fils', null],
  ['Шукаю вчителя української мови для її дітей', null],
  ['Математика мұғалімі керек, қазақ тілінде', null],
  ['12345 !!!', null],
  ['', null],
])('%s', (text, language) => {
  expect(languageOfText(text)).toBe(language);
});
