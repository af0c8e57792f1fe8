import type { ApiClient } from '../transport/ApiClient';
import type { AccountConfig, Vendor } from '../transport/vendor';
import type { Waits } from '../transport/Waits';
import { outcomeOf, type LeadJob } from './leadState';
import type { Operation } from './operation';
import type { RunSettings } from './settings';

/** Shorter waits are not worth a sentence. */
const MIN_WAIT_MS = 5_000;

/** What a person at the canvas should know about a run besides its counts; one sentence each. */
export async function runNotes<Lead, A extends AccountConfig, Found>(
	operation: Operation<Lead, A, Found>,
	client: ApiClient<A>,
	jobs: ReadonlyArray<LeadJob<Lead>>,
	settings: RunSettings,
	isManual: boolean,
): Promise<string[]> {
	const sent = jobs.filter((job) => outcomeOf(job)?.kind === 'created').map(({ lead }) => lead);
	if (sent.length === 0) return waitNotes(client.options.waits, client.options.vendor, settings);
	// No one reads it after a production run, which may have one lead and one request.
	const ofVendor = isManual ? await vendorNotes(operation, client, sent) : [];
	return [
		...ofVendor,
		...sameNumberNotes(operation, sent),
		...(operation.acceptsRepeats === true && settings.remember === undefined
			? [
					'Running this again sends all leads again. Turn on Remember Sent Leads: it counts from the next run on',
				]
			: []),
		...waitNotes(client.options.waits, client.options.vendor, settings),
	];
}

/** Whatever happens: the leads are sent, and only a note would be missing. */
async function vendorNotes<Lead, A extends AccountConfig, Found>(
	operation: Operation<Lead, A, Found>,
	client: ApiClient<A>,
	sent: readonly Lead[],
): Promise<string[]> {
	if (operation.notesOnSent === undefined || client.isVendorAway) return [];
	return await operation.notesOnSent(client.impatient(), sent).catch(() => []);
}

function sameNumberNotes<Lead, A extends AccountConfig, Found>(
	{ numberOf }: Operation<Lead, A, Found>,
	sent: readonly Lead[],
): string[] {
	if (numberOf === undefined) return [];
	const counts = new Map<string, number>();
	for (const lead of sent) counts.set(numberOf(lead), (counts.get(numberOf(lead)) ?? 0) + 1);
	const repeated = [...counts.values()].filter((count) => count > 1).length;
	if (repeated === 0) return [];
	const numbers = repeated === 1 ? 'One phone number was' : `${repeated} phone numbers were`;
	return [`${numbers} sent under several lead IDs and may be called twice (see Same Phone Number)`];
}

function waitNotes(
	waits: Waits,
	{ name, requestsPerMinute }: Vendor,
	settings: Pick<RunSettings, 'requestsPerMinute'>,
): string[] {
	const own = settings.requestsPerMinute;
	const reasons = {
		requestsPerMinute:
			own === requestsPerMinute
				? `for ${name}'s limit (${own} requests a minute)`
				: `for the option Requests per Minute (${own})`,
		rateLimit: `for ${name}'s rate limit`,
		unavailable: `while ${name} was unavailable`,
	};
	return (['requestsPerMinute', 'rateLimit', 'unavailable'] as const).flatMap((reason) => {
		const totalMs = waits.totalMs(reason);
		return totalMs < MIN_WAIT_MS
			? []
			: [`Waited ${Math.round(totalMs / 1000)} s ${reasons[reason]}`];
	});
}
