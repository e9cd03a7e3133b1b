import { readFile } from 'node:fs/promises';
import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { RiskModelRow } from './risk.entity.js';
import { type RiskModel, riskModelSchema } from './risk-model.js';
import type { Retrained } from './risk-retraining.js';

const SHIPPED = new URL('../../data/risk-model.json', import.meta.url);

/** The model that scores now. */
export interface RunningModel {
  /** Null for the one that comes with the program. */
  id: string | null;
  model: RiskModel;
}

/** Models of risk: the one that comes with the program, until one of the school's own is better. */
export class RiskModels {
  #shipped: Promise<RiskModel> | undefined;
  #last: RunningModel | undefined;

  /** The model that scores now. One that a newer version of the program cannot read is passed over. */
  async running(em: EntityManager): Promise<RunningModel> {
    const row = await em.findOne(RiskModelRow, { status: 'RUNNING' }, { fields: ['id'] });
    if (row && this.#last?.id === row.id) return this.#last;
    const whole = row && (await em.findOne(RiskModelRow, { id: row.id }, { populate: ['model'] }));
    const parsed = riskModelSchema.safeParse(whole?.model);
    this.#last =
      whole && parsed.success ? { id: whole.id, model: parsed.data } : { id: null, model: await this.shipped() };
    return this.#last;
  }

  /** The model that comes with the program. */
  shipped(): Promise<RiskModel> {
    this.#shipped ??= readFile(SHIPPED, 'utf8').then((text) => riskModelSchema.parse(JSON.parse(text)));
    return this.#shipped;
  }

  /** Keeps what was trained; it scores from now on if it was better. In a transaction. */
  async keep(
    tx: EntityManager,
    { model, heldOut, isBetter }: Extract<Retrained, { kind: 'TRAINED' }>,
    { id, by, at }: { id: string; by: string | null; at: Date },
  ): Promise<RiskModelRow> {
    if (isBetter) await this.dismiss(tx);
    const row = tx.create(RiskModelRow, {
      id,
      status: isBetter ? 'RUNNING' : 'REJECTED',
      model,
      figures: heldOut.candidate,
      comparedWith: heldOut.running,
      trainedAt: at,
      trainedBy: by,
    });
    await tx.flush();
    return row;
  }

  /** Puts the model that scores now aside; the one that comes with the program does from then on. @returns its id */
  async dismiss(tx: EntityManager): Promise<string | null> {
    const row = await tx.findOne(RiskModelRow, { status: 'RUNNING' }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!row) return null;
    row.status = 'REPLACED';
    await tx.flush();
    return row.id;
  }
}
