/** Every way to reach a person but the inbox, which is ours. */
export const outsideChannels = ['EMAIL', 'SMS', 'PUSH', 'TELEGRAM'] as const;
/** @see outsideChannels */
export type OutsideChannel = (typeof outsideChannels)[number];
