import type {
	DeduplicationItemTypes,
	DeduplicationScope,
	ICheckProcessedContextData,
	ICheckProcessedOptions,
	IDataDeduplicator,
	IDeduplicationOutput,
} from 'n8n-workflow';

type Values = DeduplicationItemTypes[];

/**
 * n8n's store of processed values without its database: a list for each workflow or node, read,
 * changed and written back as n8n does, the oldest forgotten beyond the maximum.
 */
export class ProcessedStore implements IDataDeduplicator {
	private lists = new Map<string, Values>();
	/** How often the store was read. */
	calls = 0;
	/** Thrown by the next removals, as when the process dies before it gets there. */
	diesBeforeRemoving = false;
	/** Thrown whenever values are recorded, as for a workflow that n8n has not stored. */
	failsToRecord = false;
	/** Forgets the oldest beyond fewer values than asked for, as if there were many more. */
	limit = Infinity;
	/** Between reading and writing, as when another worker is at it too. */
	meanwhile: (() => Promise<void>) | undefined;

	async checkProcessedAndRecord(
		items: Values,
		scope: DeduplicationScope,
		context: ICheckProcessedContextData,
		{ maxEntries }: ICheckProcessedOptions,
	): Promise<IDeduplicationOutput> {
		if (this.failsToRecord) throw new Error('FOREIGN KEY constraint failed');
		const key = keyOf(scope, context);
		const list = await this.read(key);
		const there = new Set(list);
		const isNew = (item: DeduplicationItemTypes) => !there.has(item);
		list.push(...items.filter(isNew));
		const limit = Math.min(maxEntries ?? Infinity, this.limit);
		if (list.length > limit) list.splice(0, list.length - limit);
		this.lists.set(key, list);
		return { new: items.filter(isNew), processed: items.filter((item) => there.has(item)) };
	}

	async removeProcessed(
		items: Values,
		scope: DeduplicationScope,
		context: ICheckProcessedContextData,
	): Promise<void> {
		if (this.diesBeforeRemoving) throw new Error('The process died');
		const key = keyOf(scope, context);
		const gone = new Set(items);
		const list = await this.read(key);
		this.lists.set(
			key,
			list.filter((item) => !gone.has(item)),
		);
	}

	async clearAllProcessedItems(
		scope: DeduplicationScope,
		context: ICheckProcessedContextData,
	): Promise<void> {
		this.lists.delete(keyOf(scope, context));
	}

	async getProcessedDataCount(
		scope: DeduplicationScope,
		context: ICheckProcessedContextData,
	): Promise<number> {
		return this.lists.get(keyOf(scope, context))?.length ?? 0;
	}

	/** Drops the oldest value of each list, as n8n does when it has too many. */
	dropOldest(): void {
		for (const list of this.lists.values()) list.shift();
	}

	/** All values, of all lists. */
	values(): Values {
		return [...this.lists.values()].flat();
	}

	reset(): void {
		this.lists.clear();
		this.calls = 0;
		this.diesBeforeRemoving = false;
		this.failsToRecord = false;
		this.limit = Infinity;
		this.meanwhile = undefined;
	}

	private async read(key: string): Promise<Values> {
		this.calls += 1;
		const read = [...(this.lists.get(key) ?? [])];
		const { meanwhile } = this;
		this.meanwhile = undefined;
		await meanwhile?.();
		return read;
	}
}

function keyOf(scope: DeduplicationScope, { workflow, node }: ICheckProcessedContextData): string {
	return scope === 'node' ? `${workflow.id} ${node?.id ?? ''}` : workflow.id;
}
