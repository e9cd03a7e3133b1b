import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';

/** A user of the account. */
export interface GetCourseServerUser {
  id: number;
  email: string;
  firstName: string;
  lastName: string;
  groups: string[];
  fields: Record<string, string>;
}

const KEY = 'a-secret-key';
const FIELD_NAMES = ['id', 'Email', 'Тип регистрации', 'Создан', 'Имя', 'Фамилия'];

/** How the server treats the next request instead of answering it; false answers it after all. */
export type Treat = (response: ServerResponse, path: string) => boolean;

/** A local server that speaks GetCourse's protocol: exports that take a while, imports of users, limits, its ways to refuse. */
export class GetCourseServer {
  readonly users: GetCourseServerUser[] = [];
  readonly groups = new Map<string, string>();
  /** Paths asked for. */
  readonly asked: string[] = [];
  /** How often an export is “not made yet”. */
  notReady = 1;
  treat: Treat = () => false;
  private readonly exports = new Map<string, { waits: number; rows: GetCourseServerUser[] }>();
  private readonly server = createServer((request, response) => void this.answer(request, response));

  get settings(): Record<string, string> {
    const address = this.server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    return { GETCOURSE_URL: `http://127.0.0.1:${port}`, GETCOURSE_KEY: KEY, GETCOURSE_POLL_MS: '10' };
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  /** How many exports were ordered. */
  get ordered(): number {
    return this.exports.size;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<unknown> {
    const path = new URL(request.url ?? '/', 'http://local').pathname;
    const form = new URLSearchParams(await text(request));
    this.asked.push(path);
    if (this.treat(response, path)) return;
    if (form.get('key') !== KEY) return refuse(response, 901, 'Неверный секретный ключ');
    const [, , , first = '', second, third] = path.split('/');
    if (first === 'users') return this.importUser(response, form);
    if (second === 'exports') return this.sendExport(response, third ?? '');
    if (second === 'users') return this.order(response, this.users);
    if (second !== 'groups') return refuse(response, 904, 'Метод не найден');
    if (!third) return send(response, { info: [...this.groups].map(([id, name]) => ({ id: Number(id), name })) });
    return this.order(
      response,
      this.users.filter(({ groups }) => groups.includes(this.groups.get(third) ?? '')),
    );
  }

  private order(response: ServerResponse, rows: GetCourseServerUser[]): unknown {
    const id = String(1_000 + this.exports.size);
    this.exports.set(id, { waits: this.notReady, rows });
    return send(response, { info: { export_id: Number(id) } });
  }

  private sendExport(response: ServerResponse, id: string): unknown {
    const found = this.exports.get(id);
    if (!found) return refuse(response, 910, 'Экспорт не найден');
    if (found.waits-- > 0) return refuse(response, 909, 'Файл еще не создан');
    const own = [...new Set(found.rows.flatMap(({ fields }) => Object.keys(fields)))];
    const items = found.rows.map((user) => [
      user.id,
      user.email,
      'api',
      '2026-01-01 10:00:00',
      user.firstName,
      user.lastName,
      ...own.map((name) => user.fields[name] ?? null),
    ]);
    send(response, { info: { fields: [...FIELD_NAMES, ...own], items } });
  }

  private importUser(response: ServerResponse, form: URLSearchParams): unknown {
    const given = JSON.parse(Buffer.from(form.get('params') ?? '', 'base64').toString());
    const { email, group_name: groups = [], addfields: fields = {} } = given.user;
    if (form.get('action') !== 'add' || given.system?.refresh_if_exists !== 1) {
      return send(response, { result: { success: false, error: true, error_message: 'Пользователь уже существует' } });
    }
    const user = this.users.find((one) => one.email === email) ?? this.add({ email });
    user.groups = [...new Set([...user.groups, ...groups])];
    Object.assign(user.fields, fields);
    send(response, {
      action: 'add',
      result: { success: true, user_id: user.id, user_status: 'updated', error: false },
    });
  }

  /** Somebody in the account. */
  add(change: Partial<GetCourseServerUser>): GetCourseServerUser {
    const id = 500_000 + this.users.length;
    const user = {
      id,
      email: `u${id}@school.test`,
      firstName: 'Мария',
      lastName: 'Иванова',
      groups: [],
      fields: {},
      ...change,
    };
    this.users.push(user);
    return user;
  }
}

function send(response: ServerResponse, body: object): unknown {
  return response
    .writeHead(200, { 'content-type': 'application/json' })
    .end(JSON.stringify({ success: true, error: false, ...body }));
}

/** Refuses as it does: with status 200 and words. */
export function refuse(response: ServerResponse, code: number, message: string): unknown {
  return response
    .writeHead(200, { 'content-type': 'application/json' })
    .end(JSON.stringify({ success: false, error: true, error_code: code, error_message: message }));
}
