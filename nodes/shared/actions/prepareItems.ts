import type { INodeExecutionData } from 'n8n-workflow';
import { sleep } from '../values/sleep';
import type { LeadJob } from './BatchSender';
import { ItemParameters } from '../parameters/ItemParameters';
import type { NodeParameters } from '../parameters/ItemParameters';
import { toError } from '../values/json';
import { RunJournal } from './resume/RunJournal';
import type { Operation } from './operation';
import { InvalidInputError } from '../errors/InvalidInputError';
import type { Failure } from './outcome/outcome';
import type { AccountConfig } from '../transport/vendor';

/** Items read in one go before the other work of the process gets its turn. */
const ITEMS_PER_YIELD = 250;

/**
 * Reads and checks every item; sends nothing.
 * @returns for each item, in order, its parcel or why it cannot be sent
 * @throws the signal's reason when the execution was cancelled
 */
export async function prepareItems<Lead, A extends AccountConfig>(
	operation: Operation<Lead, A>,
	items: INodeExecutionData[],
	source: NodeParameters,
	account: A,
	signal: AbortSignal | undefined,
): Promise<Array<LeadJob<Lead> | Failure>> {
	const prepared: Array<LeadJob<Lead> | Failure> = [];
	for (const [itemIndex, { json }] of items.entries()) {
		if (itemIndex % ITEMS_PER_YIELD === 0) await sleep(0, signal);
		try {
			const lead = operation.parseItem(new ItemParameters(source, itemIndex, json), account);
			const marks = hashes(operation.dedupeKeys?.(lead));
			const parcel: LeadJob<Lead> = {
				itemIndex,
				lead,
				dedupeKeys: marks.length > 0 ? marks : [itselfMark(itemIndex)],
				resendCount: 0,
			};
			if (operation.recordKeys !== undefined) {
				parcel.recordKeys = hashes(operation.recordKeys(lead)).map((target) => `changes ${target}`);
			}
			prepared.push(parcel);
		} catch (error) {
			prepared.push(invalidItem(error));
		}
	}
	return prepared;
}

function hashes(texts: string | readonly string[] | undefined = []): string[] {
	return (typeof texts === 'string' ? [texts] : texts).map((text) => RunJournal.hashKey(text));
}

const itselfMark = (itemIndex: number) => `#${itemIndex}`;

/** Whether a mark is that of an item that stands for itself, which nothing else knows. */
export function isItself(mark: string): boolean {
	return mark.startsWith('#');
}

/** Why an item cannot be sent: a check of ours, or an expression that fails for it. */
export function invalidItem(error: unknown): Failure {
	const failure: Failure = { kind: 'notSent', message: toError(error).message };
	if (error instanceof InvalidInputError && error.description !== undefined) {
		failure.description = error.description;
	}
	return failure;
}
