import { buffer } from 'node:stream/consumers';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';

/** A mail server on this machine that keeps what it takes. */
export class MailServer {
  readonly mails: Email[] = [];
  /** Answers to recipients who are not taken: SMTP's three digits. */
  readonly refusals = new Map<string, number>();
  private readonly server = new SMTPServer({
    logger: false,
    disabledCommands: ['AUTH', 'STARTTLS'],
    onRcptTo: ({ address }, _session, done) => {
      const responseCode = this.refusals.get(address);
      if (responseCode) done(Object.assign(new Error(`${address} is not taken`), { responseCode }));
      else done();
    },
    onData: async (stream, _session, done) => {
      this.mails.push(await PostalMime.parse(await buffer(stream)));
      done();
    },
  });

  /** Starts it; gives the settings with which rooms send to it. */
  async listen(): Promise<{ SMTP_URL: string; MAIL_FROM: string }> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    const address = this.server.server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    return { SMTP_URL: `smtp://127.0.0.1:${port}`, MAIL_FROM: 'Tutorgraph <no-reply@tutorgraph.example>' };
  }

  /** The first so many mails to somebody, once they have come. */
  async mailsTo(recipient: string, count = 1): Promise<Email[]> {
    for (;;) {
      const found = this.mails.filter(({ to }) => to?.some(({ address }) => address === recipient));
      if (found.length >= count) return found;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  close(): Promise<void> {
    for (const connection of this.server.connections) connection.close();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}
