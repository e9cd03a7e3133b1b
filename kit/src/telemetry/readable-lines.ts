import type { DestinationStream } from 'pino';

const HIDDEN_FIELDS = new Set(['time', 'level', 'service', 'message', 'err', 'requestId']);
const COLOURS: Readonly<Record<string, number>> = { fatal: 31, error: 31, warn: 33, info: 32, debug: 36, trace: 90 };

/**
 * Turns JSON log lines into short ones for a terminal: time of day, level, service, message, other fields as
 * `key=value`, then an error's stack. Hand-written: the usual package brings a worker thread and twenty dependencies.
 */
export function readableLines(target: DestinationStream): DestinationStream {
  return { write: (line) => target.write(readable(line)) };
}

function readable(line: string): string {
  const entry: Record<string, unknown> = JSON.parse(line);
  const level = String(entry.level);
  const parts = [
    paint(90, String(entry.time).slice(11, 23)),
    paint(COLOURS[level] ?? 0, level.toUpperCase().padEnd(5)),
    paint(90, String(entry.service)),
    String(entry.message ?? ''),
  ];
  for (const [key, value] of Object.entries(entry)) {
    if (!HIDDEN_FIELDS.has(key)) parts.push(paint(90, `${key}=${format(value)}`));
  }
  return `${parts.join(' ')}\n${readableError(entry.err)}`;
}

function readableError(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('stack' in error)) return '';
  const cause = 'cause' in error ? readableError(error.cause) : '';
  return `${indent(String(error.stack))}\n${cause}`;
}

function indent(text: string): string {
  return text.replace(/^/gm, '    ');
}

function format(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function paint(colour: number, text: string): string {
  return `\u001b[${colour}m${text}\u001b[0m`;
}
