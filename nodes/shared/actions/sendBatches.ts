import { sleep } from 'n8n-workflow';
import type { Dispatch, Parcel } from './BatchSender';
import { nextToSend } from './dedupe';
import type { Group } from './dedupe';
import type { LeadOperation } from './operation';
import type { Outcome } from './outcome/outcome';
import { notPrepared } from './prepareItems';
import type { RunSettings } from './settings';
import { PreviewedRequest } from '../transport/ApiClient';
import type { VendorClient } from '../transport/ApiClient';
import type { Account } from '../transport/vendor';

const waitBeforeNextRoundMs = 1_000;

/** Preview Only: each lead shows the request that it would travel in; none is sent. */
export async function previewAll<Lead, A extends Account>(
	operation: LeadOperation<Lead, A>,
	client: VendorClient<A>,
	groups: Array<Group<Lead>>,
): Promise<void> {
	for (const group of groups) {
		for (let next = nextToSend(group); next !== undefined; next = nextToSend(group)) {
			next.outcome = await preview(operation, client, next.lead);
		}
	}
}

async function preview<Lead, A extends Account>(
	operation: LeadOperation<Lead, A>,
	client: VendorClient<A>,
	lead: Lead,
): Promise<Outcome> {
	try {
		const [outcome] = await operation.send(client, [lead]);
		return outcome ?? notPrepared(new Error('There is nothing to send'));
	} catch (error) {
		return error instanceof PreviewedRequest
			? { kind: 'preview', data: error.shown() }
			: notPrepared(error);
	}
}

/**
 * Sends one parcel of every group, in rounds: the next round has those that the vendor may take on
 * another try, and the repeats of those that it did not take.
 */
export async function sendAll<Lead, A extends Account>(
	operation: LeadOperation<Lead, A>,
	dispatch: Dispatch<Lead, A>,
	groups: Array<Group<Lead>>,
	settings: RunSettings,
	stopOnFailure: boolean,
	signal: AbortSignal | undefined,
): Promise<void> {
	const goOn = () => !(stopOnFailure && dispatch.failed);
	for (const group of groups) if (group.length > 1) dispatch.passOver(group);
	let open = groups;
	for (;;) {
		const pending: Array<Parcel<Lead>> = [];
		open = open.filter((group) => {
			const next = nextToSend(group);
			if (next !== undefined) pending.push(next);
			return next !== undefined;
		});
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
		// What an earlier try sent travels apart: its refusal may mean something else.
		const key = `${parcel.sentEarlier === true}|${operation.together?.(parcel.lead) ?? ''}`;
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
