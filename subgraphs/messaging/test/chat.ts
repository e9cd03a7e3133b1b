import { openGenerousRateLimiter } from '@tutorgraph/kit/testing/generous-limits';
import { startTestGraph, type TestGraph, type TestResult } from '@tutorgraph/kit/testing/graph';
import type { TestPerson } from '@tutorgraph/kit/testing/people';

/** What a mutation answers. */
export interface Outcome {
  payload: Record<string, unknown> | null;
  /** Codes of `userErrors`. */
  refused: string[];
  /** Codes of `errors`, each once. */
  codes: string[];
}

const ROOM =
  'room { id kind title description memberCount hidesContacts isClosed unreadCount myMembership { role mutedUntil } }';

const selections: Record<string, string> = {
  createChatRoom: ROOM,
};

/** Messaging with accounts beside it, and short ways to what tests of chat begin with. */
export class Chat {
  private constructor(readonly graph: TestGraph) {}

  /** @param settings of the rooms, besides those that every test has */
  static async open(settings: Record<string, string> = {}, rooms = ['accounts', 'messaging']): Promise<Chat> {
    return new Chat(await startTestGraph(rooms, undefined, settings, openGenerousRateLimiter));
  }

  close(): Promise<void> {
    return this.graph.close();
  }

  run(query: string, variables: object = {}, person?: TestPerson): Promise<TestResult> {
    return this.graph.run('messaging', query, variables, person);
  }

  /** Runs a mutation by its name. */
  async mutate(field: string, input: object, person?: TestPerson): Promise<Outcome> {
    const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`;
    const query = `mutation ($input: ${type}!) { ${field}(input: $input) { ${selections[field] ?? ROOM} userErrors { code } } }`;
    const { data, codes } = await this.run(query, { input }, person);
    const payload = (data[field] ?? null) as Record<string, unknown> | null;
    const userErrors = (payload?.['userErrors'] ?? []) as { code: string }[];
    return { payload, refused: userErrors.map(({ code }) => code), codes: [...new Set(codes)] };
  }

  /** Runs a mutation that must succeed and gives the object of its payload with this name. */
  async made<Made = { id: string }>(field: string, input: object, person: TestPerson, name = 'room'): Promise<Made> {
    const { payload, refused, codes } = await this.mutate(field, input, person);
    const found = payload?.[name];
    if (!found) throw new Error(`${field} was refused: ${JSON.stringify([refused, codes])}`);
    return found as Made;
  }

  student(): Promise<TestPerson> {
    return this.graph.person('STUDENT');
  }

  /** A named room that staff made for these people. */
  async named(staff: TestPerson, members: readonly TestPerson[] = [], change: object = {}): Promise<string> {
    const memberIds = members.map(({ userId }) => userId);
    const room = { kind: 'NAMED', title: 'Teachers of maths', memberIds, ...change };
    return (await this.made('createChatRoom', room, staff)).id;
  }

  async sql<Row extends object>(statement: string, values: unknown[] = []): Promise<Row[]> {
    const room = this.graph.rooms.get('messaging');
    return room ? room.orm.em.fork().execute<Row[]>(statement, values) : [];
  }
}

/** An id that nothing has. */
export const NOBODY = '01900000-0000-7000-8000-000000000000';
