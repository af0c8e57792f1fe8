import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { brokenOff, Dispatch, maybeTaken } from './BatchSender';
import type { Parcel } from './BatchSender';
import { sendNewOnes } from './resume/skipSentLeads';
import { inputError, notBegun, outcomeError, runError } from './outcome/nodeErrors';
import { groupParcels, settleRepeats } from './dedupe';
import type { Group } from './dedupe';
import { ItemReader, ParameterSource } from '../parameters/ItemParameters';
import { Ledger } from './resume/RunJournal';
import type { LeadOperation } from './operation';
import { isFailure, sumUp, toItems } from './outcome/outcome';
import type { Failure } from './outcome/outcome';
import { notPrepared, prepareItems } from './prepareItems';
import { previewAll, sendAll } from './sendBatches';
import { readRunSettings } from './settings';
import { SentLeads } from './resume/SentLeadStore';
import { VendorClient } from '../transport/ApiClient';
import type { Account, Vendor } from '../transport/vendor';

/** What there is of a run at any moment, so that one that breaks off still says what became of each item. */
interface Run<Lead, A extends Account> {
	/** For each item, in order, its parcel or why it cannot be sent; empty until all are read. */
	prepared: Array<Parcel<Lead> | Failure>;
	groups: Array<Group<Lead>>;
	ledger?: Ledger;
	dispatch?: Dispatch<Lead, A>;
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
export async function runOperation<Lead, A extends Account>(
	context: IExecuteFunctions,
	vendor: Vendor<A>,
	operation: LeadOperation<Lead, A>,
): Promise<INodeExecutionData[][]> {
	const signal = context.getExecutionCancelSignal();
	const items = context.getInputData();
	const run: Run<Lead, A> = { prepared: [], groups: [], notReached: notBegun };
	try {
		if (items.length > 0) await sendItems(context, vendor, operation, items, signal, run);
	} catch (error) {
		if (signal?.aborted) throw runError(context, new Error('The execution was cancelled'));
		if (!context.continueOnFail()) throw runError(context, error);
		run.notReached = notPrepared(error);
		if (run.prepared.length === 0) run.prepared = items.map(() => run.notReached);
	}
	return conclude(context, vendor, run);
}

async function sendItems<Lead, A extends Account>(
	context: IExecuteFunctions,
	vendor: Vendor<A>,
	operation: LeadOperation<Lead, A>,
	items: INodeExecutionData[],
	signal: AbortSignal | undefined,
	run: Run<Lead, A>,
): Promise<void> {
	const source = new ParameterSource(context);
	const settings = readRunSettings(new ItemReader(source, 0, items[0]?.json ?? {}), vendor);
	const preview = settings.previewOnly && operation.effect !== 'read';
	const client = await VendorClient.open(context, vendor, settings, { preview, signal });
	const mostInList = operation.batchSize(client.account);
	settings.leadsPerRequest = Math.min(settings.leadsPerRequest, mostInList);
	const stopOnFailure = !context.continueOnFail();

	run.prepared = await prepareItems(operation, items, source, client.account, signal);
	const parcels = run.prepared.filter((entry) => 'lead' in entry);
	if (stopOnFailure && parcels.length < items.length) throw inputError(context, run.prepared);

	run.groups = groupParcels(parcels);
	if (preview) {
		await previewAll(operation, client, run.groups);
		return;
	}
	if (operation.effect !== 'read') run.ledger = Ledger.open(context, operationName(context));
	const dispatch = new Dispatch(operation, client, run.ledger, signal);
	run.dispatch = dispatch;
	if (settings.remember === undefined || run.ledger === undefined) {
		await sendAll(operation, dispatch, run.groups, settings, stopOnFailure, signal);
		return;
	}
	// Another account behind the same credential has not got the leads.
	const account = Ledger.keyOf(`${client.account.baseUrl}|${client.account.scope ?? ''}`);
	const kind = [vendor.name, client.credential.id, account, operationName(context)].join('|');
	const sentLeads = SentLeads.open(context, settings.remember, kind);
	await sendNewOnes(operation, dispatch, run.groups, settings, stopOnFailure, signal, sentLeads);
}

/** Gives every item its outcome, and says how many there are of each. */
function conclude<Lead, A extends Account>(
	context: IExecuteFunctions,
	vendor: Vendor<A>,
	{ prepared, groups, ledger, dispatch, notReached }: Run<Lead, A>,
): INodeExecutionData[][] {
	const parcels = groups.flat();
	for (const parcel of parcels) if (parcel.sentEarlier) parcel.outcome ??= maybeTaken;
	groups.forEach(settleRepeats);
	for (const parcel of parcels) {
		if (parcel.outcome !== undefined || dispatch?.remembers(parcel) !== 'sent') continue;
		parcel.outcome = brokenOff(notReached);
	}
	const outcomes = prepared.map((entry) =>
		'lead' in entry ? (entry.outcome ?? notReached) : entry,
	);
	const failed = outcomes.some(isFailure);
	if (failed && !context.continueOnFail()) throw outcomeError(context, outcomes);
	if (!failed) ledger?.clear();
	if (outcomes.length > 0) {
		context.addExecutionHints({
			message: `${vendor.name}: ${sumUp(outcomes)}`,
			type: failed ? 'warning' : 'info',
			location: 'outputPane',
		});
	}
	return [outcomes.flatMap(toItems)];
}

/** The operation as stored in the workflow, so that a ledger is read only by the one that wrote it. */
function operationName(context: IExecuteFunctions): string {
	const { resource, operation } = context.getNode().parameters;
	return `${String(resource)}.${String(operation)}`;
}
