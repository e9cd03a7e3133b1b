import { z } from 'zod';
import type { Language } from '../languages.js';

/** What kit says in Russian. */
export const language: Language = {
  name: 'Русский',
  inputErrors: z.locales.ru().localeError,
};
