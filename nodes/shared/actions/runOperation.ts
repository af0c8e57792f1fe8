import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
	NodeExecutionHint,
} from 'n8n-workflow';
import { toNodeError } from '../errors/toNodeError';
import { ItemParameters } from '../parameters/ItemParameters';
import { NodeParameters } from '../parameters/NodeParameters';
import { ApiClient } from '../transport/ApiClient';
import type { AccountConfig, Vendor } from '../transport/vendor';
import { toError } from '../values/json';
import { BatchSender } from './BatchSender';
import { groupJobs, resolveDuplicates, type Group } from './dedupe';
import { dryRunAll } from './dryRun';
import { duplicateNote } from './duplicateNote';
import { LeadLifecycle, outcomeOf, type LeadJob } from './leadState';
import type { Operation } from './operation';
import { itemNames } from './itemNames';
import { newRunNote } from './newRun';
import { hasErrorOutput } from './outcome/errorOutput';
import { invalidItem, notStarted, possiblySent } from './outcome/failures';
import { failedRunError, invalidItemsError } from './outcome/nodeErrors';
import { isFailure, summarize, type Failure, type Outcome } from './outcome/outcome';
import type { NameOfItem } from './outcome/reasons';
import { toItems } from './outcome/toItems';
import { prepareItems } from './prepareItems';
import { EarlierRuns } from './resume/EarlierRuns';
import { RunJournal } from './resume/RunJournal';
import { SentLeadStore } from './resume/SentLeadStore';
import { sendUnsentLeads } from './resume/skipSentLeads';
import { sendBatches } from './sendBatches';
import { runNotes } from './runNotes';
import { readRunSettings, runOptionsCheck } from './settings';

/** How far a run has come; an interrupted one still reports an outcome for every item. */
interface Progress<Lead> {
	/** For each item, in order, its job or why it is not sent; empty until all are parsed. */
	prepared: Array<LeadJob<Lead> | Outcome>;
	nameOf: NameOfItem;
	newRun: string;
	notes: string[];
	groups: Array<Group<Lead>>;
	lifecycle: LeadLifecycle;
	journal?: RunJournal;
	runs?: EarlierRuns;
	/** Outcome of items that the run never reached. */
	notReached: Failure;
	/** No item was parsed, and an earlier attempt may have sent some. */
	isResumed?: boolean;
	includeInput: boolean;
	usedColumns: ReadonlySet<string>;
}

/**
 * Runs an operation over all input items and gives each its outcome, in order and paired. With On Error = Continue it
 * never throws, or n8n would pass all items on as successes. @param description its fields, as the editor shows them
 * @throws NodeOperationError for an invalid item, before anything is sent, and when cancelled; NodeApiError for a lead
 * that the vendor did not accept
 */
export async function runOperation<Lead, A extends AccountConfig, Found>(
	context: IExecuteFunctions,
	vendor: Vendor<A>,
	operation: Operation<Lead, A, Found>,
	description: readonly INodeProperties[],
): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	const progress: Progress<Lead> = {
		prepared: [],
		nameOf: () => undefined,
		newRun: '',
		notes: [],
		groups: [],
		lifecycle: new LeadLifecycle(undefined),
		notReached: notStarted,
		includeInput: false,
		usedColumns: new Set(),
	};
	try {
		if (items.length > 0) {
			const parameters = new NodeParameters(context, description);
			await execute(context, vendor, operation, items, parameters, progress);
		}
	} catch (error) {
		if (context.getExecutionCancelSignal()?.aborted) {
			throw toNodeError(context, new Error('The execution was cancelled'));
		}
		if (!context.continueOnFail()) throw toNodeError(context, error);
		progress.notReached =
			progress.isResumed === true ? possiblySent(toError(error)) : invalidItem(error);
		if (progress.prepared.length === 0) progress.prepared = items.map(() => progress.notReached);
	}
	return toNodeOutput(context, vendor, operation, progress);
}

async function execute<Lead, A extends AccountConfig, Found>(
	context: IExecuteFunctions,
	vendor: Vendor<A>,
	operation: Operation<Lead, A, Found>,
	items: INodeExecutionData[],
	parameters: NodeParameters,
	progress: Progress<Lead>,
): Promise<void> {
	const signal = context.getExecutionCancelSignal();
	parameters.checkOptions();
	progress.usedColumns = parameters.usedColumns;
	const first = new ItemParameters(parameters, 0, items[0]?.json ?? {});
	const settings = readRunSettings(first, vendor, operation.acceptsRepeats);
	const isWrite = operation.safety !== 'safe';
	const preview = settings.previewOnly && isWrite;
	progress.includeInput = settings.includeInput && isWrite;
	const client = await ApiClient.open(context, vendor, settings, { signal });
	const stopOnFailure = !context.continueOnFail();
	const openJournal = () => {
		// The credential may point to another account by now: what was sent there does not count here.
		return RunJournal.open(context, operationKey(context), accountHashOf(client));
	};

	await operation.prepare?.(client, context.getNode().parameters).catch((error: unknown) => {
		progress.isResumed = isWrite && !preview && !openJournal().isEmpty;
		throw toError(error);
	});
	progress.prepared = await prepareItems(
		operation,
		items,
		parameters,
		client.account,
		signal,
		runOptionsCheck(first),
	);
	const jobs = progress.prepared.filter((entry) => 'lead' in entry);
	progress.nameOf = itemNames(operation, items, parameters);
	progress.newRun = newRunNote(operation, jobs, settings);
	if (stopOnFailure && progress.prepared.some((entry) => 'kind' in entry && isFailure(entry))) {
		throw invalidItemsError(context, progress.prepared, progress.nameOf);
	}

	progress.groups = groupJobs(jobs);
	if (preview) {
		await dryRunAll(operation, client, progress.lifecycle, progress.groups);
		return;
	}
	const account = accountHashOf(client);
	if (isWrite) progress.journal = openJournal();
	progress.lifecycle = new LeadLifecycle(progress.journal);
	// What was updated or disabled may have to be updated or disabled again.
	if (operation.isCreate === true) {
		progress.runs = EarlierRuns.open(context, `${operationKey(context)}|${account}`);
		progress.runs?.skipSent(jobs, operation, progress.lifecycle);
	}
	const maxBatchSize =
		operation.sendBatch === undefined ? 1 : operation.maxBatchSize(client.account);
	const run = {
		operation,
		sender: new BatchSender(operation, client, progress.lifecycle, signal),
		lifecycle: progress.lifecycle,
		batchSize: Math.min(settings.batchSize, maxBatchSize),
		maxConcurrentRequests: settings.maxConcurrentRequests,
		stopOnFailure,
		signal,
	};
	if (settings.remember === undefined || !isWrite) {
		await sendBatches(run, progress.groups);
	} else {
		const kind = [vendor.name, client.credential.id, account, operationKey(context)].join('|');
		const store = SentLeadStore.open(context, settings.remember, kind);
		await sendUnsentLeads(run, progress.groups, store);
	}
	const isManual = context.getMode() === 'manual';
	progress.notes = await runNotes(operation, client, jobs, settings, isManual);
}

/** Concludes every job, however far the run came, and turns the outcomes into output items. */
function toNodeOutput<Lead, A extends AccountConfig, Found>(
	context: IExecuteFunctions,
	vendor: Vendor<A>,
	operation: Operation<Lead, A, Found>,
	progress: Progress<Lead>,
): INodeExecutionData[][] {
	const { prepared, groups, lifecycle, journal, runs, notReached } = progress;
	const items = context.getInputData();
	const noteOf = (job: LeadJob<Lead>, original: LeadJob<Lead>) =>
		duplicateNote(job, original, items, progress.usedColumns);
	for (const group of groups) endGroup(group, operation, lifecycle, notReached, noteOf);
	runs?.record(groups.flat());
	const outcomes = prepared.map((entry) =>
		'lead' in entry ? (outcomeOf(entry) ?? notReached) : entry,
	);
	const hasFailed = outcomes.some(isFailure);
	if (hasFailed && !context.continueOnFail()) throw failedRunError(context, outcomes, progress);
	if (!hasFailed) journal?.clear();
	if (outcomes.length > 0) {
		context.addExecutionHints(
			{
				message: `${vendor.name}: ${summarize(outcomes)}`,
				type: hasFailed ? 'warning' : 'info',
				location: 'outputPane',
			},
			...progress.notes.map(
				(message): NodeExecutionHint => ({ message, type: 'info', location: 'outputPane' }),
			),
		);
	}
	const output = {
		includeIndex: operation.safety !== 'safe',
		includeInput: progress.includeInput,
		hasErrorOutput: hasErrorOutput(context),
	};
	return [
		outcomes.flatMap((outcome, index) => toItems(outcome, index, items[index]?.json ?? {}, output)),
	];
}

/** Duplicates of leads that the vendor has, then jobs in doubt, whose duplicates take their outcome over. */
function endGroup<Lead, A extends AccountConfig, Found>(
	group: Group<Lead>,
	operation: Operation<Lead, A, Found>,
	lifecycle: LeadLifecycle,
	notReached: Failure,
	noteOf: Parameters<typeof resolveDuplicates<Lead, A, Found>>[3],
): void {
	resolveDuplicates(group, lifecycle, operation, noteOf);
	for (const job of group) if (job.state.status === 'inDoubt') lifecycle.end(job, notReached);
	resolveDuplicates(group, lifecycle, operation, noteOf);
	for (const job of group) lifecycle.end(job, notReached);
}

/** What identifies the account of a client, as a hash. */
function accountHashOf({ account }: ApiClient): string {
	return RunJournal.hashKey(`${account.baseUrl}|${account.accountKey}`);
}

/** `resource.operation` as stored in the workflow. */
function operationKey(context: IExecuteFunctions): string {
	const { resource, operation } = context.getNode().parameters;
	return `${String(resource)}.${String(operation)}`;
}
