/** A map of at most `maxSize` entries: `set` evicts the least recently used one. Bounds process-wide caches. */
export class LruMap<Key, Value> {
	/** Least recently used first: a `Map` iterates in insertion order. */
	private readonly entries = new Map<Key, Value>();

	constructor(private readonly maxSize: number) {}

	/** Counts as a use. */
	get(key: Key): Value | undefined {
		const value = this.entries.get(key);
		if (value !== undefined) this.touch(key, value);
		return value;
	}

	/** The stored value; where there is none, creates and stores one. */
	getOrCreate(key: Key, create: () => Value): Value {
		const stored = this.get(key);
		if (stored !== undefined) return stored;
		const created = create();
		this.set(key, created);
		return created;
	}

	set(key: Key, value: Value): void {
		this.touch(key, value);
		if (this.entries.size <= this.maxSize) return;
		for (const oldest of this.entries.keys()) {
			this.entries.delete(oldest);
			return;
		}
	}

	delete(key: Key): void {
		this.entries.delete(key);
	}

	private touch(key: Key, value: Value): void {
		this.entries.delete(key);
		this.entries.set(key, value);
	}
}
