import type { Transaction } from '../store/transaction.js';

/** Where the holder of a card proves to be there, for an intent that asks for it. */
export const AUTHENTICATION_PATH = '/3ds';

interface Asking {
  id: string;
  client_secret: string | null;
}

/** What a client does next: sends its customer to the page of 3-D Secure. */
export function nextAction(tx: Transaction, { id, client_secret }: Asking, returnUrl: string | null) {
  const url = `${tx.surroundings.publicUrl}${AUTHENTICATION_PATH}/${id}?client_secret=${client_secret}`;
  return { redirect_to_url: { return_url: returnUrl, url }, type: 'redirect_to_url' };
}
