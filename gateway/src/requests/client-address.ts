import type { IncomingMessage } from 'node:http';
import proxyAddr from '@fastify/proxy-addr';
import type { GatewaySettings } from '../settings.js';

/** Tells whether the word of an address about whom it forwards is taken. */
export type TrustProxy = (address: string, hop: number) => boolean;

/** Reads the setting once, for HTTP and WebSocket alike. */
export function trustProxies(trusted: GatewaySettings['trustedProxies']): TrustProxy {
  return typeof trusted === 'boolean' ? () => trusted : proxyAddr.compile([...trusted]);
}

/** The client's own address, behind as many proxies as are trusted. */
export function clientAddress(request: IncomingMessage, trust: TrustProxy): string {
  return proxyAddr(request, trust);
}
