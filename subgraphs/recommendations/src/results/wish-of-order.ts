import type { MarketOrder } from '../market/market.entity.js';
import type { Wish } from '../ranking/wish.js';
import { styleOfText } from './style.rules.js';

/** What a student looks for who wrote this order. */
export function wishOfOrder(order: MarketOrder): Wish {
  const text = [order.title, order.goal, order.description].filter(Boolean).join('\n');
  return {
    orderId: order.id,
    studentId: order.studentId,
    subjectId: order.subjectId,
    level: order.level,
    format: order.format,
    city: order.format === 'ONLINE' ? null : (order.city ?? null),
    languages: order.languages,
    languagesAreAsked: false,
    budgetMinor: order.budgetMinor ?? null,
    currency: order.currency ?? null,
    hours: order.hours ?? null,
    style: styleOfText(text),
    urgency: null,
    text,
  };
}
