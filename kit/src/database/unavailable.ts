/**
 * The database cannot be opened. The message is one line for the operator: what is wrong and what to do; whoever starts
 * a process prints it without a stack.
 */
export class DatabaseUnavailableError extends Error {
  override readonly name = 'DatabaseUnavailableError';
}
