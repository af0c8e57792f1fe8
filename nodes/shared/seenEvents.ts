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

	constructor(
		private readonly most: number,
		stored: unknown = '',
	) {
		this.adopt(stored);
	}

	/** Whether the next new event makes it forget the oldest. */
	get isFull(): boolean {
		return this.marks.size >= this.most;
	}

	has(id: string): boolean {
		return this.marks.has(markOf(id));
	}

	/** Remembers an event, and forgets the oldest when there are too many. */
	add(id: string): void {
		this.marks.add(markOf(id));
		this.trim();
	}

	/** For an event that did not start the workflow after all: the vendor will send it again. */
	forget(id: string): void {
		this.marks.delete(markOf(id));
	}

	/** Takes in what another process, or this one before a restart, has stored; as older than our own. */
	adopt(stored: unknown): void {
		if (typeof stored !== 'string') return;
		const marks: string[] = [];
		for (let at = 0; at + markLength <= stored.length; at += markLength) {
			marks.push(stored.slice(at, at + markLength));
		}
		if (marks.every((mark) => this.marks.has(mark))) return;
		this.marks = new Set([...marks.filter((mark) => !this.marks.has(mark)), ...this.marks]);
		this.trim();
	}

	/** All marks in one text, the oldest first: the cheapest thing that n8n can store. */
	toJSON(): string {
		return [...this.marks].join('');
	}

	private trim(): void {
		for (const mark of this.marks) {
			if (this.marks.size <= this.most) return;
			this.marks.delete(mark);
		}
	}
}
