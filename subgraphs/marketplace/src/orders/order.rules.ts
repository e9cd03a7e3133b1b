/** Where an order stands. */
export const orderStatuses = ['OPEN', 'MATCHED', 'CLOSED'] as const;
/** @see orderStatuses */
export type OrderStatus = (typeof orderStatuses)[number];

/** From which status an order may go to which. */
const orderTransitions: Readonly<Record<OrderStatus, readonly OrderStatus[]>> = {
  OPEN: ['MATCHED', 'CLOSED'],
  MATCHED: [],
  CLOSED: [],
};

/** May an order go from one status to another? */
export function mayOrderBecome(from: OrderStatus, to: OrderStatus): boolean {
  return orderTransitions[from].includes(to);
}

/** May lessons be like this? Those in person need a city. */
export function hasPlace(wanted: { format: string; city?: string | null }): boolean {
  return wanted.format === 'ONLINE' || Boolean(wanted.city);
}
