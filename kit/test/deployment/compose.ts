import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';

/** The project's folder, with a slash at its end. */
export const project = fileURLToPath(new URL('../../../', import.meta.url));

/** A file of the project. */
export function read(path: string): string {
  return readFileSync(`${project}${path}`, 'utf8');
}

const service = z.object({
  image: z.string(),
  build: z.string().optional(),
  command: z.array(z.string()).optional(),
  profiles: z.array(z.string()),
  restart: z.string(),
  environment: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
  ports: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
  healthcheck: z.object({ disable: z.boolean().optional() }).loose().optional(),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
});
const compose = z.object({
  services: z.record(z.string(), service),
  volumes: z.record(z.string(), z.unknown()),
});

/** docker-compose.yml as it is written. */
export const text = read('docker-compose.yml');
/** Its services by name. */
export const { services, volumes } = compose.parse(parse(text, { merge: true }));
/** Those that run our own code. */
export const ours = Object.entries(services).filter(([, { build }]) => build !== undefined);
/** Settings that it takes from outside, each with what follows the name: `:?…`, `:-…` or nothing. */
export const interpolations = [...text.matchAll(/(?<!\$)\$\{([A-Z_0-9]+)(:[?-])?([^}]*)\}/g)].map(
  ([, key = '', operator, word = '']) => ({ key, operator, word }),
);
/** Keys that `.env.example` explains. */
export const documented = [...read('.env.example').matchAll(/^([A-Z_0-9]+)=/gm)].map(([, key = '']) => key);
