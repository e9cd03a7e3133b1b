/**
 * The header by which whoever asks says for how many milliseconds it will wait, as `connect-timeout-ms` does in the Connect
 * protocol and `grpc-timeout` in gRPC: clients tell the gateway, and the gateway tells subgraphs what is left of it. A
 * duration, not a time of day: clocks differ.
 */
export const TIMEOUT_HEADER = 'x-request-timeout-ms';

const WHOLE_MILLISECONDS = /^[1-9]\d{0,8}$/;

/** Reads the header's value; undefined for anything but a whole number of milliseconds. */
export function readTimeoutMs(value: unknown): number | undefined {
  return typeof value === 'string' && WHOLE_MILLISECONDS.test(value) ? Number(value) : undefined;
}
