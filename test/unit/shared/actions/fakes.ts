import type { DeduplicationScope, IExecuteFunctions, INodeParameters } from 'n8n-workflow';
import { createJob } from '../../../../nodes/shared/actions/leadState';
import type { LeadJob } from '../../../../nodes/shared/actions/leadState';
import type { Operation } from '../../../../nodes/shared/actions/operation';
import type { Outcome, Success } from '../../../../nodes/shared/actions/outcome/outcome';
import { RunJournal } from '../../../../nodes/shared/actions/resume/RunJournal';
import { SentLeadStore } from '../../../../nodes/shared/actions/resume/SentLeadStore';
import { ApiClient } from '../../../../nodes/shared/transport/ApiClient';
import { ApiError } from '../../../../nodes/shared/transport/ApiError';
import type { ApiErrorKind } from '../../../../nodes/shared/transport/ApiError';
import type { AccountConfig, Vendor } from '../../../../nodes/shared/transport/vendor';
import type { ProcessedStore } from '../../../support/engine/ProcessedStore';

/** An empty journal, as the first attempt of a node has it. */
export function createJournal(): RunJournal {
	const store = {};
	return RunJournal.open(
		{ getContext: () => store, getWorkflowDataProxy: () => ({ $runIndex: 0 }) },
		'lead.create',
		'account',
	);
}

/** A job whose lead is its item index; `keys` are dedupe keys. */
export function fakeJob(
	itemIndex: number,
	keys: readonly string[] = [],
	recordKeys: readonly string[] = [],
): LeadJob<number> {
	const journalKey = keys[0] ?? `#${itemIndex}`;
	return createJob({ itemIndex, lead: itemIndex, dedupeKeys: keys, recordKeys, journalKey });
}

export type FakeOperation = Operation<number, AccountConfig, number>;

/** An operation on leads that are numbers, in batches of up to 100. */
export function fakeOperation(
	sendBatch: (leads: readonly number[], client: unknown) => Promise<Outcome[]>,
	more: Partial<
		Pick<FakeOperation, 'dedupeKeys' | 'reconcile' | 'resolveRejection' | 'safety' | 'toOutput'>
	> & {
		batchKey?: (lead: number) => string;
	} = {},
): FakeOperation {
	return {
		safety: 'unsafe',
		parseItem: () => 0,
		maxBatchSize: () => 100,
		sendBatch: async (client, leads) => await sendBatch(leads, client),
		...more,
	};
}

/** Accepts every lead. */
export const created = (lead: number): Success => ({ kind: 'created', data: { lead } });

export function apiError(kind: ApiErrorKind, status?: number): ApiError {
	return new ApiError(kind, `Failed: ${kind}`, 'Do something', status);
}

export const vendor: Vendor = {
	name: 'Vendor',
	credential: 'vendorApi',
	readAccount: () => ({
		baseUrl: 'https://vendor.example',
		secrets: [],
		accountKey: 'account',
	}),
	parseErrorMessage: () => undefined,
	authErrorStatuses: [401],
	defaultConcurrency: 5,
	requestsPerMinute: 0,
};

/** The part of n8n's context that the kernel reads outside of requests. */
export function fakeContext(
	parameters: INodeParameters = {},
	more: Partial<IExecuteFunctions> = {},
): IExecuteFunctions {
	const context: Partial<IExecuteFunctions> = {
		getNode: () => ({
			id: 'node',
			name: 'Node',
			type: 'node',
			typeVersion: 1,
			position: [0, 0],
			parameters,
		}),
		getNodeParameter: ((name: string, _itemIndex: number, fallback?: unknown) =>
			parameters[name] ?? fallback) as IExecuteFunctions['getNodeParameter'],
		getMode: () => 'trigger',
		getCredentials: async <T extends object>() => ({}) as T,
		...more,
	};
	return context as IExecuteFunctions;
}

/** A client that no test lets send a request. */
export async function fakeClient(): Promise<ApiClient> {
	const settings = { timeoutMs: 1, giveUpAfterMs: 1, requestsPerMinute: 0, maxConcurrentRequests: 10 };
	return await ApiClient.open(fakeContext(), vendor, settings);
}

/** The outcome kinds of jobs, in order; the status of one that is not done. */
export function kindsOf(jobs: ReadonlyArray<LeadJob<unknown>>): string[] {
	return jobs.map(({ state }) => (state.status === 'done' ? state.outcome.kind : state.status));
}

/** The leads that earlier executions sent, in a store of processed values of the test's own. */
export function openSentLeads(store: ProcessedStore): SentLeadStore {
	const scope: DeduplicationScope = 'workflow';
	const context = { workflow: { id: 'w', active: true } };
	const helpers: Partial<IExecuteFunctions['helpers']> = {
		checkProcessedAndRecord: async (items, _scope, options) =>
			await store.checkProcessedAndRecord(items, scope, context, options),
		removeProcessed: async (items) => await store.removeProcessed(items, scope, context),
	};
	const executing = { helpers } as Partial<IExecuteFunctions>;
	return SentLeadStore.open(executing as IExecuteFunctions, scope, 'kind');
}
