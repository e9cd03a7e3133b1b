import { setTimeout as delay } from 'node:timers/promises';
import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import { defineJob, type JobDefinition, type JobRun } from '@tutorgraph/kit/jobs/job';
import { OutsideError } from '@tutorgraph/kit/outside/outside-error';
import { z } from 'zod';
import { exchangeFinished } from '../events.js';
import { applyPlan } from './apply-plan.js';
import { findExchange, knownSchool, noteChanges } from './exchange.repository.js';
import { type LearnerPlan, planExchange, readLearners } from './exchange.rules.js';
import { GetCourseExchange, GetCourseLink } from './getcourse.entity.js';
import type { ExportedRow, GetCourseClient } from './getcourse-client.js';

const RETRIES = 8;
const MINUTES = 15;

/** @see exchangeStudentsJob */
export const ofExchange = z.object({ exchangeId: z.uuid() });
/** @see exchangeStudentsJob */
export type ExchangeStudentsJob = JobDefinition<typeof ofExchange>;

/** Fetches students and progress from GetCourse; what a killed process had ordered is fetched by the next. */
export function exchangeStudentsJob(
  em: EntityManager,
  client: GetCourseClient | undefined,
  pollMs: number,
): ExchangeStudentsJob {
  return defineJob({
    name: 'exchange-students',
    description: 'Fetches students and progress from GetCourse.',
    payload: ofExchange,
    retries: RETRIES,
    retryDelaySeconds: 60,
    timeoutSeconds: MINUTES * 60,
    handler: async ({ exchangeId }, run) => {
      const exchange = await findExchange(em.fork(), exchangeId);
      if (!exchange || exchange.finishedAt) return;
      try {
        if (!client) throw new OutsideError('GetCourse', 'CREDENTIALS', { detail: 'NOT_CONFIGURED' });
        await new Exchange(em, client, exchange, run, pollMs).run();
      } catch (error) {
        if (!(error instanceof OutsideError)) throw error;
        run.logger.warn({ exchangeId, attempt: run.attempt, reason: error.message }, 'GetCourse did not answer');
        if (error.isTemporary && run.attempt <= RETRIES) throw error;
        await finish(em, exchangeId, error.facts.detail ?? error.reason);
      }
    },
  });
}

/** One run of an exchange. */
class Exchange {
  constructor(
    private readonly em: EntityManager,
    private readonly client: GetCourseClient,
    private readonly exchange: GetCourseExchange,
    private readonly job: JobRun,
    private readonly pollMs: number,
  ) {}

  async run(): Promise<void> {
    const { id } = this.exchange;
    await this.em.fork().nativeUpdate(GetCourseExchange, { id, finishedAt: null }, { status: 'RUNNING' });
    const links = await this.em.fork().find(GetCourseLink, {}, { orderBy: { createdAt: 'asc', id: 'asc' } });
    const users = await this.fetch('users', () => this.client.orderUsers());
    const memberships = new Map<string, Set<string>>();
    for (const link of links) {
      const rows = await this.fetch(link.groupId, () => this.client.orderGroup(link.groupId));
      memberships.set(link.id, new Set(readLearners(rows).map(({ externalId }) => externalId)));
    }
    const learners = readLearners(users);
    const school = await knownSchool(
      this.em.fork(),
      learners,
      links.map(({ courseId }) => courseId),
    );
    const plain = links.map(({ id: linkId, groupId, courseId, cohortId, progressField }) => {
      return { id: linkId, groupId, courseId, cohortId: cohortId ?? null, progressField: progressField ?? null };
    });
    await this.carryOut(planExchange(learners, memberships, plain, school));
    await finish(this.em, id, null);
  }

  private async carryOut(plans: readonly LearnerPlan[]): Promise<void> {
    const { id, isDryRun } = this.exchange;
    if (isDryRun) {
      await transaction(this.em.fork(), async (tx) => {
        const changes = plans.flatMap((plan) => plan.changes);
        // A run before this one may have noted them.
        if ((await tx.findOneOrFail(GetCourseExchange, { id })).changeCount === 0) await noteChanges(tx, id, changes);
      });
      return;
    }
    for (const plan of plans) {
      this.job.signal.throwIfAborted();
      if (await applyPlan(this.em.fork(), id, plan, new Date())) continue;
      const { externalId } = plan.learner;
      await transaction(this.em.fork(), (tx) =>
        noteChanges(tx, id, [{ kind: 'LEAVE_OUT', externalId, reason: 'PLACE_TAKEN' }]),
      );
    }
  }

  /** An export: ordered once, also when the process dies meanwhile, and fetched when it is there. */
  private async fetch(what: 'users' | (string & {}), order: () => Promise<string>): Promise<ExportedRow[]> {
    const exportId = (await this.ordered(what)) ?? (await this.remember(what, await order()));
    for (;;) {
      this.job.signal.throwIfAborted();
      const rows = await this.client.fetchExport(exportId);
      if (rows) return rows;
      await delay(this.pollMs, undefined, { signal: this.job.signal });
    }
  }

  private async ordered(what: string): Promise<string | undefined> {
    const { exports } = await this.em.fork().findOneOrFail(GetCourseExchange, { id: this.exchange.id });
    return what === 'users' ? exports.users : exports.groups?.[what];
  }

  private async remember(what: string, exportId: string): Promise<string> {
    return transaction(this.em.fork(), async (tx) => {
      const exchange = await tx.findOneOrFail(GetCourseExchange, { id: this.exchange.id });
      const { exports } = exchange;
      exchange.exports =
        what === 'users'
          ? { ...exports, users: exportId }
          : { ...exports, groups: { ...exports.groups, [what]: exportId } };
      await tx.flush();
      return exportId;
    });
  }
}

async function finish(em: EntityManager, exchangeId: string, failure: string | null): Promise<void> {
  await transaction(em.fork(), async (tx) => {
    const status = failure === null ? 'SUCCEEDED' : 'FAILED';
    const ended = await tx.nativeUpdate(
      GetCourseExchange,
      { id: exchangeId, finishedAt: null },
      { status, failure, finishedAt: new Date() },
    );
    if (ended === 0) return;
    recordEvent(tx, exchangeFinished.create({ subject: exchangeId, data: { succeeded: failure === null } }));
  });
}
