import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';
import { Dispatch } from './dispatch';
import type { Parcel } from './dispatch';
import { inputError, notBegun, outcomeError, runError } from './errors';
import { groupRepeats, nextToSend, settleRepeats } from './groups';
import type { Group } from './groups';
import { ItemReader, ParameterSource } from './itemReader';
import { asError } from './json';
import { Ledger } from './ledger';
import type { LeadOperation } from './operation';
import { InvalidLead, isFailure, sumUp, toItems } from './outcome';
import type { Failure, Outcome } from './outcome';
import { readRunSettings } from './runSettings';
import type { RunSettings } from './runSettings';
import { PreviewedRequest, VendorClient } from './transport';
import type { Account, Vendor } from './vendor';

/** Items read in one go before the other work of the process gets its turn. */
const itemsBetweenBreaths = 250;
const waitBeforeNextRoundMs = 1_000;

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
	const source = new ParameterSource(context);
	const readers = context
		.getInputData()
		.map(({ json }, itemIndex) => new ItemReader(source, itemIndex, json));
	if (readers[0] === undefined) return [[]];
	const settings = readRunSettings(readers[0], vendor);
	const signal = context.getExecutionCancelSignal();
	const stopOnFailure = !context.continueOnFail();
	const preview = settings.previewOnly && operation.effect !== 'read';
	const client = await openClient(context, vendor, settings, preview, signal);
	const mostInList = operation.batchSize(client.account);
	settings.leadsPerRequest = Math.min(settings.leadsPerRequest, mostInList);

	const outcomes: Outcome[] = [];
	const parcels = await prepareAll(operation, readers, client.account, outcomes, signal);
	if (stopOnFailure && parcels.length < readers.length) {
		throw inputError(context, outcomes, readers.length);
	}

	const keepsLedger = !preview && operation.effect !== 'read';
	const ledger = keepsLedger ? Ledger.open(context, operationName(context)) : undefined;
	const dispatch = new Dispatch(operation, client, ledger, signal);
	const groups = groupRepeats(parcels);
	try {
		if (preview) await previewAll(operation, client, groups);
		else await sendAll(operation, dispatch, groups, settings, stopOnFailure, signal);
	} catch (error) {
		throw runError(context, signal?.aborted ? new Error('The execution was cancelled') : error);
	}
	groups.forEach(settleRepeats);
	for (const { itemIndex, outcome } of parcels) outcomes[itemIndex] = outcome ?? notBegun;

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

async function openClient<A extends Account>(
	context: IExecuteFunctions,
	vendor: Vendor<A>,
	settings: RunSettings,
	preview: boolean,
	signal: AbortSignal | undefined,
): Promise<VendorClient<A>> {
	try {
		return await VendorClient.open(context, vendor, settings, { preview, signal });
	} catch (error) {
		throw runError(context, error);
	}
}

/** Reads and checks every item; those that cannot be sent get their outcome here. */
async function prepareAll<Lead, A extends Account>(
	operation: LeadOperation<Lead, A>,
	readers: ItemReader[],
	account: A,
	outcomes: Outcome[],
	signal: AbortSignal | undefined,
): Promise<Array<Parcel<Lead>>> {
	const parcels: Array<Parcel<Lead>> = [];
	for (const reader of readers) {
		const { itemIndex } = reader;
		if (itemIndex % itemsBetweenBreaths === itemsBetweenBreaths - 1) await sleep(0, signal);
		try {
			const lead = operation.prepare(reader, account);
			const identity = operation.identity?.(lead);
			const key = identity === undefined ? `#${itemIndex}` : Ledger.keyOf(identity);
			parcels.push({ itemIndex, lead, key, resent: 0 });
		} catch (error) {
			outcomes[itemIndex] = invalid(error);
		}
	}
	return parcels;
}

function invalid(error: unknown): Failure {
	const { message } = asError(error);
	const description = error instanceof InvalidLead ? error.description : undefined;
	return { kind: 'notSent', message, ...(description === undefined ? {} : { description }) };
}

/** Preview Only: each lead shows the request that it would travel in; none is sent. */
async function previewAll<Lead, A extends Account>(
	operation: LeadOperation<Lead, A>,
	client: VendorClient<A>,
	groups: Array<Group<Lead>>,
): Promise<void> {
	for (const [parcel] of groups) {
		if (parcel === undefined) continue;
		try {
			await operation.send(client, [parcel.lead]);
		} catch (error) {
			parcel.outcome =
				error instanceof PreviewedRequest
					? { kind: 'preview', data: error.shown() }
					: invalid(error);
		}
	}
}

/**
 * Sends one parcel of every group, in rounds: the next round has those that the vendor may take on
 * another try, and the repeats of those that it did not take.
 */
async function sendAll<Lead, A extends Account>(
	operation: LeadOperation<Lead, A>,
	dispatch: Dispatch<Lead, A>,
	groups: Array<Group<Lead>>,
	settings: RunSettings,
	stopOnFailure: boolean,
	signal: AbortSignal | undefined,
): Promise<void> {
	const goOn = () => !(stopOnFailure && dispatch.failed);
	for (;;) {
		const pending = groups.flatMap((group) => nextToSend(group) ?? []);
		if (pending.length === 0 || !goOn()) return;
		if (pending.some(({ resent }) => resent > 0)) await sleep(waitBeforeNextRoundMs, signal);
		const toAsk: Array<Parcel<Lead>> = [];
		const toSend: Array<Parcel<Lead>> = [];
		for (const parcel of pending) {
			const recalled = dispatch.recall(parcel);
			if (recalled === 'ask') toAsk.push(parcel);
			if (recalled === 'send') toSend.push(parcel);
		}
		const jobs = [
			...inLists(operation, toAsk, settings.leadsPerRequest).map(
				(list) => () => dispatch.ask(list),
			),
			...inLists(operation, toSend, settings.leadsPerRequest).map(
				(list) => () => dispatch.send(list),
			),
		];
		await inParallel(jobs, settings.requestsAtOnce, goOn);
	}
}

/** Cuts parcels into lists that may travel in one request each, in order. */
function inLists<Lead, A extends Account>(
	operation: LeadOperation<Lead, A>,
	parcels: Array<Parcel<Lead>>,
	size: number,
): Array<Array<Parcel<Lead>>> {
	const lists: Array<Array<Parcel<Lead>>> = [];
	const filling = new Map<string, Array<Parcel<Lead>>>();
	for (const parcel of parcels) {
		const key = operation.together?.(parcel.lead) ?? '';
		let list = filling.get(key);
		if (list === undefined || list.length >= size) {
			list = [];
			filling.set(key, list);
			lists.push(list);
		}
		list.push(parcel);
	}
	return lists;
}

/**
 * Runs jobs, at most `width` at a time, until all are done, one throws or `goOn` says no; always waits
 * for those that are under way, so that nothing is sent after the node has ended.
 */
async function inParallel(
	jobs: Array<() => Promise<unknown>>,
	width: number,
	goOn: () => boolean,
): Promise<void> {
	let next = 0;
	let broken: { reason: unknown } | undefined;
	const worker = async () => {
		while (broken === undefined && goOn()) {
			const job = jobs[next++];
			if (job === undefined) return;
			await job().catch((reason: unknown) => (broken = { reason }));
		}
	};
	await Promise.all(Array.from({ length: width }, worker));
	if (broken !== undefined) throw broken.reason;
}
