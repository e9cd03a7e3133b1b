import { createLogger, type Logger } from '@tutorgraph/kit/telemetry/logger';

/** Everything that was logged, as whoever collects it reads it. */
export interface LogLines {
  logger: Logger;
  /** The whole text. */
  readonly text: string;
  /** Lines with this message. */
  of(message: string): Record<string, unknown>[];
}

/** A logger whose lines a test reads. */
export function keepLog(): LogLines {
  const lines: string[] = [];
  return {
    logger: createLogger({ service: 'test', destination: { write: (line) => void lines.push(line) } }),
    get text() {
      return lines.join('');
    },
    of: (message) => lines.map((line) => JSON.parse(line)).filter((line) => line.message === message),
  };
}
