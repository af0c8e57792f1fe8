import type { INodeExecutionData } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';
import type { Parcel } from './BatchSender';
import { ItemReader } from '../parameters/ItemParameters';
import type { ParameterSource } from '../parameters/ItemParameters';
import { asError } from '../values/json';
import { Ledger } from './resume/RunJournal';
import type { LeadOperation } from './operation';
import { InvalidLead } from './outcome/outcome';
import type { Failure } from './outcome/outcome';
import type { Account } from '../transport/vendor';

/** Items read in one go before the other work of the process gets its turn. */
const itemsBetweenBreaths = 250;

/**
 * Reads and checks every item; sends nothing.
 * @returns for each item, in order, its parcel or why it cannot be sent
 * @throws the signal's reason when the execution was cancelled
 */
export async function prepareItems<Lead, A extends Account>(
	operation: LeadOperation<Lead, A>,
	items: INodeExecutionData[],
	source: ParameterSource,
	account: A,
	signal: AbortSignal | undefined,
): Promise<Array<Parcel<Lead> | Failure>> {
	const prepared: Array<Parcel<Lead> | Failure> = [];
	for (const [itemIndex, { json }] of items.entries()) {
		if (itemIndex % itemsBetweenBreaths === 0) await sleep(0, signal);
		try {
			const lead = operation.prepare(new ItemReader(source, itemIndex, json), account);
			const marks = hashes(operation.identity?.(lead));
			const parcel: Parcel<Lead> = {
				itemIndex,
				lead,
				marks: marks.length > 0 ? marks : [itselfMark(itemIndex)],
				resent: 0,
			};
			if (operation.target !== undefined) {
				parcel.targets = hashes(operation.target(lead)).map((target) => `changes ${target}`);
			}
			prepared.push(parcel);
		} catch (error) {
			prepared.push(notPrepared(error));
		}
	}
	return prepared;
}

function hashes(texts: string | readonly string[] | undefined = []): string[] {
	return (typeof texts === 'string' ? [texts] : texts).map((text) => Ledger.keyOf(text));
}

const itselfMark = (itemIndex: number) => `#${itemIndex}`;

/** Whether a mark is that of an item that stands for itself, which nothing else knows. */
export function isItself(mark: string): boolean {
	return mark.startsWith('#');
}

/** Why an item cannot be sent: a check of ours, or an expression that fails for it. */
export function notPrepared(error: unknown): Failure {
	const failure: Failure = { kind: 'notSent', message: asError(error).message };
	if (error instanceof InvalidLead && error.description !== undefined) {
		failure.description = error.description;
	}
	return failure;
}
