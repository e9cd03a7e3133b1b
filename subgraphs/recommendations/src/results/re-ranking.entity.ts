import { defineEntity, p } from '@mikro-orm/core';

const ReRankingSchema = defineEntity({
  name: 'ReRanking',
  tableName: 're_rankings',
  indexes: [{ name: 're_rankings_oldest', properties: ['createdAt'] }],
  properties: {
    /** A hash of the model and of all that it was told: another wish, candidate or profile has another key. */
    key: p.text().primary(),
    /** Places in the list that was told, in the order in which the model would have them. */
    places: p.array().columnType('smallint[]').$type<number[]>(),
    createdAt: p.datetime().columnType('timestamptz'),
  },
});

/** What a language model answered, kept so that nobody waits for the same answer twice. Holds nothing about anybody. */
export class ReRanking extends ReRankingSchema.class {}
ReRankingSchema.setClass(ReRanking);
