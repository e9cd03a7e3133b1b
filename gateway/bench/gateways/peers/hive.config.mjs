/** Hive Gateway as it comes, but for sharing between requests: identical ones in flight are sent each by itself. */
export const gatewayConfig = {
  transportEntries: { '*.http': { options: { deduplicateInflightRequests: false } } },
};
