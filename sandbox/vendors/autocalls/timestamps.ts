/**
 * A time of a lead or a campaign, without a zone. ASSUMED (the timezone of times without a zone):
 * UTC. Confirmed by the created_at of a new lead.
 */
export function timestamp(at: number): string {
	return new Date(at).toISOString().slice(0, 19).replace('T', ' ');
}

/** A time of an assistant or a call: ISO 8601 with microseconds, in UTC. */
export function isoTimestamp(at: number): string {
	return new Date(at).toISOString().replace('Z', '000Z');
}
