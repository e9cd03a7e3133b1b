/*
 * The made-up subgraphs, all in one process. Each body is answered by graphql-js once and from memory ever after, so that
 * they cost next to nothing and every gateway meets the same. Told to the parent: addresses by name; on demand: how many
 * requests came and how many subscriptions are open.
 */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { execute, type GraphQLSchema, parse } from 'graphql';
import { serveLive } from './live-subgraph.ts';
import { madeUpField } from './made-up-values.ts';

/** Longer than any pause of the bench: no gateway is to meet a connection that is just being closed. */
const KEEP_ALIVE_MS = 600_000;
const SCHEMA = new URL('../../../schema/', import.meta.url);
const names = process.argv.slice(2);
const live: { readonly open: number }[] = [];
let requests = 0;

process.once('disconnect', () => process.exit());
process.on('message', () => process.send?.({ requests, subscriptions: live.reduce((sum, { open }) => sum + open, 0) }));
const addresses = await Promise.all(names.map(async (name) => [name, await serve(name)] as const));
process.send?.({ addresses: Object.fromEntries(addresses) });

async function serve(name: string): Promise<string> {
  const typeDefs = parse(await readFile(new URL(`${name}.graphql`, SCHEMA), 'utf8'));
  const schema = buildSubgraphSchema([{ typeDefs }]);
  const answers = new Map<string, Buffer>();
  const server = createServer(async (request, response) => {
    requests += 1;
    const body = await text(request);
    let answer = answers.get(body);
    if (!answer) {
      answer = Buffer.from(JSON.stringify(await resultOf(schema, body)));
      answers.set(body, answer);
    }
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': answer.length }).end(answer);
  });
  live.push(serveLive(server, schema));
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}/graphql`;
}

async function resultOf(schema: GraphQLSchema, body: string) {
  const { query, variables: variableValues, operationName } = JSON.parse(body);
  return execute({ schema, document: parse(query), variableValues, operationName, fieldResolver: madeUpField });
}
