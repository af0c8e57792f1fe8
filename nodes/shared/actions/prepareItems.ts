import type { INodeExecutionData } from 'n8n-workflow';
import { hasUsedColumn, isEmptyRow } from '../parameters/columns';
import { ItemParameters } from '../parameters/ItemParameters';
import { type NodeParameters } from '../parameters/NodeParameters';
import type { AccountConfig } from '../transport/vendor';
import { sleep } from '../values/sleep';
import { createJob, type LeadJob } from './leadState';
import type { Operation } from './operation';
import { emptyRow, invalidItem } from './outcome/failures';
import type { Outcome } from './outcome/outcome';
import { RunJournal } from './resume/RunJournal';
import { wholeRunError } from './settings';

/** Items parsed in one go before the rest of the process gets its turn. */
const ITEMS_PER_YIELD = 250;

/**
 * Parses every item into its job, or why it is not sent. @throws the signal's reason when cancelled;
 * InvalidOptionError for an option of the whole run that is not understood, or that differs by item
 */
export async function prepareItems<Lead, A extends AccountConfig, Found>(
	operation: Operation<Lead, A, Found>,
	items: readonly INodeExecutionData[],
	parameters: NodeParameters,
	account: A,
	signal: AbortSignal | undefined,
	checkRunOptions: (item: ItemParameters) => void,
): Promise<Array<LeadJob<Lead> | Outcome>> {
	const prepared: Array<LeadJob<Lead> | Outcome> = [];
	const journalKeys = new JournalKeys();
	const { usedColumns } = parameters;
	let hasColumns: boolean | undefined;
	const isList = () => (hasColumns ??= items.some(({ json }) => hasUsedColumn(json, usedColumns)));
	for (const [itemIndex, { json }] of items.entries()) {
		if (itemIndex % ITEMS_PER_YIELD === 0) await sleep(0, signal);
		try {
			const item = new ItemParameters(parameters, itemIndex, json);
			item.checkOptions();
			checkRunOptions(item);
			const lead = operation.parseItem(item, account);
			const dedupeKeys = hashes(operation.dedupeKeys?.(lead).map(({ identity }) => identity));
			const recordKeys = hashes(operation.recordKeys?.(lead));
			const journalKey = journalKeys.next(itemIndex, dedupeKeys);
			prepared.push(createJob({ itemIndex, lead, dedupeKeys, recordKeys, journalKey }));
		} catch (error) {
			const ofRun = wholeRunError(error, itemIndex);
			if (ofRun !== undefined) throw ofRun;
			const isEmpty = isEmptyRow(json, usedColumns, isList);
			prepared.push(isEmpty ? emptyRow : invalidItem(error));
		}
	}
	return prepared;
}

/**
 * Gives each item a journal key of its own: by all its dedupe keys together, because an item that shares only some of
 * them is another lead; numbered where several items have the same.
 */
class JournalKeys {
	private readonly counts = new Map<string, number>();

	next(itemIndex: number, dedupeKeys: readonly string[]): string {
		const [only] = dedupeKeys;
		if (only === undefined) return `#${itemIndex}`;
		const key = dedupeKeys.length === 1 ? only : RunJournal.hashKey([...dedupeKeys].sort().join());
		const count = this.counts.get(key) ?? 0;
		this.counts.set(key, count + 1);
		return count === 0 ? key : `${key}|${count}`;
	}
}

const NO_KEYS: readonly string[] = [];

function hashes(identities: string | readonly string[] | undefined): readonly string[] {
	if (identities === undefined || identities.length === 0) return NO_KEYS;
	return (typeof identities === 'string' ? [identities] : identities).map((identity) =>
		RunJournal.hashKey(identity),
	);
}
