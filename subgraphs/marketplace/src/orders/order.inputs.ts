import { moneyRules } from '@tutorgraph/kit/graphql/money';
import { z } from 'zod';
import { city, lessonFormat, level, longText, reference, text } from '../lessons/lesson.rules.js';

const title = text(3, 150);

/** What a new order must look like. */
export const newOrder = z.object({
  subjectId: reference,
  level,
  title,
  description: longText(5_000).nullish(),
  goal: longText(2_000).nullish(),
  format: lessonFormat,
  city: city.nullish(),
  budget: moneyRules.nullish(),
  preferredTimes: longText(500).nullish(),
});

/** What may change in an open order: what is left out stays, null clears what may be empty. */
export const orderChange = z.object({
  orderId: reference,
  subjectId: reference.nullish(),
  level: level.nullish(),
  title: title.nullish(),
  description: longText(5_000).nullish(),
  goal: longText(2_000).nullish(),
  format: lessonFormat.nullish(),
  city: city.nullish(),
  budget: moneyRules.nullish(),
  preferredTimes: longText(500).nullish(),
});

/** Which order. */
export const orderReference = z.object({ orderId: reference });
