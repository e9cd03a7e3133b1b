/** The API version that is spoken, whatever a client asks for. */
export const API_VERSION = '2026-10-28.endive';
