/*
 * What is possible over undici when a subgraph is asked each time: reads the request, passes it on over kept-alive
 * connections, sends back what came. Arguments: the port and the subgraph's address.
 */
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { Pool } from 'undici';

const CONNECTIONS = 128;
const TYPE = { 'content-type': 'application/json' };
const [, , port, address = ''] = process.argv;
const { origin, pathname: path } = new URL(address);
const pool = new Pool(origin, { connections: CONNECTIONS });

createServer(async (request, response) => {
  const body = await text(request);
  const answer = await (await pool.request({ method: 'POST', path, headers: TYPE, body })).body.text();
  response.writeHead(200, { ...TYPE, 'content-length': Buffer.byteLength(answer) }).end(answer);
}).listen(Number(port), '127.0.0.1');
