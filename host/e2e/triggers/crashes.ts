/* eslint-disable @n8n/community-nodes/no-restricted-imports -- waits for a running server */
import { setTimeout as wait } from 'node:timers/promises';
import { seededRandom } from '../../../sandbox/lib/random';
import { log } from '../../process/log';
import type { QuickStart } from '../../quickstart/environment';
import { type CheckRunner, assert } from '../checks';
import { sendWhileDown } from './downtime';
import { allFixtures } from './run';
import { TriggerHarness } from './TriggerHarness';

/** n8n applies what it had begun once the lease of the process before is over. */
export const CRASH_SETTINGS = { N8N_WORKFLOW_PUBLICATION_OUTBOX_LEASE_SECONDS: '30' };
const SETTLED_TIMEOUT_MS = 150_000;
const POLL_INTERVAL_MS = 500;
const CLOCK_MS = 1_000;
/** Longer than n8n's reconciler takes to look again. */
const QUIET_MS = 12_000;

/** What n8n is doing when it is killed, and how long after its beginning that may be, in milliseconds. */
interface Moment {
	what: string;
	from: number;
	to: number;
	/** n8n stores which webhooks were replaced at the end of publishing: killed before, the node cannot restore them. */
	forgetsReplaced?: true;
	prepare?(quickStart: QuickStart, harnesses: TriggerHarness[]): Promise<void>;
	/** Begins it; the kill makes it fail. */
	begin(quickStart: QuickStart, harnesses: TriggerHarness[]): Promise<unknown>;
}

/** Does something with all of them at once; what fails, fails. */
async function all(
	harnesses: TriggerHarness[],
	act: (harness: TriggerHarness) => Promise<void>,
): Promise<void> {
	await Promise.allSettled(harnesses.map(act));
}

const startPublishing: Moment['begin'] = async (_, harnesses) =>
	await all(harnesses, async ({ workflow }) => await workflow.startPublishing());

async function publishAll(harnesses: TriggerHarness[]): Promise<void> {
	await Promise.all(harnesses.map(async (harness) => await harness.publish()));
}

/** Makes the first four calls that register at a vendor fail, every other one after it was carried out. */
function failRegistrations({ faults }: QuickStart['world']): void {
	for (const [vendor, path] of [
		['close', '/webhook/'],
		['autocalls', '/enable-webhook'],
	]) {
		faults.add({ kind: 'resetAfter', vendor, method: 'POST', path, nth: [1, 3] });
		faults.add({ kind: 'status', status: 500, vendor, method: 'POST', path, nth: [2, 4] });
	}
}

const MOMENTS: Moment[] = [
	{
		what: 'while it publishes',
		from: 100,
		to: 3_000,
		forgetsReplaced: true,
		begin: startPublishing,
	},
	{
		what: 'while it unpublishes',
		from: 100,
		to: 2_000,
		prepare: async (_, harnesses) => await publishAll(harnesses),
		begin: async (_, harnesses) =>
			await all(harnesses, async ({ workflow }) => await workflow.startUnpublishing()),
	},
	{
		what: 'while it tries again to register',
		from: 1_000,
		to: 9_000,
		forgetsReplaced: true,
		prepare: async ({ world }) => failRegistrations(world),
		begin: startPublishing,
	},
	{
		what: 'while it starts',
		from: 500,
		to: 9_000,
		async prepare({ server, world }, harnesses) {
			await publishAll(harnesses);
			const webhooks = harnesses.filter(({ isPolling }) => !isPolling);
			for (const { fixture } of webhooks) await fixture.causeEvents();
			for (const harness of webhooks) await harness.assertComplete();
			await server.stop('killed');
			await sendWhileDown(world, harnesses);
			world.deliveries.speed = 1;
		},
		begin: async ({ server }) => await server.restart(),
	},
];

/** Repeats a check until it passes, or until time is up. @throws Error of the last time */
async function eventually(check: () => Promise<void>): Promise<void> {
	const deadline = Date.now() + SETTLED_TIMEOUT_MS;
	const passes = async () =>
		await check().then(
			() => true,
			() => false,
		);
	while (Date.now() < deadline && !(await passes())) await wait(POLL_INTERVAL_MS);
	await check();
}

/** @throws Error unless the vendor has exactly one registration, or none, as the workflow's state says */
async function assertRegistered(harness: TriggerHarness): Promise<boolean> {
	const { fixture, workflow, url } = harness;
	const isPublished = await workflow.isPublished();
	const publication = await workflow.publication();
	const wanted = isPublished ? 'published' : 'not_published';
	const { status = wanted } = publication ?? {};
	assert(status === wanted, `${fixture.name} is ${status}, not ${wanted}`);
	if (isPublished) harness.connect();
	else fixture.checkGone?.(url);
	return isPublished;
}

/** Kills n8n once, starts it again, and checks what is left: registrations, events, and nothing after unpublishing. */
async function killOnce(
	quickStart: QuickStart,
	harnesses: TriggerHarness[],
	{ prepare, begin }: Moment,
	afterMs: number,
): Promise<void> {
	const { server, world } = quickStart;
	// Vendors' clocks show whole seconds: what happened in the second of publishing counts as new.
	await wait(CLOCK_MS);
	await prepare?.(quickStart, harnesses);
	begin(quickStart, harnesses).catch(() => undefined);
	await wait(afterMs);
	await server.stop('killed');
	world.faults.clear();
	await server.restart();

	const published = new Map<TriggerHarness, boolean>();
	for (const harness of harnesses) {
		await eventually(async () => void published.set(harness, await assertRegistered(harness)));
	}
	await wait(QUIET_MS);
	for (const harness of harnesses) {
		assert(
			(await assertRegistered(harness)) === published.get(harness),
			`${harness.fixture.name} was published or unpublished by itself`,
		);
		if (published.get(harness) === false) await harness.publish();
	}
	const count = [...published.values()].filter(Boolean).length;
	log(`        | ${count} of ${harnesses.length} are published after it`);
	world.deliveries.speed = 4;
	await world.deliveries.settled();
	world.deliveries.speed = 1;
	for (const { fixture } of harnesses) await fixture.causeEvents();
	for (const harness of harnesses) await harness.assertComplete();
	for (const harness of harnesses) {
		await harness.workflow.unpublish();
		harness.fixture.checkGone?.(harness.url);
	}
}

/** How often n8n is killed, and the seed that draws when. */
export interface CrashOptions {
	kills: number;
	seed: number;
}

/**
 * Kills n8n at random moments while all triggers are published, unpublished, registered again after a failure, and while it
 * starts. Afterward the vendor has one registration of each trigger, or none, as the workflow says, and no event is lost or repeated.
 */
export async function checkCrashes(
	checks: CheckRunner,
	quickStart: QuickStart,
	{ kills, seed }: CrashOptions,
): Promise<void> {
	const random = seededRandom(seed);
	for (let kill = 0; kill < kills; kill++) {
		const moment = MOMENTS[kill % MOMENTS.length];
		if (moment === undefined) break;
		const afterMs = Math.round(moment.from + random() * (moment.to - moment.from));
		await checks.check(`triggers: n8n is killed ${moment.what}, after ${afterMs} ms`, async () => {
			quickStart.world.reset();
			const harnesses: TriggerHarness[] = [];
			const otherWebhook = moment.forgetsReplaced ? null : undefined;
			for (const fixture of await allFixtures(quickStart, otherWebhook)) {
				harnesses.push(await TriggerHarness.create(fixture, quickStart, true));
			}
			try {
				await killOnce(quickStart, harnesses, moment, afterMs);
			} finally {
				// Also after a failure: the next check must not find these triggers.
				await all(harnesses, async ({ workflow }) => await workflow.unpublish());
			}
		});
	}
}
