import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { interrupted, BatchSender, possiblyAccepted } from './BatchSender';
import type { LeadJob } from './BatchSender';
import { sendUnsentLeads } from './resume/skipSentLeads';
import { toNodeError } from '../errors/toNodeError';
import { invalidItemsError, notStarted, failedRunError } from './outcome/nodeErrors';
import { groupJobs, resolveDuplicates } from './dedupe';
import type { Group } from './dedupe';
import { ItemParameters, NodeParameters } from '../parameters/ItemParameters';
import { RunJournal } from './resume/RunJournal';
import type { Operation } from './operation';
import { isFailure, summarize, toItems } from './outcome/outcome';
import type { Failure } from './outcome/outcome';
import { invalidItem, prepareItems } from './prepareItems';
import { dryRunAll, sendBatches } from './sendBatches';
import { readRunSettings } from './settings';
import { SentLeadStore } from './resume/SentLeadStore';
import { ApiClient } from '../transport/ApiClient';
import type { AccountConfig, Vendor } from '../transport/vendor';

/** What there is of a run at any moment, so that one that breaks off still says what became of each item. */
interface Run<Lead, A extends AccountConfig> {
	/** For each item, in order, its parcel or why it cannot be sent; empty until all are read. */
	prepared: Array<LeadJob<Lead> | Failure>;
	groups: Array<Group<Lead>>;
	ledger?: RunJournal;
	dispatch?: BatchSender<Lead, A>;
	/** What is told of the items that the run did not come to. */
	notReached: Failure;
}

/**
 * Runs an operation over all input items: reads and checks all of them, drops repeats, sends what is
 * left in lists with bounded concurrency, and gives every item its outcome, in order and paired.
 *
 * With On Error = Continue it does not throw: n8n would pass all items on as if they had gone well.
 * @throws NodeOperationError with On Error = Stop and an item that cannot be sent, before anything is;
 * NodeApiError with On Error = Stop and a lead that the vendor did not take; and when cancelled
 */
export async function runOperation<Lead, A extends AccountConfig>(
	context: IExecuteFunctions,
	vendor: Vendor<A>,
	operation: Operation<Lead, A>,
): Promise<INodeExecutionData[][]> {
	const signal = context.getExecutionCancelSignal();
	const items = context.getInputData();
	const run: Run<Lead, A> = { prepared: [], groups: [], notReached: notStarted };
	try {
		if (items.length > 0) await execute(context, vendor, operation, items, signal, run);
	} catch (error) {
		if (signal?.aborted) throw toNodeError(context, new Error('The execution was cancelled'));
		if (!context.continueOnFail()) throw toNodeError(context, error);
		run.notReached = invalidItem(error);
		if (run.prepared.length === 0) run.prepared = items.map(() => run.notReached);
	}
	return toNodeOutput(context, vendor, run);
}

async function execute<Lead, A extends AccountConfig>(
	context: IExecuteFunctions,
	vendor: Vendor<A>,
	operation: Operation<Lead, A>,
	items: INodeExecutionData[],
	signal: AbortSignal | undefined,
	run: Run<Lead, A>,
): Promise<void> {
	const source = new NodeParameters(context);
	const settings = readRunSettings(new ItemParameters(source, 0, items[0]?.json ?? {}), vendor);
	const preview = settings.previewOnly && operation.safety !== 'safe';
	const client = await ApiClient.open(context, vendor, settings, { preview, signal });
	const mostInList = operation.maxBatchSize(client.account);
	settings.leadsPerRequest = Math.min(settings.leadsPerRequest, mostInList);
	const stopOnFailure = !context.continueOnFail();

	run.prepared = await prepareItems(operation, items, source, client.account, signal);
	const parcels = run.prepared.filter((entry) => 'lead' in entry);
	if (stopOnFailure && parcels.length < items.length)
		throw invalidItemsError(context, run.prepared);

	run.groups = groupJobs(parcels);
	if (preview) {
		await dryRunAll(operation, client, run.groups);
		return;
	}
	if (operation.safety !== 'safe') run.ledger = RunJournal.open(context, operationKey(context));
	const dispatch = new BatchSender(operation, client, run.ledger, signal);
	run.dispatch = dispatch;
	if (settings.remember === undefined || run.ledger === undefined) {
		await sendBatches(operation, dispatch, run.groups, settings, stopOnFailure, signal);
		return;
	}
	// Another account behind the same credential has not got the leads.
	const account = RunJournal.hashKey(
		`${client.account.baseUrl}|${client.account.accountKey ?? ''}`,
	);
	const kind = [vendor.name, client.credential.id, account, operationKey(context)].join('|');
	const sentLeads = SentLeadStore.open(context, settings.remember, kind);
	await sendUnsentLeads(
		operation,
		dispatch,
		run.groups,
		settings,
		stopOnFailure,
		signal,
		sentLeads,
	);
}

/** Gives every item its outcome, and says how many there are of each. */
function toNodeOutput<Lead, A extends AccountConfig>(
	context: IExecuteFunctions,
	vendor: Vendor<A>,
	{ prepared, groups, ledger, dispatch, notReached }: Run<Lead, A>,
): INodeExecutionData[][] {
	const parcels = groups.flat();
	for (const parcel of parcels) if (parcel.inDoubt) parcel.outcome ??= possiblyAccepted;
	groups.forEach(resolveDuplicates);
	for (const parcel of parcels) {
		if (parcel.outcome !== undefined || dispatch?.journalEntry(parcel) !== 'sent') continue;
		parcel.outcome = interrupted(notReached);
	}
	const outcomes = prepared.map((entry) =>
		'lead' in entry ? (entry.outcome ?? notReached) : entry,
	);
	const failed = outcomes.some(isFailure);
	if (failed && !context.continueOnFail()) throw failedRunError(context, outcomes);
	if (!failed) ledger?.clear();
	if (outcomes.length > 0) {
		context.addExecutionHints({
			message: `${vendor.name}: ${summarize(outcomes)}`,
			type: failed ? 'warning' : 'info',
			location: 'outputPane',
		});
	}
	return [outcomes.flatMap(toItems)];
}

/** The operation as stored in the workflow, so that a ledger is read only by the one that wrote it. */
function operationKey(context: IExecuteFunctions): string {
	const { resource, operation } = context.getNode().parameters;
	return `${String(resource)}.${String(operation)}`;
}
