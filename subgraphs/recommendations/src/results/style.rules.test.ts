import { expect, test } from 'vitest';
import { styleOfText } from './style.rules.js';

test.each([
  ['Подготовка к ЕГЭ по математике', 'EXAM_FOCUSED'],
  ['Хочу разговорный английский', 'CONVERSATIONAL'],
  ['IELTS 7.0 by June', 'EXAM_FOCUSED'],
  ['Lessons with games for my son', 'PLAYFUL'],
  ['Нужен терпеливый преподаватель', 'PATIENT'],
  ['A strict teacher, please', 'DEMANDING'],
  ['Хочу заниматься систематически', 'STRUCTURED'],
])('of “%s” the way of teaching is %s', (text, style) => {
  expect(styleOfText(text)).toBe(style);
});

test('a text that asks for no way of teaching has none', () => {
  expect(styleOfText('Помогите с алгеброй, Saturday works')).toBeNull();
  expect(styleOfText('')).toBeNull();
});
