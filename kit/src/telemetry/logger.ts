import { type Bindings, type ChildLoggerOptions, type DestinationStream, type Logger as PinoLogger, pino } from 'pino';
import { readableLines } from './readable-lines.js';
import { maskText, redactFields } from './redaction.js';
import { currentRequest } from './request-scope.js';

/** Writes structured log lines. A child carries more fields. */
export type Logger = PinoLogger;

/** How a process logs. */
export interface LoggerOptions {
  /** The process or room, such as `gateway`. */
  service: string;
  /** The least severe level that is written: `fatal` … `trace`, or `silent`. @default 'info' */
  level?: string;
  /** One readable line each instead of JSON, for a person at a terminal. @default false */
  readable?: boolean;
  /** Where lines go. @default standard output */
  destination?: DestinationStream;
}

/**
 * Makes a process's logger: one JSON object a line with ISO time, level name, service, and the id of the request that
 * is being served. Secrets and personal data are hidden in fields, children's fields, messages and errors; log an
 * error as `logger.error({ err: error }, 'what could not be done')`.
 */
export function createLogger(options: LoggerOptions): Logger {
  const target = options.destination ?? pino.destination({ fd: 1, sync: true });
  const logger = pino(
    {
      level: options.level ?? 'info',
      base: { service: options.service },
      timestamp: pino.stdTimeFunctions.isoTime,
      messageKey: 'message',
      formatters: { level: (label) => ({ level: label }), log: redactFields },
      // By the time serializers run, `log` has made plain objects of errors.
      serializers: { err: (error: unknown) => error, message: maskMessage },
      mixin: () => ({ ...currentRequest() }),
    },
    options.readable ? readableLines(target) : target,
  );
  return withRedactedChildren(logger);
}

/** pino does not pass a child's own fields through `formatters.log`. */
function withRedactedChildren(logger: Logger): Logger {
  const { child } = logger;
  return Object.assign(logger, {
    child(this: Logger, fields: Bindings, options?: ChildLoggerOptions): Logger {
      return Reflect.apply(child, this, [redactFields(fields), options]);
    },
  });
}

function maskMessage(message: unknown): unknown {
  return typeof message === 'string' ? maskText(message) : message;
}

/** Writes nothing; for parts that were given no logger. */
export const silentLogger: Logger = pino({ level: 'silent' });
