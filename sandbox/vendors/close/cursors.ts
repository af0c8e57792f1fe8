import { randomBytes } from 'crypto';

export interface Walk {
	/** How many objects the walk has given out. */
	given: number;
	/** The query the walk is of. */
	query: string;
}

/** The cursors search gave out. An old one stays good until its time is over, so a page can be asked for again. */
export class CursorStore {
	private readonly walks = new Map<string, Walk & { expiresAt: number }>();

	/** Gives out a cursor for the next page. */
	issue(walk: Walk, lifetimeMs: number): string {
		const now = Date.now();
		for (const [cursor, { expiresAt }] of this.walks) {
			if (expiresAt <= now) this.walks.delete(cursor);
		}
		const cursor = randomBytes(18).toString('base64url');
		this.walks.set(cursor, { ...walk, expiresAt: now + lifetimeMs });
		return cursor;
	}

	/** The walk of a cursor; undefined when it was never given out, or its time is over. */
	find(cursor: string): Walk | undefined {
		const walk = this.walks.get(cursor);
		return walk && walk.expiresAt > Date.now() ? walk : undefined;
	}

	/** Forgets all cursors. */
	reset(): void {
		this.walks.clear();
	}
}
