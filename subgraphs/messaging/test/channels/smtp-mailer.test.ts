import { createServer, type Server, type Socket } from 'node:net';
import { newId } from '@tutorgraph/kit/database/id';
import { createLogger } from '@tutorgraph/kit/telemetry/logger';
import { afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { DeliveryError } from '../../src/channels/delivery-error.js';
import type { Mail } from '../../src/channels/email/mail.js';
import { SmtpMailer, type SmtpMailerOptions } from '../../src/channels/email/smtp-mailer.js';
import { reply, SmtpTestServer, trustTestServers } from './smtp-test-server.js';

const from = { name: 'Тьюторграф', address: 'no-reply@tutorgraph.example' };
const mail: Mail = { to: 'anna@mail.example', subject: 'Your code', text: 'Your code is 1234', messageId: newId() };
const open: { close(): Promise<void> }[] = [];

beforeAll(trustTestServers);

afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

async function start(options: ConstructorParameters<typeof SmtpTestServer>[0] = {}): Promise<SmtpTestServer> {
  const server = await new SmtpTestServer(options).listen();
  open.push(server);
  return server;
}

function mailerAt(address: string, options: Partial<SmtpMailerOptions> = {}): SmtpMailer {
  const mailer = new SmtpMailer({ url: `smtp://${address}`, from, ...options });
  open.push(mailer);
  return mailer;
}

async function failure(sending: Promise<void>): Promise<DeliveryError> {
  const error = await sending.then(
    () => expect.fail('the mail was sent'),
    (thrown: unknown) => thrown,
  );
  expect(error).toMatchObject({ name: 'DeliveryError' });
  return error as DeliveryError;
}

describe('a mail', () => {
  it('arrives with names and subject of any script, its text and its HTML', async () => {
    const server = await start();
    await mailerAt(`localhost:${server.port}`).send({
      ...mail,
      toName: 'Анна "Аня" Ким, ст.',
      subject: 'Ваш код — 1234 ✓ и ещё немного слов, чтобы строка заголовка была длинной',
      text: 'Здравствуйте!\r\nВаш код: 1234\n.\nконец',
      html: '<p>Ваш код: <b>1234</b></p>',
    });
    expect(server.mails).toMatchObject([
      {
        recipients: ['anna@mail.example'],
        from: { name: 'Тьюторграф', address: 'no-reply@tutorgraph.example' },
        to: [{ name: 'Анна "Аня" Ким, ст.', address: 'anna@mail.example' }],
        subject: 'Ваш код — 1234 ✓ и ещё немного слов, чтобы строка заголовка была длинной',
        html: expect.stringContaining('<b>1234</b>'),
      },
    ]);
    expect(server.mails[0]?.text?.trim().split(/\r?\n/)).toEqual(['Здравствуйте!', 'Ваш код: 1234', '.', 'конец']);
    expect(server.mails[0]?.headers).toContainEqual(
      expect.objectContaining({ key: 'auto-submitted', value: 'auto-generated' }),
    );
  });

  it('names the page on which people choose what they get, where there is one', async () => {
    const server = await start();
    const mailer = mailerAt(`localhost:${server.port}`);
    await mailer.send({ ...mail, unsubscribeUrl: 'https://tutorgraph.example/settings?a=1&b=2' });
    await mailer.send(mail);
    const headers = server.mails.map((taken) => taken.headers.find(({ key }) => key === 'list-unsubscribe')?.value);
    expect(headers).toEqual(['<https://tutorgraph.example/settings?a=1&b=2>', undefined]);
  });

  it('has the same Message-ID every time it is sent, and another than any other mail', async () => {
    const server = await start();
    const mailer = mailerAt(`localhost:${server.port}`);
    const messageId = newId();
    await mailer.send({ ...mail, messageId });
    await mailer.send({ ...mail, messageId });
    await mailer.send({ ...mail, messageId: newId() });
    const ids = server.mails.map((taken) => taken.messageId);
    expect(ids.slice(0, 2)).toEqual(Array(2).fill(`<${messageId}@tutorgraph.example>`));
    expect(new Set(ids).size).toBe(2);
  });

  it('goes over a connection that stays open and ends when the mailer does', async () => {
    const server = await start();
    const mailer = mailerAt(`localhost:${server.port}`);
    for (let count = 0; count < 3; count++) await mailer.send(mail);
    expect(new Set(server.mails.map(({ session }) => session)).size).toBe(1);
    await mailer.close();
    await expect.poll(() => server.connections).toBe(0);
    await expect(mailer.send(mail)).rejects.toMatchObject({ code: 'DELIVERY_UNAVAILABLE' });
  });

  it('goes over a new connection when the server has closed the old one', async () => {
    const server = await start();
    const mailer = mailerAt(`localhost:${server.port}`);
    await mailer.send(mail);
    await server.close();
    const successor = await new SmtpTestServer().listen(server.port);
    open.push(successor);
    await mailer.send(mail);
    expect(successor.mails).toHaveLength(1);
  });

  it.each([
    ['two addresses', { to: 'anna@mail.example, eve@mail.example' }],
    ['an address with a line break', { to: 'anna@mail.example\r\nBcc: eve@mail.example' }],
    ['an address that ends the command', { to: 'anna@mail.example>' }],
    ['no address', { to: 'anna' }],
    ['a subject with a line break', { subject: 'Code\r\nBcc: eve@mail.example' }],
    ['a subject with a bare line feed', { subject: 'Code\nBcc: eve@mail.example' }],
    ['a name with a line break', { toName: 'Anna\r\nBcc: eve@mail.example' }],
  ])('is refused with %s, before anybody is asked', async (_what, part) => {
    const server = await start();
    const error = await failure(mailerAt(`localhost:${server.port}`).send({ ...mail, ...part }));
    expect(error).toMatchObject({ code: 'DELIVERY_REFUSED', isTemporary: false });
    expect(error.message).not.toMatch(/anna|eve/);
    expect(server.connections).toBe(0);
  });
});

describe('a password', () => {
  it('is sent under TLS only, whether the server begins with it or upgrades to it', async () => {
    const upgrading = await start({ authOptional: false });
    await mailerAt(`us%40x:right@localhost:${upgrading.port}`).send(mail);
    const secure = await start({ secure: true, authOptional: false });
    await mailerAt('', { url: `smtps://us%40x:right@localhost:${secure.port}` }).send(mail);
    for (const server of [upgrading, secure]) {
      expect(server.logins).toEqual(['us@x:right']);
      expect(server.mails).toHaveLength(1);
    }
  });

  it('is not sent to a server that offers no TLS', async () => {
    const server = await start({ disabledCommands: ['STARTTLS'], allowInsecureAuth: true });
    const error = await failure(mailerAt(`us:right@localhost:${server.port}`).send(mail));
    expect(error).toMatchObject({ code: 'DELIVERY_UNAVAILABLE', message: expect.stringContaining('TLS') });
    expect(server.logins).toEqual([]);
  });

  it('is not sent to a server whose certificate is for another name', async () => {
    const server = await start({ secure: true });
    const error = await failure(mailerAt('', { url: `smtps://us:right@127.0.0.1:${server.port}` }).send(mail));
    expect(error).toMatchObject({ message: expect.stringContaining('TLS'), cause: { code: 'ESOCKET' } });
    expect(server.logins).toEqual([]);
  });

  it('that the server does not know is told to whoever runs this, and loses no mail', async () => {
    const server = await start();
    const error = await failure(mailerAt(`us:wrong@localhost:${server.port}`).send(mail));
    expect(error).toMatchObject({
      isTemporary: true,
      message: expect.stringContaining('correct SMTP_URL'),
      cause: { code: 'EAUTH', status: 535 },
    });
  });
});

describe('a server that does not take a mail', () => {
  it('for now is asked again by the caller, and takes it then', async () => {
    let asked = 0;
    const server = await start({
      onRcptTo: (_address, _session, done) => done(++asked === 1 ? reply(451, 'greylisted, anna') : null),
    });
    const mailer = mailerAt(`localhost:${server.port}`);
    const error = await failure(mailer.send(mail));
    expect(error).toMatchObject({ code: 'DELIVERY_UNAVAILABLE', isTemporary: true, cause: { status: 451 } });
    await mailer.send(mail);
    expect(server.mails).toHaveLength(1);
  });

  it.each([
    [550, '5.1.1 no such user', 'HARD_BOUNCE'],
    [550, '5.2.1 the mailbox was closed', 'HARD_BOUNCE'],
    [550, 'nobody of this name', 'HARD_BOUNCE'],
    [552, '5.2.2 the mailbox is full', 'REFUSED'],
    [550, '5.7.1 your address is on a list', 'REFUSED'],
    [554, 'no', 'REFUSED'],
  ])('for good, says whether there is no such mailbox: %i %s', async (status, words, reason) => {
    const server = await start({ onRcptTo: (_address, _session, done) => done(reply(status, words)) });
    const error = await failure(mailerAt(`localhost:${server.port}`).send(mail));
    expect(error).toMatchObject({ code: 'DELIVERY_REFUSED', isTemporary: false, reason });
  });

  it('for good because of its text says nothing against the address', async () => {
    const server = await start({
      onData: (stream, _session, done) => stream.resume().on('end', () => done(reply(550, 'looks like spam'))),
    });
    const error = await failure(mailerAt(`localhost:${server.port}`).send(mail));
    expect(error).toMatchObject({ code: 'DELIVERY_REFUSED', reason: 'REFUSED' });
  });

  it('because of the sender is no fault of the mail: it can be sent when the settings are right', async () => {
    const server = await start({ onMailFrom: (_address, _session, done) => done(reply(550, 'not your domain')) });
    expect(await failure(mailerAt(`localhost:${server.port}`).send(mail))).toMatchObject({ isTemporary: true });
  });

  it.each([
    ['does not greet', () => {}],
    ['goes silent after its greeting', (socket: Socket) => socket.write('220 here\r\n')],
    ['closes at once', (socket: Socket) => socket.destroy()],
    ['speaks something else', (socket: Socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')],
  ])('because it %s can be asked again', async (_what, treat) => {
    const port = await listen(createServer(treat));
    const error = await failure(mailerAt(`localhost:${port}`, { silenceMs: 100 }).send(mail));
    expect(error).toMatchObject({ code: 'DELIVERY_UNAVAILABLE', cause: { name: 'SmtpFailure' } });
  });

  it('because it answers drop by drop is given up when the time for one mail is over', async () => {
    const port = await listen(
      createServer((socket) => {
        const drops = setInterval(() => socket.write('220-wait\r\n'), 20);
        socket.on('close', () => clearInterval(drops)).on('error', () => {});
      }),
    );
    const error = await failure(mailerAt(`localhost:${port}`, { budgetMs: 200 }).send(mail));
    expect(error).toMatchObject({ code: 'DELIVERY_UNAVAILABLE', cause: { code: 'EABORT' } });
  });

  it('because it does not run can be asked again', async () => {
    const server = await new SmtpTestServer().listen();
    await server.close();
    const error = await failure(mailerAt(`localhost:${server.port}`).send(mail));
    expect(error).toMatchObject({ isTemporary: true, cause: { message: expect.stringContaining('ECONNREFUSED') } });
  });

  it('leaves no address and no text in what is logged', async () => {
    const words = 'user anna@mail.example does not want "Your code is 1234"';
    const server = await start({ onRcptTo: (_address, _session, done) => done(reply(550, words)) });
    const error = await failure(mailerAt(`localhost:${server.port}`).send(mail));
    const lines: string[] = [];
    const destination = { write: (line: string) => lines.push(line) };
    createLogger({ service: 'test', destination }).error({ err: error }, 'not sent');
    const everything = `${lines.join()}${error.stack}${(error.cause as Error).stack}${JSON.stringify(error)}`;
    expect(everything).not.toMatch(/anna|1234|does not want/);
    expect(lines[0]).toContain('550');
  });

  async function listen(server: Server): Promise<number> {
    const sockets = new Set<Socket>();
    server.on('connection', (socket) => sockets.add(socket.on('error', () => {})));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    const address = server.address();
    return typeof address === 'object' && address ? address.port : 0;
  }
});
