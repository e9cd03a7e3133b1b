/* What Node's HTTP server can do: it reads the request and sends what it is given. Arguments: the port and a file. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';

const [, , port, answerFile = ''] = process.argv;
const answer = await readFile(answerFile);
const headers = { 'content-type': 'application/json', 'content-length': answer.length };
createServer((request, response) => {
  request.resume().on('end', () => response.writeHead(200, headers).end(answer));
}).listen(Number(port), '127.0.0.1');
