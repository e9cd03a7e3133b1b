/** Where the delivery of a notification on one channel stands. */
export const deliveryStatuses = ['QUEUED', 'SENT', 'DELIVERED', 'FAILED', 'SUPPRESSED'] as const;
/** QUEUED waits or is tried again; SENT was taken over; DELIVERED by the provider's word; the other two never arrive. */
export type DeliveryStatus = (typeof deliveryStatuses)[number];

/** When messages of a channel are sent that can wait. */
export const digestModes = ['NONE', 'HOURLY', 'MORNING'] as const;
/** NONE: at once; HOURLY: together, an hour after the first; MORNING: together, at eight of the person's clock. */
export type DigestMode = (typeof digestModes)[number];
