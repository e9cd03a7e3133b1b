import { z } from 'zod';
import { reference } from '../lessons/lesson.rules.js';

/** How many tutors one person may save. */
export const MOST_SAVED_TUTORS = 500;

/** Which tutor. */
export const tutorReference = z.object({ tutorId: reference });
