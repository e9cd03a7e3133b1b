import { z } from 'zod';
import type { Language } from '../languages.js';

/** What kit says in English. */
export const language: Language = {
  name: 'English',
  inputErrors: z.locales.en().localeError,
};
