import { NodeApiError, NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';
import { notStarted } from './failures';
import { isFailure, summarize, type Outcome } from './outcome';
import { shorten } from '../../values/quote';
import {
	COUNT_FROM_ZERO,
	groupByReason,
	listItems,
	listReasons,
	sentences,
	withoutPeriod,
	wrongColumn,
	type FailedItem,
	type NameOfItem,
} from './reasons';

/** What an error says about items and the next run. */
export interface RunDescription {
	nameOf: NameOfItem;
	/** What a new run of the node does with the leads that were sent. */
	newRun: string;
}

function failedItems(outcomes: ReadonlyArray<Outcome | { lead: unknown }>): FailedItem[] {
	return outcomes.flatMap((outcome, itemIndex) =>
		!('lead' in outcome) && isFailure(outcome) ? [{ itemIndex, failure: outcome }] : [],
	);
}

/** The vendor has the lead of such an item, or may have it. */
const SENT_KINDS: ReadonlySet<Outcome['kind']> = new Set([
	'created',
	'updated',
	'disabled',
	'deleted',
	'unknown',
]);

const RESUMES =
	'Leads sent so far are recorded: Retry On Fail, or Retry in the list of executions, sends only the remaining ones, with the same rows';

/** "[item 4, L-1005]". */
function inBrackets(itemIndex: number, nameOf: NameOfItem): string {
	const name = nameOf(itemIndex);
	return `[item ${itemIndex}${name === undefined ? '' : `, ${shorten(name)}`}]`;
}

/** On Error = Stop: some items are invalid, so nothing was sent. */
export function invalidItemsError(
	context: IExecuteFunctions,
	prepared: ReadonlyArray<Outcome | { lead: unknown }>,
	nameOf: NameOfItem,
): NodeOperationError {
	const failed = failedItems(prepared);
	const groups = groupByReason(failed);
	const count = prepared.filter((entry) => 'lead' in entry || entry.kind !== 'skipped').length;
	const [first] = failed;
	if (failed.length === 1 && first !== undefined) {
		const { itemIndex, failure } = first;
		return new NodeOperationError(
			context.getNode(),
			`${withoutPeriod(failure.message)} ${inBrackets(itemIndex, nameOf)}`,
			{
				itemIndex,
				description: sentences(failure.description ?? 'Correct the item', 'Nothing was sent'),
			},
		);
	}
	const [cause] = groups;
	if (groups.length === 1 && cause?.field === undefined && failed.length === count) {
		const advice = first?.failure.description;
		return new NodeOperationError(context.getNode(), withoutPeriod(cause?.reason ?? ''), {
			description: sentences(advice, `It is the same for all ${count} items`, 'Nothing was sent'),
		});
	}
	const suspect = wrongColumn(groups, count);
	const isOnlyReason = (field: string | undefined) =>
		field === suspect?.field && groups.filter((group) => group.field === field).length === 1;
	const listed =
		suspect === undefined ? groups : groups.filter(({ field }) => !isOnlyReason(field));
	const valid = count - failed.length;
	const others =
		valid > 0 ? `, or set Settings > On Error to Continue to send the other ${valid}` : '';
	return new NodeOperationError(
		context.getNode(),
		`Nothing was sent: ${failed.length} of ${count} items have problems`,
		{
			description: sentences(
				suspect?.question,
				...listReasons(listed, nameOf),
				listed.length > 0 ? COUNT_FROM_ZERO : undefined,
				`Fix these rows${others}`,
			),
		},
	);
}

/** On Error = Stop: the vendor did not accept a lead. The description counts what was sent before. */
export function failedRunError(
	context: IExecuteFunctions,
	outcomes: readonly Outcome[],
	{ nameOf, newRun }: RunDescription,
): NodeApiError | NodeOperationError {
	const failed = failedItems(outcomes).filter(({ failure }) => failure.isNotStarted !== true);
	const { itemIndex, failure } = failed[0] ?? { itemIndex: 0, failure: notStarted };
	const groups = groupByReason(failed);
	const isOneCause = groups.length === 1 && failed.length > 1;
	const list = isOneCause ? [`Items ${listItems(failed, nameOf)}`] : listReasons(groups, nameOf);
	const description = sentences(
		failure.description,
		...(failed.length > 1 ? [...list, COUNT_FROM_ZERO] : []),
		`So far: ${summarize(outcomes)}`,
		...(outcomes.some(({ kind }) => SENT_KINDS.has(kind)) ? [RESUMES, newRun] : []),
	);
	const text = withoutPeriod(failure.message);
	const message = isOneCause
		? `${text} [${failed.length} items]`
		: `${text} ${inBrackets(itemIndex, nameOf)}`;
	if (failure.httpCode === undefined) {
		return new NodeOperationError(context.getNode(), message, { itemIndex, description });
	}
	const httpCode = String(failure.httpCode);
	return new NodeApiError(context.getNode(), {}, { message, description, httpCode, itemIndex });
}
