import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { JsonObject } from '../../values/json';

/** What became of an item that needs nobody's attention. */
export type SuccessKind =
	| 'created'
	| 'updated'
	| 'duplicate'
	| 'disabled'
	| 'deleted'
	| 'found'
	| 'notFound'
	| 'preview';

/**
 * What became of an item that went wrong: `notSent` the vendor never took it, `refused` the vendor
 * said no to it, `unknown` it was sent and nobody can say whether the vendor took it.
 */
export type FailureKind = 'notSent' | 'refused' | 'unknown';

export interface Success {
	kind: SuccessKind;
	/** The fields of the output item; a list where one input item yields many (Get Many). */
	data: IDataObject | IDataObject[];
}

export interface Failure {
	kind: FailureKind;
	/** What happened, in words for the person in front of the canvas. */
	message: string;
	/** How to get unstuck. */
	description?: string;
	httpCode?: number;
	/** What the vendor said, shortened and without secrets. */
	vendorMessage?: string;
	/** The vendor says that the same lead may go through on another try. */
	retryable?: boolean;
}

export type Outcome = Success | Failure;

export function isFailure(outcome: Outcome): outcome is Failure {
	return outcome.kind === 'notSent' || outcome.kind === 'refused' || outcome.kind === 'unknown';
}

/**
 * The items that leave the node for one input item.
 *
 * n8n sends an item down the error branch only if its json holds nothing but `error`, `message` and
 * `details`, and merges the input item's columns into it there; and it reruns a node whose first
 * item carries a top-level `error`. So a failure carries just those keys, a success never `error`.
 */
export function toItems(outcome: Outcome, itemIndex: number): INodeExecutionData[] {
	const pairedItem = { item: itemIndex };
	if (isFailure(outcome)) {
		const { kind, message, description, httpCode, vendorMessage } = outcome;
		const details: IDataObject = { outcome: kind, itemIndex };
		if (description !== undefined) details.description = description;
		if (httpCode !== undefined) details.httpCode = httpCode;
		if (vendorMessage !== undefined) details.vendorMessage = vendorMessage;
		return [{ json: { error: message, details }, pairedItem }];
	}
	const records = Array.isArray(outcome.data) ? outcome.data : [outcome.data];
	return records.map(({ error, ...data }) => {
		// First, so that it is the first column of n8n's table; the data cannot change it.
		const json: IDataObject = { outcome: outcome.kind, ...data };
		json.outcome = outcome.kind;
		if (error !== undefined) json.vendorError = error;
		return { json, pairedItem };
	});
}

const OUTCOME_LABELS: Array<[Outcome['kind'], (count: number) => string]> = [
	['preview', (n) => `nothing was sent: ${n} previewed`],
	['created', (n) => `${n} created`],
	['updated', (n) => `${n} updated`],
	['duplicate', (n) => `${n} ${n === 1 ? 'duplicate' : 'duplicates'}`],
	['disabled', (n) => `${n} disabled`],
	['deleted', (n) => `${n} deleted`],
	['found', (n) => `${n} found`],
	['notFound', (n) => `${n} not found`],
	['refused', (n) => `${n} refused`],
	['notSent', (n) => `${n} not sent`],
	['unknown', (n) => `${n} with unknown outcome`],
];

/** Sums up outcomes in words: "884 created, 61 duplicates, 55 not sent". */
export function summarize(outcomes: Outcome[]): string {
	const counts = new Map<Outcome['kind'], number>();
	for (const { kind } of outcomes) counts.set(kind, (counts.get(kind) ?? 0) + 1);
	return OUTCOME_LABELS.filter(([kind]) => counts.has(kind))
		.map(([kind, word]) => word(counts.get(kind) ?? 0))
		.join(', ');
}

/** What the vendor says of a record, as it is, for an output item: under one key, where it can hide nothing of ours. */
export function toRawOutput(record: JsonObject): IDataObject {
	return JSON.parse(JSON.stringify({ raw: record }));
}
