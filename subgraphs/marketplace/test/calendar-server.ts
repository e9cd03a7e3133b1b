import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** A calendar's server of another company; what it answers is what `answer` does. */
export class CalendarServer {
  private readonly server = createServer((request, response) => {
    this.requests.push(request);
    this.answer(request, response);
  });
  readonly requests: IncomingMessage[] = [];
  answer: (request: IncomingMessage, response: ServerResponse) => void = (_request, response) => response.end();

  async open(): Promise<void> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
  }

  get host(): string {
    const address = this.server.address();
    if (!address || typeof address === 'string') throw new Error('The server does not listen');
    return `127.0.0.1:${address.port}`;
  }

  /** Gives a calendar with these events from now on, each from one moment to another. */
  offer(...events: readonly [Date, Date][]): void {
    const utc = (moment: Date) => `${moment.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
    const lines = events.flatMap(([start, end], index) => [
      'BEGIN:VEVENT',
      `UID:event-${index}`,
      `DTSTAMP:${utc(new Date())}`,
      `DTSTART:${utc(start)}`,
      `DTEND:${utc(end)}`,
      'SUMMARY:The dentist',
      'END:VEVENT',
    ]);
    const text = ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n');
    const etag = `"${events.map(([start]) => start.getTime()).join('-')}"`;
    this.answer = (request, response) => {
      if (request.headers['if-none-match'] === etag) response.writeHead(304).end();
      else response.writeHead(200, { 'content-type': 'text/calendar', etag }).end(text);
    };
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
