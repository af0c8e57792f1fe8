import type { IExecuteFunctions } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import { CallFailed } from '../../transport/ApiError';
import { asError } from '../../values/json';
import { InvalidLead, isFailure, sumUp } from './outcome';
import type { Failure, Outcome } from './outcome';

const mostListed = 10;

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
const unended = (message: string) => message.replace(/\.$/, '');

/** The first ten failures, a line each, and how many more there are. */
function listed(failed: Failed[]): string {
	const lines = failed
		.slice(0, mostListed)
		.map(({ itemIndex, failure }) => `Item ${itemIndex}: ${unended(failure.message)}`);
	const more = failed.length - lines.length;
	return [...lines, ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
}

/** On Error = Stop: some items cannot be sent, so none was. */
export function inputError(
	context: IExecuteFunctions,
	prepared: Array<Failure | { lead: unknown }>,
): NodeOperationError {
	const failed = failures(prepared);
	const [first] = failed;
	const itemIndex = first?.itemIndex ?? 0;
	if (failed.length === 1 && first !== undefined) {
		return new NodeOperationError(
			context.getNode(),
			`${unended(first.failure.message)} [item ${itemIndex}]`,
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
			description: `${listed(failed)}. Correct them, or set On Error to Continue to send the others`,
		},
	);
}

/** On Error = Stop: the vendor did not take a lead. Says what was taken before. */
export function outcomeError(
	context: IExecuteFunctions,
	outcomes: Outcome[],
): NodeApiError | NodeOperationError {
	const failed = failures(outcomes).filter(({ failure }) => failure !== notBegun);
	const first = failed[0] ?? { itemIndex: 0, failure: notBegun };
	const { itemIndex, failure } = first;
	const others = failed.length > 1 ? [listed(failed)] : [];
	const taken = `So far: ${sumUp(outcomes)}. What was taken is remembered: Retry On Fail, or Retry in the list of executions, sends only the rest`;
	const description = [failure.description, ...others, taken].filter(Boolean).join('. ');
	const message = `${unended(failure.message)} [item ${itemIndex}]`;
	if (failure.httpCode === undefined) {
		return new NodeOperationError(context.getNode(), message, { itemIndex, description });
	}
	const httpCode = String(failure.httpCode);
	return new NodeApiError(context.getNode(), {}, { message, description, httpCode, itemIndex });
}

/** Whatever ended the run, as an error that n8n shows; one that is such an error already stays as it is. */
export function runError(
	context: Pick<IExecuteFunctions, 'getNode'>,
	error: unknown,
): NodeApiError | NodeOperationError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) return error;
	const explained = error instanceof InvalidLead || error instanceof CallFailed;
	const description = explained ? error.description : undefined;
	return new NodeOperationError(context.getNode(), asError(error).message, { description });
}

/** The outcome of an item that an earlier failure left behind. */
export const notBegun: Failure = {
	kind: 'notSent',
	message: 'Not sent: the node stopped at an earlier item',
};
