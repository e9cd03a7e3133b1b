import type { RequiredEntityData } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { silentLogger } from '@tutorgraph/kit/telemetry/logger';
import { openGenerousRateLimiter } from '@tutorgraph/kit/testing/generous-limits';
import { startTestGraph, type TestGraph, type TestResult } from '@tutorgraph/kit/testing/graph';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { MarketReview, MarketTutor } from '../src/market/market.entity.js';

/** The room with accounts beside it, and rows straight in its database. */
export class PlantedMarket {
  private constructor(readonly graph: TestGraph) {}

  /** @param settings of the room, besides those that every test has */
  static async open(settings: Record<string, string> = {}): Promise<PlantedMarket> {
    return new PlantedMarket(
      await startTestGraph(['accounts', 'recommendations'], undefined, settings, openGenerousRateLimiter),
    );
  }

  close(): Promise<void> {
    return this.graph.close();
  }

  /** A fresh view of the database. */
  get em(): EntityManager {
    const room = this.graph.rooms.get('recommendations');
    if (!room) throw new Error('The room was not started');
    return room.orm.em.fork();
  }

  ask(query: string, variables: object = {}, person?: TestPerson): Promise<TestResult> {
    return this.graph.run('recommendations', query, variables, person);
  }

  async runJob(name: string, payload: object = {}): Promise<void> {
    const job = this.graph.rooms.get('recommendations')?.parts.jobs?.find((one) => one.name === name);
    if (!job) throw new Error(`The room has no job ${name}`);
    const { signal } = new AbortController();
    await job.handler(payload, { id: newId(), attempt: 1, signal, logger: silentLogger });
  }

  async tutor(more: Partial<RequiredEntityData<MarketTutor>> = {}): Promise<string> {
    const em = this.em;
    const at = new Date('2026-01-01T00:00:00Z');
    const { id } = em.create(MarketTutor, {
      id: newId(),
      userId: newId(),
      hidden: false,
      currency: 'RUB',
      city: null,
      languages: ['ru'],
      formats: ['ONLINE'],
      experienceYears: 3,
      premium: false,
      verified: true,
      headline: 'Математика',
      biography: null,
      hours: null,
      createdAt: at,
      changedAt: at,
      lastActiveAt: at,
      ...more,
    });
    await em.flush();
    return id;
  }

  async review(tutorId: string, text: string, rating = 5): Promise<string> {
    const em = this.em;
    const { id } = em.create(MarketReview, {
      id: newId(),
      tutorId,
      subjectId: newId(),
      authorId: newId(),
      rating,
      text,
      createdAt: new Date(),
    });
    await em.flush();
    return id;
  }
}
