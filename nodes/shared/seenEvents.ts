import { createHash } from 'crypto';

/** 64 bits of a hash: among 20,000 marks a chance of one in a hundred billion that a new event looks old. */
const markLength = 11;

/** What stands for an event: short, and nothing of the event can be read from it. */
export function markOf(id: string): string {
	return createHash('sha256').update(id).digest('base64url').slice(0, markLength);
}

/** The last events, by mark, so that none starts the workflow twice. Holds so many and no more. */
export class SeenEvents {
	private marks = new Set<string>();
	/** Marks that may be stored already, but of events that did not start the workflow. */
	private readonly forgotten = new Set<string>();

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
		this.adopt(stored);
	}

	has(id: string): boolean {
		return this.marks.has(markOf(id));
	}

	/** Remembers an event, and forgets the oldest when there are too many. */
	add(id: string): void {
		const mark = markOf(id);
		this.forgotten.delete(mark);
		this.marks.add(mark);
		trim(this.marks, this.most);
	}

	/**
	 * For an event that did not start the workflow after all: the vendor will send it again. Another
	 * webhook may have stored it meanwhile, so it is not adopted either.
	 */
	forget(id: string): void {
		const mark = markOf(id);
		this.marks.delete(mark);
		this.forgotten.add(mark);
		trim(this.forgotten, this.mostStored);
	}

	/** Takes in what another process, or this one before a restart, has stored; as older than our own. */
	adopt(stored: unknown): void {
		if (typeof stored !== 'string') return;
		const marks: string[] = [];
		for (let at = 0; at + markLength <= stored.length; at += markLength) {
			const mark = stored.slice(at, at + markLength);
			if (!this.marks.has(mark) && !this.forgotten.has(mark)) marks.push(mark);
		}
		if (marks.length === 0) return;
		this.marks = new Set([...marks, ...this.marks]);
		trim(this.marks, this.most);
	}

	/** The newest marks in one text, the oldest first: the cheapest thing that n8n can store. */
	toJSON(): string {
		return [...this.marks].slice(-this.mostStored).join('');
	}
}

/** Lets go of the first, which are the oldest, until no more than `most` are left. */
function trim(marks: Set<string>, most: number): void {
	for (const mark of marks) {
		if (marks.size <= most) return;
		marks.delete(mark);
	}
}
