import { createHash } from 'crypto';

/** Characters of a hash, 64 bits: among 20,000 hashes, a new event looks like an old one once in 10^11. */
const HASH_LENGTH = 11;

/** Truncated hash of an event ID, which reveals nothing of the event. */
export function hashEventId(id: string): string {
	return createHash('sha256').update(id).digest('base64url').slice(0, HASH_LENGTH);
}

/** The latest events, as hashes, so that none starts the workflow twice. Bounded. */
export class SeenEvents {
	/** The oldest first. */
	private readonly hashes = new Set<string>();
	/** Events that are about to start the workflow, by hash; each with a check for the end of the attempt. */
	private readonly pending = new Map<string, () => boolean>();

	/** @param max events in memory; `maxStored`: the newest ones, in `toJSON`; `stored`: what `toJSON` returned */
	constructor(
		private readonly max: number,
		stored: unknown = '',
		private readonly maxStored = max,
	) {
		this.merge(stored);
	}

	get size(): number {
		return this.hashes.size;
	}

	has(id: string): boolean {
		return this.hashes.has(hashEventId(id));
	}

	/** True while an event is about to start the workflow, and it is not certain yet that it will. */
	isPending(id: string): boolean {
		const hash = hashEventId(id);
		if (this.pending.get(hash)?.() === true) this.pending.delete(hash);
		return this.pending.has(hash);
	}

	/** Marks an event as pending until it is added or released, or `isOver` is true. Not stored. */
	markPending(id: string, isOver: () => boolean): void {
		this.pending.set(hashEventId(id), isOver);
		dropOldest(this.pending, this.maxStored);
	}

	/** Adds an event as the newest; drops the oldest when there are too many. */
	add(id: string): void {
		const hash = hashEventId(id);
		this.pending.delete(hash);
		this.hashes.delete(hash);
		this.hashes.add(hash);
		dropOldest(this.hashes, this.max);
	}

	/** Drops all but the newest `max` events. */
	truncate(max: number): void {
		dropOldest(this.hashes, max);
	}

	/** A pending event did not start the workflow: the vendor's next delivery may. */
	release(id: string): void {
		this.pending.delete(hashEventId(id));
	}

	/** Adds stored events. Unknown ones count as the newest, so that they are neither dropped first nor left out. */
	merge(stored: unknown): void {
		if (typeof stored !== 'string') return;
		for (let at = 0; at + HASH_LENGTH <= stored.length; at += HASH_LENGTH) {
			this.hashes.add(stored.slice(at, at + HASH_LENGTH));
		}
		dropOldest(this.hashes, this.max);
	}

	/** The newest hashes in one text, the oldest first: the shortest form n8n can store. */
	toJSON(): string {
		return [...this.hashes].slice(-this.maxStored).join('');
	}
}

/** Deletes the first entries, which are the oldest, until at most `max` are left. */
function dropOldest(entries: Set<string> | Map<string, unknown>, max: number): void {
	for (const key of entries.keys()) {
		if (entries.size <= max) return;
		entries.delete(key);
	}
}
