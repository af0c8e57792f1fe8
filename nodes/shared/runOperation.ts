import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { Dispatch, maybeTaken } from './dispatch';
import { sendNewOnes } from './earlierRuns';
import { inputError, notBegun, outcomeError, runError } from './errors';
import { groupRepeats, settleRepeats } from './groups';
import { ItemReader, ParameterSource } from './itemReader';
import { Ledger } from './ledger';
import type { LeadOperation } from './operation';
import { isFailure, sumUp, toItems } from './outcome';
import { prepareItems } from './prepareItems';
import { previewAll, sendAll } from './rounds';
import { readRunSettings } from './runSettings';
import { SentLeads } from './sentLeads';
import { VendorClient } from './transport';
import type { Account, Vendor } from './vendor';

/**
 * Runs an operation over all input items: reads and checks all of them, drops repeats, sends what is
 * left in lists with bounded concurrency, and gives every item its outcome, in order and paired.
 * @throws NodeOperationError with On Error = Stop and an item that cannot be sent, before anything is;
 * NodeApiError with On Error = Stop and a lead that the vendor did not take
 */
export async function runOperation<Lead, A extends Account>(
	context: IExecuteFunctions,
	vendor: Vendor<A>,
	operation: LeadOperation<Lead, A>,
): Promise<INodeExecutionData[][]> {
	const signal = context.getExecutionCancelSignal();
	try {
		return await run(context, vendor, operation, signal);
	} catch (error) {
		throw runError(context, signal?.aborted ? new Error('The execution was cancelled') : error);
	}
}

async function run<Lead, A extends Account>(
	context: IExecuteFunctions,
	vendor: Vendor<A>,
	operation: LeadOperation<Lead, A>,
	signal: AbortSignal | undefined,
): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	if (items[0] === undefined) return [[]];
	const source = new ParameterSource(context);
	const settings = readRunSettings(new ItemReader(source, 0, items[0].json), vendor);
	const preview = settings.previewOnly && operation.effect !== 'read';
	const client = await VendorClient.open(context, vendor, settings, { preview, signal });
	const mostInList = operation.batchSize(client.account);
	settings.leadsPerRequest = Math.min(settings.leadsPerRequest, mostInList);
	const stopOnFailure = !context.continueOnFail();

	const prepared = await prepareItems(operation, items, source, client.account, signal);
	const parcels = prepared.filter((entry) => 'lead' in entry);
	if (stopOnFailure && parcels.length < items.length) throw inputError(context, prepared);

	const keepsLedger = !preview && operation.effect !== 'read';
	const ledger = keepsLedger ? Ledger.open(context, operationName(context)) : undefined;
	const dispatch = new Dispatch(operation, client, ledger, signal);
	const groups = groupRepeats(parcels);
	if (preview) await previewAll(operation, client, groups);
	else if (settings.remember === undefined || ledger === undefined) {
		await sendAll(operation, dispatch, groups, settings, stopOnFailure, signal);
	} else {
		const kind = [vendor.name, client.credential.id, operationName(context)].join('|');
		const sentLeads = SentLeads.open(context, settings.remember, kind);
		await sendNewOnes(operation, dispatch, groups, settings, stopOnFailure, signal, sentLeads);
	}
	for (const parcel of parcels) if (parcel.sentEarlier) parcel.outcome ??= maybeTaken;
	groups.forEach(settleRepeats);

	const outcomes = prepared.map((entry) => ('lead' in entry ? (entry.outcome ?? notBegun) : entry));
	const failed = outcomes.some(isFailure);
	if (failed && stopOnFailure) throw outcomeError(context, outcomes);
	if (!failed) ledger?.clear();
	context.addExecutionHints({
		message: `${vendor.name}: ${sumUp(outcomes)}`,
		type: failed ? 'warning' : 'info',
		location: 'outputPane',
	});
	return [outcomes.flatMap(toItems)];
}

/** The operation as stored in the workflow, so that a ledger is read only by the one that wrote it. */
function operationName(context: IExecuteFunctions): string {
	const { resource, operation } = context.getNode().parameters;
	return `${String(resource)}.${String(operation)}`;
}
