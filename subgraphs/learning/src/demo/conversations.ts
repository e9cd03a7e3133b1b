import type { RequiredEntityData } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { RowSet } from '@tutorgraph/kit/demo/insert-rows';
import { Random } from '@tutorgraph/kit/demo/random';
import { sql } from 'kysely';
import { AssistantMessage, AssistantSession } from '../assistant/assistant.entity.js';
import { extractOf } from '../assistant/local-answer.js';
import { HandOver } from '../hand-overs/hand-over.entity.js';
import { type KnowledgeLanguage, languageOf } from '../knowledge/knowledge.rules.js';
import { type LocalKnowledge, localKnowledge } from '../knowledge/knowledge-embedder.js';
import { shippedId } from '../knowledge/shipped-knowledge.js';
import { messages as english } from '../messages/en.js';
import { messages as russian } from '../messages/ru.js';
import { DemoIds } from './demo-ids.js';
import { CURATORS_SAY, type DemoQuestion, QUESTIONS, UNANSWERED } from './questions.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** The share that asked for a person when the assistant was new, and how many days it took to halve. */
const HANDED_OVER_AT_FIRST = 0.3;
const HALVED_AFTER_DAYS = 60;
const MOST_QUOTED = 900;
const FRESH_MS = 7 * DAY_MS;

type DemoSession = Pick<
  AssistantSession,
  'id' | 'userId' | 'title' | 'language' | 'lastSequence' | 'lastMessageAt' | 'createdAt'
>;
type DemoMessage = Pick<AssistantMessage, 'role' | 'text' | 'citations' | 'createdAt'> & Partial<AssistantMessage>;

interface Rows {
  sessions: DemoSession[];
  messages: RequiredEntityData<AssistantMessage>[];
  handOvers: RequiredEntityData<HandOver>[];
}

/** A day on which somebody asked. */
interface AskingDay {
  user_id: string;
  student_id: string;
  cohort_id: string | null;
  curator_id: string | null;
  day: string;
  questions: number;
}

/** What everybody asked the assistant on the days on which they asked something, and what curators settled. */
export function conversationRows(seed: number, now: Date): RowSet {
  return {
    count: 1,
    insert: async (tx) => {
      const story = new ConversationStory(seed, now, await localKnowledge());
      for (const day of await askingDays(tx)) story.tell(day);
      await tx.insertMany(AssistantSession, story.rows.sessions);
      await tx.insertMany(AssistantMessage, story.rows.messages);
      if (story.rows.handOvers.length > 0) await tx.insertMany(HandOver, story.rows.handOvers);
    },
  };
}

async function askingDays(tx: EntityManager): Promise<AskingDay[]> {
  const { rows } = await sql<AskingDay>`
    select s.user_id, s.id as student_id, e.cohort_id, c.curator_id, a.day::text as day, a.questions
      from learning.activity_days a join learning.students s on s.id = a.student_id
      left join lateral (select enrolled.cohort_id from learning.enrollments enrolled
        where enrolled.student_id = s.id order by enrolled.enrolled_at limit 1) e on true
      left join learning.cohorts c on c.id = e.cohort_id
     where a.questions > 0 and s.user_id is not null order by a.day, s.id`.execute(tx.getKysely());
  return rows;
}

class ConversationStory {
  readonly rows: Rows = { sessions: [], messages: [], handOvers: [] };
  private readonly ids: DemoIds;
  private readonly random: Random;
  private firstDay: number | undefined;

  constructor(
    seed: number,
    private readonly now: Date,
    private readonly knowledge: LocalKnowledge,
  ) {
    this.ids = new DemoIds(seed);
    this.random = new Random('learning', seed, 'assistant');
  }

  tell(day: AskingDay): void {
    const at = new Date(Date.parse(`${day.day}T08:00:00Z`) + this.random.integer(0, 12 * 60) * 60_000);
    if (at >= this.now) return;
    this.firstDay ??= at.getTime();
    const isUnanswered = this.random.chance(0.06);
    const first = isUnanswered ? this.random.pick(UNANSWERED) : this.random.pick(QUESTIONS).ask;
    const session: DemoSession = {
      ...{ id: this.ids.next('assistant session'), userId: day.user_id, title: first.slice(0, 80) },
      ...{ language: languageOf(first), lastSequence: 0, lastMessageAt: at, createdAt: at },
    };
    this.rows.sessions.push(session);
    this.exchange(session, first, at);
    const share = isUnanswered ? 0.7 : this.isFresh(at) ? 0.6 : this.share(at);
    const isHandedOver = this.random.chance(share);
    if (isHandedOver) this.handOver(session, day, at);
    else if (day.questions > 1)
      this.exchange(session, this.random.pick(QUESTIONS).ask, new Date(at.getTime() + 120_000));
  }

  /** Of the last days, so that curators find something to do. */
  private isFresh(at: Date): boolean {
    return this.now.getTime() - at.getTime() < FRESH_MS;
  }

  /** Fewer and fewer need a person: staff has written down what was asked. */
  private share(at: Date): number {
    const days = (at.getTime() - (this.firstDay ?? 0)) / DAY_MS;
    return HANDED_OVER_AT_FIRST * 0.5 ** (days / HALVED_AFTER_DAYS);
  }

  private exchange(session: DemoSession, ask: string, at: Date): void {
    const language = languageOf(ask);
    const known = QUESTIONS.find((question) => question.ask === ask);
    const answer = known ? this.answer(known, language) : undefined;
    const responseMs = Math.round(this.random.logNormal(2_100, 0.35));
    this.add(session, { role: 'STUDENT', text: ask, citations: [], createdAt: at });
    const isRated = this.random.chance(0.4);
    const isHelpful = answer !== undefined && this.random.chance(0.93);
    this.add(session, {
      ...{ role: 'ASSISTANT', createdAt: at, responseMs, revision: 1, degraded: true },
      text: answer?.text ?? wordsIn(language).ASSISTANT_NOTHING_FOUND,
      citations: answer?.citations ?? [],
      outcome: answer ? 'ANSWERED' : 'NOTHING_FOUND',
      model: this.knowledge.embedder.model,
      ...(isRated && { rating: isHelpful ? 'HELPFUL' : 'NOT_HELPFUL', resolved: isHelpful }),
    });
  }

  /** What the assistant itself says without a language model. */
  private answer({ ask, slug }: DemoQuestion, language: KnowledgeLanguage) {
    const entry = this.knowledge.entries.find((each) => each.slug === slug && each.language === language);
    if (!entry) throw new Error(`The demo asks about ${slug}, which the shipped knowledge does not have`);
    const source = { title: entry.title, body: entry.body, startsAt: 0, endsAt: entry.body.length };
    const { text, startsAt, endsAt } = extractOf(ask, source, MOST_QUOTED, this.knowledge.embedder);
    return {
      text: `${wordsIn(language).ASSISTANT_FROM_SOURCES}\n\n${text} [1]`,
      citations: [{ number: 1, entryId: shippedId(entry), lessonId: null, title: entry.title, startsAt, endsAt }],
    };
  }

  private handOver(session: DemoSession, day: AskingDay, at: Date): void {
    const createdAt = new Date(at.getTime() + 60_000);
    const takenAt = new Date(createdAt.getTime() + this.random.logNormal(1.5, 0.6) * HOUR_MS);
    const closedAt = new Date(takenAt.getTime() + this.random.integer(5, 40) * 60_000);
    const last = this.rows.messages.at(-1);
    if (last?.role === 'ASSISTANT' && last.resolved === null) last.resolved = false;
    const isWaiting = this.isFresh(at) && this.random.chance(0.7);
    const takenBy = takenAt < this.now && !isWaiting ? day.curator_id : null;
    const isClosed = takenBy !== null && closedAt < this.now;
    this.rows.handOvers.push({
      ...{ id: this.ids.next('hand-over'), sessionId: session.id, studentId: day.student_id, cohortId: day.cohort_id },
      ...{ status: isClosed ? 'CLOSED' : takenBy ? 'TAKEN' : 'OPEN', note: null, createdAt },
      ...{
        takenBy,
        takenAt: takenBy && takenAt,
        closedBy: isClosed ? takenBy : null,
        closedAt: isClosed ? closedAt : null,
      },
    });
    if (!isClosed) return;
    const text = this.random.pick(CURATORS_SAY[session.language]);
    this.add(session, { role: 'CURATOR', authorId: takenBy, text, citations: [], createdAt: closedAt });
  }

  private add(session: DemoSession, message: DemoMessage): void {
    session.lastSequence += 1;
    session.lastMessageAt = message.createdAt;
    this.rows.messages.push({
      ...{ authorId: null, outcome: null, model: null, responseMs: null, rating: null, startCursor: null, revision: 0 },
      ...{ degraded: false, resolved: null, ...message },
      ...{
        id: this.ids.next('assistant message'),
        sessionId: session.id,
        sequence: session.lastSequence,
        status: 'DONE',
      },
    });
  }
}

function wordsIn(language: KnowledgeLanguage): typeof english {
  return language === 'ru' ? russian : english;
}
