import { clearable, metadata, text } from '../http/input.js';
import { methodData } from './payment-methods.js';

/** What a client may set of payment intents and of setup intents. */
export const intentShape = {
  customer: text.optional(),
  description: clearable(text),
  metadata,
  payment_method: text.optional(),
  payment_method_data: methodData.optional(),
};
