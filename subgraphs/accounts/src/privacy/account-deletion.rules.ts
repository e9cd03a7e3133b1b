/** How long one may change one's mind. */
export const CHANGE_OF_MIND_MS = 30 * 24 * 60 * 60 * 1000;
