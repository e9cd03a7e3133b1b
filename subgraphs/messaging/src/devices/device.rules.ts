/** Where an app runs that takes pushes. */
export const devicePlatforms = ['ANDROID', 'IOS', 'WEB'] as const;
/** ANDROID and IOS by Firebase, WEB by the browser's own service (Web Push). */
export type DevicePlatform = (typeof devicePlatforms)[number];
