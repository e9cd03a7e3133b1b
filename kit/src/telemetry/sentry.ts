import type { Breadcrumb, ErrorEvent, Event } from '@sentry/node';
import type { Logger } from './logger.js';
import { maskText, redact } from './redaction.js';
import { currentRequest } from './request-scope.js';

/** Sends faults to whoever watches over the system. */
export interface ErrorReporter {
  /** Never throws; names the request that is being served. */
  report(error: unknown): void;
  /** Sends what is waiting, for at most two seconds. */
  close(): Promise<void>;
}

/** Where and as whom to report. */
export interface ErrorReporterOptions {
  /** Sentry's address; without it nothing is loaded and nothing is sent. */
  dsn: string | undefined;
  environment: string;
  /** The process or room, such as `gateway`. */
  service: string;
  logger: Logger;
  /** The share of requests that are traced. @default 0.1 */
  tracesSampleRate?: number;
}

const FLUSH_MS = 2_000;

/** Starts reporting to Sentry when a DSN is set. What is sent holds no personal data, see {@link withoutPersonalData}. */
export async function createErrorReporter(options: ErrorReporterOptions): Promise<ErrorReporter> {
  if (!options.dsn) return { report: () => {}, close: async () => {} };
  const sentry = await import('@sentry/node');
  sentry.init({
    dsn: options.dsn,
    environment: options.environment,
    serverName: options.service,
    initialScope: { tags: { service: options.service } },
    sendDefaultPii: false,
    tracesSampleRate: options.tracesSampleRate ?? 0.1,
    // Loader hooks slow the start and instrument nothing that is loaded already.
    registerEsmLoaderHooks: false,
    integrations: (defaults) => defaults.filter(({ name }) => !LEFT_OUT.has(name)),
    beforeSend: (event): ErrorEvent => withoutPersonalData(event),
    beforeSendTransaction: (event) => withoutPersonalData(event),
    beforeBreadcrumb: withoutDetails,
  });
  return {
    report(error) {
      const { requestId, operation } = currentRequest() ?? {};
      sentry.captureException(error, { tags: { requestId, operation } });
    },
    async close() {
      const isSent = await sentry.close(FLUSH_MS);
      if (!isSent) options.logger.warn('Sentry did not take the last reports in time');
    },
  };
}

/** Faults are reported by our own handlers, with the process's own way to exit; the others collect what we remove. */
const LEFT_OUT = new Set([
  'OnUncaughtException',
  'OnUnhandledRejection',
  'LocalVariables',
  'LocalVariablesAsync',
  'ContextLines',
  'Modules',
  'RequestData',
]);

/** Removes user, headers, cookies, body and query from an event; hides addresses and tokens in its texts. */
function withoutPersonalData<Kind extends Event>(event: Kind): Kind {
  const clean = structuredClone({ ...event, sdkProcessingMetadata: undefined });
  delete clean.user;
  delete clean.extra;
  if (clean.request) clean.request = { method: clean.request.method, url: maskText(clean.request.url ?? '') };
  if (clean.transaction) clean.transaction = maskText(clean.transaction);
  if (clean.message) clean.message = maskText(clean.message);
  for (const exception of clean.exception?.values ?? []) {
    if (exception.value) exception.value = maskText(exception.value);
  }
  clean.breadcrumbs = clean.breadcrumbs?.map(withoutDetails);
  for (const span of clean.spans ?? []) {
    span.description = span.description && maskText(span.description);
    span.data = {};
  }
  const { trace, os, runtime, app } = clean.contexts ?? {};
  clean.contexts = { ...(trace && { trace: { ...trace, data: {} } }), ...(os && { os }), runtime, app };
  return clean;
}

function withoutDetails({ message, data: _data, ...rest }: Breadcrumb): Breadcrumb {
  return { ...rest, ...(message && { message: String(redact(message)) }) };
}
