/** The id of what an endpoint is owed. */
export function deliveryId(event: string, endpoint: string): string {
  return `${event} ${endpoint}`;
}
