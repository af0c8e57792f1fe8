import { createHash } from 'crypto';

/** 64 bits of a hash: among 20,000 marks a chance of one in a hundred billion that a new event looks old. */
const HASH_LENGTH = 11;

/** What stands for an event: short, and nothing of the event can be read from it. */
export function hashEventId(id: string): string {
	return createHash('sha256').update(id).digest('base64url').slice(0, HASH_LENGTH);
}

/** The last events, by mark, so that none starts the workflow twice. Holds so many and no more. */
export class SeenEvents {
	private readonly marks = new Set<string>();
	/** Events under way, by mark, each with what tells whether the attempt to start it is over. */
	private readonly pending = new Map<string, () => boolean>();

	/**
	 * @param most how many are held
	 * @param stored what `toJSON` gave
	 * @param mostStored how many of them, the newest, are stored
	 */
	constructor(
		private readonly most: number,
		stored: unknown = '',
		private readonly mostStored = most,
	) {
		this.merge(stored);
	}

	/** How many are remembered. */
	get size(): number {
		return this.marks.size;
	}

	has(id: string): boolean {
		return this.marks.has(hashEventId(id));
	}

	/** Whether an event is about to start the workflow, and nobody knows yet if it will. */
	isPending(id: string): boolean {
		const mark = hashEventId(id);
		if (this.pending.get(mark)?.() === true) this.pending.delete(mark);
		return this.pending.has(mark);
	}

	/**
	 * An event is under way: pending, and stored by nobody, until it is added. If that never comes, it
	 * is new again once it is forgotten, or once `isOver` says that the attempt has ended.
	 */
	markPending(id: string, isOver: () => boolean): void {
		this.pending.set(hashEventId(id), isOver);
		trim(this.pending, this.mostStored);
	}

	/** Remembers an event as the newest, and forgets the oldest when there are too many. */
	add(id: string): void {
		const mark = hashEventId(id);
		this.pending.delete(mark);
		this.marks.delete(mark);
		this.marks.add(mark);
		trim(this.marks, this.most);
	}

	/** Forgets all but so many, the newest. */
	truncate(most: number): void {
		trim(this.marks, most);
	}

	/** For an event that was under way and did not start the workflow: the vendor will send it again. */
	release(id: string): void {
		this.pending.delete(hashEventId(id));
	}

	/**
	 * Takes in what another process, or this one before a restart, has stored; what is not known yet as
	 * newer than our own, so that it is neither let go of first nor left out when this is stored.
	 */
	merge(stored: unknown): void {
		if (typeof stored !== 'string') return;
		for (let at = 0; at + HASH_LENGTH <= stored.length; at += HASH_LENGTH) {
			this.marks.add(stored.slice(at, at + HASH_LENGTH));
		}
		trim(this.marks, this.most);
	}

	/** The newest marks in one text, the oldest first: the cheapest thing that n8n can store. */
	toJSON(): string {
		return [...this.marks].slice(-this.mostStored).join('');
	}
}

/** Lets go of the first, which are the oldest, until no more than `most` are left. */
function trim(marks: Set<string> | Map<string, unknown>, most: number): void {
	for (const mark of marks.keys()) {
		if (marks.size <= most) return;
		marks.delete(mark);
	}
}
