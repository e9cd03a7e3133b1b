import type { Language } from '../languages.js';

/** What kit says in Russian. */
export const language: Language = {
  name: 'Русский',
  messages: {
    'input.missing': 'Заполните это поле.',
    'input.invalid': 'Поле заполнено неверно.',
    'input.choice': 'Такого варианта нет.',
    'input.whole': 'Нужно целое число.',
    'input.email': 'Это не адрес электронной почты.',
    'input.url': 'Это не адрес страницы.',
    'input.format': 'Это написано не так, как нужно.',
    'input.text.least_one': 'Нужно не меньше {{count}} символа.',
    'input.text.least_few': 'Нужно не меньше {{count}} символов.',
    'input.text.least_many': 'Нужно не меньше {{count}} символов.',
    'input.text.least_other': 'Нужно не меньше {{count}} символа.',
    'input.text.most_one': 'Можно не больше {{count}} символа.',
    'input.text.most_few': 'Можно не больше {{count}} символов.',
    'input.text.most_many': 'Можно не больше {{count}} символов.',
    'input.text.most_other': 'Можно не больше {{count}} символа.',
    'input.text.exact_one': 'Нужен ровно {{count}} символ.',
    'input.text.exact_few': 'Нужно ровно {{count}} символа.',
    'input.text.exact_many': 'Нужно ровно {{count}} символов.',
    'input.text.exact_other': 'Нужно ровно {{count}} символа.',
    'input.list.least': 'Выберите не меньше {{limit}}.',
    'input.list.most': 'Выберите не больше {{limit}}.',
    'input.list.exact': 'Выберите ровно {{limit}}.',
    'input.number.least': 'Нужно не меньше {{limit}}.',
    'input.number.most': 'Нужно не больше {{limit}}.',
    'input.number.more': 'Нужно больше {{limit}}.',
    'input.number.less': 'Нужно меньше {{limit}}.',
  },
};
