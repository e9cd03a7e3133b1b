import { defineEntity, p } from '@mikro-orm/core';
import { roles } from '@tutorgraph/kit/viewer/viewer';
import { User } from '../users/user.entity.js';

const ActiveDaySchema = defineEntity({
  name: 'ActiveDay',
  tableName: 'active_days',
  primaryKeys: ['userId', 'day'],
  indexes: [{ name: 'active_days_by_day', properties: ['day', 'role', 'userId'] }],
  properties: {
    userId: () => p.manyToOne(User).mapToPk().fieldName('user_id').deleteRule('cascade').primary(),
    /** In UTC. */
    day: p.date().primary(),
    /** What the person was on that day. */
    role: p.enum(roles).$type<(typeof roles)[number]>(),
  },
});

/** A day on which somebody signed in or went on with their session. */
export class ActiveDay extends ActiveDaySchema.class {}
ActiveDaySchema.setClass(ActiveDay);
