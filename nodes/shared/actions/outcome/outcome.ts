import type { IDataObject } from 'n8n-workflow';
import type { FAILURE_KINDS, SUCCESS_KINDS } from '../../values/outcomeKinds';

/** How an item ended that needs no attention. */
export type SuccessKind = (typeof SUCCESS_KINDS)[number];

/** How an item failed. */
export type FailureKind = (typeof FAILURE_KINDS)[number];

export interface Success {
	kind: SuccessKind;
	/** The fields of the output item; a list where one input item yields several (Get Many). */
	data: IDataObject | IDataObject[];
}

export interface Failure {
	kind: FailureKind;
	/** What happened, for the person at the canvas. */
	message: string;
	/** What to do about it. */
	description?: string;
	/** The message without the item's value, where it has one: items with the same reason are listed together. */
	reason?: string;
	/** The field of the panel that the failure is about. */
	field?: string;
	httpCode?: number;
	/** The vendor's own message, shortened and without secrets. */
	vendorMessage?: string;
	/** The vendor may accept the same lead on another attempt. */
	retryable?: boolean;
	/** The run stopped before it came to this item. */
	isNotStarted?: boolean;
}

export type Outcome = Success | Failure;

/** True for an outcome that leaves on the error output, or stops the node. */
export function isFailure(outcome: Outcome): outcome is Failure {
	return outcome.kind === 'notSent' || outcome.kind === 'refused' || outcome.kind === 'unknown';
}

const OUTCOME_LABELS: ReadonlyArray<[Outcome['kind'], (count: number) => string]> = [
	['preview', (n) => `nothing was sent: ${n} previewed`],
	['created', (n) => `${n} created`],
	['updated', (n) => `${n} updated`],
	['duplicate', (n) => `${n} ${n === 1 ? 'duplicate' : 'duplicates'}`],
	['disabled', (n) => `${n} disabled`],
	['deleted', (n) => `${n} deleted`],
	['found', (n) => `${n} found`],
	['notFound', (n) => `${n} not found`],
	['skipped', (n) => `${n} empty ${n === 1 ? 'row' : 'rows'} skipped`],
	['refused', (n) => `${n} refused`],
	['notSent', (n) => `${n} not sent`],
	['unknown', (n) => `${n} with unknown outcome`],
];

/** What an outcome counts for: a search as many as it found, which may be none. */
function countOf(outcome: Outcome): number {
	return outcome.kind === 'found' && Array.isArray(outcome.data) ? outcome.data.length : 1;
}

/** Counts outcomes by kind, and what was found by record: "884 created, 61 duplicates, 55 not sent". */
export function summarize(outcomes: readonly Outcome[]): string {
	const counts = new Map<Outcome['kind'], number>();
	for (const outcome of outcomes) {
		counts.set(outcome.kind, (counts.get(outcome.kind) ?? 0) + countOf(outcome));
	}
	return OUTCOME_LABELS.filter(([kind]) => counts.has(kind))
		.map(([kind, label]) => label(counts.get(kind) ?? 0))
		.join(', ');
}
