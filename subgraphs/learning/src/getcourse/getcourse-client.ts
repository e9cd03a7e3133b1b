import { type CallLimits, callOutside } from '@tutorgraph/kit/outside/outside-call';
import { OutsideError, reasonOfStatus, retryAfterMs } from '@tutorgraph/kit/outside/outside-error';
import { z } from 'zod';
import type { GetCourseAccount } from './getcourse-settings.js';

const SERVICE = 'GetCourse';
/** What it says, in words only, when too much was asked: an account may ask for 100 exports in two hours, one at a time. */
const THROTTLED = /слишком много|too many|limit|лимит/i;
const NOT_READY = /не создан|not (been )?created|not ready|processing/i;
const WRONG_KEY = /ключ|secret|\bkey\b/i;

const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((word) => word === 'true')]);
const answer = z.object({
  success: flag,
  error_code: z.union([z.number(), z.string()]).nullish(),
  error_message: z.string().nullish(),
});
const started = z.object({ info: z.object({ export_id: z.coerce.string() }) });
const table = z.object({
  info: z.object({
    fields: z.array(z.string()),
    items: z.array(z.array(z.union([z.string(), z.number(), z.null()]).transform((cell) => String(cell ?? '').trim()))),
  }),
});
const groups = z.object({ info: z.array(z.object({ id: z.coerce.string(), name: z.string() })) });
const imported = z.object({
  result: z.object({
    success: flag,
    user_id: z.coerce.string().nullish(),
    error_message: z.string().nullish(),
  }),
});

/** One line of an export: what is in each column, by its heading. */
export type ExportedRow = Readonly<Record<string, string>>;

/** Somebody as GetCourse takes them: found by address, added when there is none. */
export interface GetCourseUser {
  email: string;
  /** Groups to which they are added. */
  groups?: readonly string[];
  /** Values of the account's own fields, by their names. */
  fields?: Readonly<Record<string, string>>;
}

/**
 * Asks GetCourse (https://getcourse.ru/help/api): exports are ordered, made by it in minutes and then fetched; users are imported
 * one by one. Errors are OutsideError and hold nothing that was asked or answered.
 */
export class GetCourseClient {
  constructor(
    private readonly account: GetCourseAccount,
    private readonly limits: CallLimits = { budgetMs: 60_000, attemptMs: 30_000 },
  ) {}

  /** Orders an export of all users who may come in. @returns its id */
  orderUsers(): Promise<string> {
    return this.order('/pl/api/account/users', { status: 'active' });
  }

  /** Orders an export of a group's users. @returns its id */
  orderGroup(groupId: string): Promise<string> {
    return this.order(`/pl/api/account/groups/${encodeURIComponent(groupId)}/users`, {});
  }

  /** The groups of the account. */
  async groups(): Promise<{ id: string; name: string }[]> {
    const { info } = await this.ask('/pl/api/account/groups', {}, groups);
    return info;
  }

  /** An export that was ordered; null while it is being made. */
  async fetchExport(id: string): Promise<ExportedRow[] | null> {
    const path = `/pl/api/account/exports/${encodeURIComponent(id)}`;
    try {
      const { info } = await this.ask(path, {}, table);
      return info.items.map((cells) =>
        Object.fromEntries(info.fields.map((field, index) => [field, cells[index] ?? ''])),
      );
    } catch (error) {
      if (error instanceof OutsideError && error.facts.detail === 'NOT_READY') return null;
      throw error;
    }
  }

  /** Writes what is known of somebody; the same again changes nothing. @returns who they are there */
  async saveUser({ email, groups: groupNames = [], fields = {} }: GetCourseUser): Promise<string> {
    const user = { email, group_name: groupNames, addfields: fields };
    const params = Buffer.from(JSON.stringify({ user, system: { refresh_if_exists: 1 } })).toString('base64');
    const { result } = await this.ask('/pl/api/users', { action: 'add', params }, imported);
    if (!result.success || !result.user_id) throw new OutsideError(SERVICE, 'REFUSED', { detail: 'USER_REFUSED' });
    return result.user_id;
  }

  private async order(path: string, filter: Record<string, string>): Promise<string> {
    const { info } = await this.ask(path, filter, started);
    return info.export_id;
  }

  private ask<Schema extends z.ZodType>(
    path: string,
    values: Record<string, string>,
    schema: Schema,
  ): Promise<z.output<Schema>> {
    const body = new URLSearchParams({ ...values, key: this.account.key });
    return callOutside(
      SERVICE,
      async (signal) => {
        const response = await fetch(`${this.account.url}${path}`, {
          method: 'POST',
          headers: { accept: 'application/json; q=1.0, */*; q=0.1' },
          body,
          signal,
          redirect: 'error',
        });
        return read(response, schema);
      },
      this.limits,
    );
  }
}

async function read<Schema extends z.ZodType>(response: Response, schema: Schema): Promise<z.output<Schema>> {
  const { status } = response;
  if (!response.ok) {
    const waits = retryAfterMs(response.headers.get('retry-after'));
    throw new OutsideError(SERVICE, reasonOfStatus(status), { status, retryAfterMs: waits });
  }
  const body: unknown = await response.json().catch(() => undefined);
  const said = answer.safeParse(body).data;
  // A page in HTML, say, while it is being repaired.
  if (!said) throw new OutsideError(SERVICE, 'UNAVAILABLE', { status, detail: 'MALFORMED' });
  if (!said.success) throw refusal(said.error_message ?? '', said.error_code);
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw new OutsideError(SERVICE, 'UNAVAILABLE', { status, detail: 'MALFORMED' });
  return parsed.data;
}

/** What it says in words, as a reason; the words may repeat what was asked and are not passed on. */
function refusal(message: string, code: string | number | null | undefined): OutsideError {
  if (NOT_READY.test(message)) return new OutsideError(SERVICE, 'REFUSED', { detail: 'NOT_READY' });
  if (THROTTLED.test(message)) return new OutsideError(SERVICE, 'RATE_LIMITED', { detail: 'THROTTLED' });
  if (WRONG_KEY.test(message)) return new OutsideError(SERVICE, 'CREDENTIALS', { detail: 'KEY_REFUSED' });
  return new OutsideError(SERVICE, 'REFUSED', { detail: code ? `CODE_${String(code).slice(0, 20)}` : undefined });
}
