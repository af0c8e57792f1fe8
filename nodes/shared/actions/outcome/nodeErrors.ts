import { NodeApiError, NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';
import { notStarted } from './failures';
import { isFailure, summarize, type Failure, type Outcome } from './outcome';

const MAX_LISTED_FAILURES = 10;

interface FailedItem {
	itemIndex: number;
	failure: Failure;
}

function failedItems(outcomes: ReadonlyArray<Outcome | { lead: unknown }>): FailedItem[] {
	return outcomes.flatMap((outcome, itemIndex) =>
		!('lead' in outcome) && isFailure(outcome) ? [{ itemIndex, failure: outcome }] : [],
	);
}

/** A message that continues inside a longer sentence. */
const withoutPeriod = (message: string) => message.replace(/\.$/, '');

/** "Item 4: …; Item 7: …; and 9 more". */
function listFailures(failed: FailedItem[]): string {
	const lines = failed
		.slice(0, MAX_LISTED_FAILURES)
		.map(({ itemIndex, failure }) => `Item ${itemIndex}: ${withoutPeriod(failure.message)}`);
	const more = failed.length - lines.length;
	return [...lines, ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
}

/** On Error = Stop: some items are invalid, so nothing was sent. */
export function invalidItemsError(
	context: IExecuteFunctions,
	prepared: ReadonlyArray<Failure | { lead: unknown }>,
): NodeOperationError {
	const failed = failedItems(prepared);
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

/** On Error = Stop: the vendor did not accept a lead. The description counts what was sent before. */
export function failedRunError(
	context: IExecuteFunctions,
	outcomes: readonly Outcome[],
): NodeApiError | NodeOperationError {
	const failed = failedItems(outcomes).filter(({ failure }) => failure.isNotStarted !== true);
	const { itemIndex, failure } = failed[0] ?? { itemIndex: 0, failure: notStarted };
	const description = [
		failure.description,
		...(failed.length > 1 ? [listFailures(failed)] : []),
		`So far: ${summarize(outcomes)}. Leads sent so far are recorded: Retry On Fail, or Retry in the list of executions, sends only the remaining ones`,
	]
		.filter(Boolean)
		.join('. ');
	const message = `${withoutPeriod(failure.message)} [item ${itemIndex}]`;
	if (failure.httpCode === undefined) {
		return new NodeOperationError(context.getNode(), message, { itemIndex, description });
	}
	const httpCode = String(failure.httpCode);
	return new NodeApiError(context.getNode(), {}, { message, description, httpCode, itemIndex });
}
