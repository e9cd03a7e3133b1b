/** Where results are written that many clients share: straight to one client, past what would write each anew. */
export interface ResultWriter {
  /**
   * Writes a result, given as its JSON text in UTF-8.
   *
   * @param cursor its position
   * @returns false when so much waits for the client that nothing should be added; then `onTaken` is called once it was
   * taken
   */
  write(result: Buffer, onTaken: () => void, cursor: string): boolean;
}
