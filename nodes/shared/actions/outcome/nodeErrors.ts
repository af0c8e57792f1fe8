import type { IExecuteFunctions } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import { isFailure, summarize } from './outcome';
import type { Failure, Outcome } from './outcome';

const MAX_LISTED_FAILURES = 10;

interface Failed {
	itemIndex: number;
	failure: Failure;
}

/** The failures among outcomes, with the index of their items. */
function failures(outcomes: Array<Outcome | { lead: unknown }>): Failed[] {
	return outcomes.flatMap((outcome, itemIndex) =>
		!('lead' in outcome) && isFailure(outcome) ? [{ itemIndex, failure: outcome }] : [],
	);
}

/** A message as a part of a longer sentence. */
const withoutPeriod = (message: string) => message.replace(/\.$/, '');

/** The first ten failures, a line each, and how many more there are. */
function listFailures(failed: Failed[]): string {
	const lines = failed
		.slice(0, MAX_LISTED_FAILURES)
		.map(({ itemIndex, failure }) => `Item ${itemIndex}: ${withoutPeriod(failure.message)}`);
	const more = failed.length - lines.length;
	return [...lines, ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
}

/** On Error = Stop: some items cannot be sent, so none was. */
export function invalidItemsError(
	context: IExecuteFunctions,
	prepared: Array<Failure | { lead: unknown }>,
): NodeOperationError {
	const failed = failures(prepared);
	const [first] = failed;
	const itemIndex = first?.itemIndex ?? 0;
	if (failed.length === 1 && first !== undefined) {
		return new NodeOperationError(
			context.getNode(),
			`${withoutPeriod(first.failure.message)} [item ${itemIndex}]`,
			{
				itemIndex,
				description: `${first.failure.description ?? 'Correct the item'}. Nothing was sent`,
			},
		);
	}
	return new NodeOperationError(
		context.getNode(),
		`${failed.length} of ${prepared.length} items cannot be sent, so nothing was sent`,
		{
			itemIndex,
			description: `${listFailures(failed)}. Correct them, or set On Error to Continue to send the others`,
		},
	);
}

/** On Error = Stop: the vendor did not take a lead. Says what was taken before. */
export function failedRunError(
	context: IExecuteFunctions,
	outcomes: Outcome[],
): NodeApiError | NodeOperationError {
	const failed = failures(outcomes).filter(({ failure }) => failure !== notStarted);
	const first = failed[0] ?? { itemIndex: 0, failure: notStarted };
	const { itemIndex, failure } = first;
	const others = failed.length > 1 ? [listFailures(failed)] : [];
	const taken = `So far: ${summarize(outcomes)}. What was taken is remembered: Retry On Fail, or Retry in the list of executions, sends only the rest`;
	const description = [failure.description, ...others, taken].filter(Boolean).join('. ');
	const message = `${withoutPeriod(failure.message)} [item ${itemIndex}]`;
	if (failure.httpCode === undefined) {
		return new NodeOperationError(context.getNode(), message, { itemIndex, description });
	}
	const httpCode = String(failure.httpCode);
	return new NodeApiError(context.getNode(), {}, { message, description, httpCode, itemIndex });
}

/** The outcome of an item that an earlier failure left behind. */
export const notStarted: Failure = {
	kind: 'notSent',
	message: 'Not sent: the node stopped at an earlier item',
};
