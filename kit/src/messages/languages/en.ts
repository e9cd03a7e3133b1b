import type { Language } from '../languages.js';

/** What kit says in English. */
export const language: Language = {
  name: 'English',
  messages: {
    'input.missing': 'Fill this in.',
    'input.invalid': 'This is not filled in as it must be.',
    'input.choice': 'This is none of the choices.',
    'input.whole': 'This must be a whole number.',
    'input.email': 'This is not an email address.',
    'input.url': 'This is not the address of a page.',
    'input.format': 'This is not written as it must be.',
    'input.text.least_one': 'This must have at least {{count}} character.',
    'input.text.least_other': 'This must have at least {{count}} characters.',
    'input.text.most_one': 'This may have at most {{count}} character.',
    'input.text.most_other': 'This may have at most {{count}} characters.',
    'input.text.exact_one': 'This must have exactly {{count}} character.',
    'input.text.exact_other': 'This must have exactly {{count}} characters.',
    'input.list.least': 'Choose at least {{limit}}.',
    'input.list.most': 'Choose at most {{limit}}.',
    'input.list.exact': 'Choose exactly {{limit}}.',
    'input.number.least': 'This must be at least {{limit}}.',
    'input.number.most': 'This must be at most {{limit}}.',
    'input.number.more': 'This must be more than {{limit}}.',
    'input.number.less': 'This must be less than {{limit}}.',
  },
};
