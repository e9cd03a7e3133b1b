import { z } from 'zod';
import { reference, text } from '../lessons/lesson.rules.js';
import type { TutorSearch } from '../search/tutor-conditions.js';

/** How many searches one person may save. */
export const MOST_SAVED_SEARCHES = 20;

const name = text(1, 100);
/** GraphQL has checked its form, and what reads it checks the rest. */
const filter = z.custom<TutorSearch>((value) => typeof value === 'object' && value !== null);

/** What a new saved search must look like. */
export const newSavedSearch = z.object({ name, filter, notify: z.boolean().nullish() });

/** What may change in one; null means the same as leaving it out. */
export const savedSearchChange = z.object({
  savedSearchId: reference,
  name: name.nullish(),
  filter: filter.nullish(),
  notify: z.boolean().nullish(),
});

/** Which saved search. */
export const savedSearchReference = z.object({ savedSearchId: reference });
