import { randomBytes } from 'crypto';

/** The position of a paged search. */
export interface SearchPosition {
	/** How many objects earlier pages contained. */
	offset: number;
	/** The query and its sort order. */
	query: string;
}

/** The cursors of search. A cursor is valid until it expires, so a page can be requested again. */
export class CursorStore {
	private readonly positions = new Map<string, SearchPosition & { expiresAt: number }>();

	/** Issues a cursor for the next page. */
	issue(position: SearchPosition, lifetimeMs: number): string {
		const now = Date.now();
		for (const [cursor, { expiresAt }] of this.positions) {
			if (expiresAt <= now) this.positions.delete(cursor);
		}
		const cursor = randomBytes(18).toString('base64url');
		this.positions.set(cursor, { ...position, expiresAt: now + lifetimeMs });
		return cursor;
	}

	/** The position of a cursor; undefined when it was never issued or has expired. */
	find(cursor: string): SearchPosition | undefined {
		const position = this.positions.get(cursor);
		return position && position.expiresAt > Date.now() ? position : undefined;
	}

	/** Deletes all cursors. */
	reset(): void {
		this.positions.clear();
	}
}
