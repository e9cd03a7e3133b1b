import { readFileSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { rootCertificates, setDefaultCACertificates } from 'node:tls';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** A mail as the server took it. */
export interface TakenMail extends Email {
  /** Who the envelope names. */
  recipients: string[];
  /** Which connection brought it. */
  session: string;
}

/** A refusal in SMTP's words. */
export function reply(responseCode: number, words: string): Error {
  return Object.assign(new Error(words), { responseCode });
}

const file = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8');
const certificate = { cert: file('test-server.crt.pem'), key: file('test-server.key.pem') };

/** Lets TLS in this process trust the test servers, under the name `localhost` only. */
export function trustTestServers(): void {
  setDefaultCACertificates([...rootCertificates, certificate.cert]);
}

/** A mail server on this machine that keeps what it takes. */
export class SmtpTestServer {
  readonly mails: TakenMail[] = [];
  /** Names and passwords that were tried. */
  readonly logins: string[] = [];
  /** Where it listens, or did. */
  port = 0;
  private readonly server: SMTPServer;

  constructor(options: SMTPServerOptions = {}) {
    this.server = new SMTPServer({
      logger: false,
      authOptional: true,
      ...certificate,
      onAuth: ({ username = '', password = '' }, _session, done) => {
        this.logins.push(`${username}:${password}`);
        if (password === 'right') done(null, { user: username });
        else done(new Error(`no, ${username}`));
      },
      onData: async (stream, { envelope, id }, done) => {
        const email = await PostalMime.parse(await buffer(stream));
        this.mails.push({ ...email, recipients: envelope.rcptTo.map(({ address }) => address), session: id });
        done();
      },
      ...options,
    });
    // Clients that break off are part of the tests.
    this.server.on('error', () => {});
  }

  /** @param port one that is free, unless given */
  async listen(port = 0): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(port, '127.0.0.1', resolve));
    const address = this.server.server.address();
    if (typeof address === 'object' && address) this.port = address.port;
    return this;
  }

  /** Connections that are open. */
  get connections(): number {
    return this.server.connections.size;
  }

  close(): Promise<void> {
    for (const connection of this.server.connections) connection.close();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}
