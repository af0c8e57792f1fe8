import type { SandboxState } from '../../../sandbox';
import { assert } from '../checks';
import type { QuickStart } from '../../quickstart/environment';
import { waitForFirstAttempts, type TriggerHarness } from './TriggerHarness';

/** Slows down the vendors whose first retry comes after 10 s, to 30 s like the others. */
const SLOW = 1 / 3;
/** Speeds up the later retries, which come after minutes. */
const FAST = 4;
/** Vendors whose first retry comes after 10 s. */
const FAST_RETRYING = new Set(['Close', 'Aktify']);

const vendorOf = ({ fixture }: TriggerHarness) => fixture.name.split(/\W/)[0] ?? '';

/**
 * Ends n8n, causes events at every vendor, and starts n8n again: vendors that send webhooks retry
 * by themselves, the others are polled.
 */
export async function eventsDuringDowntime(
	{ server, world }: QuickStart,
	harnesses: TriggerHarness[],
	how: 'gracefully' | 'killed',
): Promise<void> {
	// The latest events must survive, though no later event has caused n8n to store their state.
	const webhooks = harnesses.filter(({ isPolling }) => !isPolling);
	for (const { fixture } of webhooks) await fixture.causeEvents();
	for (const harness of webhooks) await harness.assertComplete();
	await server.stop(how);
	await sendWhileDown(world, harnesses);
	assert(
		world.deliveries.log.some(({ state }) => state === 'pending'),
		'n8n was not down',
	);
	await server.restart();
	await world.deliveries.settled();
	world.deliveries.speed = 1;
	const abandoned = world.deliveries.log.filter(({ state }) => state === 'givenUp');
	assert(abandoned.length === 0, `vendors gave up on ${abandoned.length} webhooks`);
}

/** Causes events while n8n is down; afterward retries are fast. */
export async function sendWhileDown(
	world: SandboxState,
	harnesses: TriggerHarness[],
): Promise<void> {
	world.deliveries.speed = SLOW;
	for (const harness of harnesses)
		if (FAST_RETRYING.has(vendorOf(harness))) await harness.fixture.causeEvents();
	await waitForFirstAttempts(world);
	world.deliveries.speed = 1;
	for (const harness of harnesses)
		if (!FAST_RETRYING.has(vendorOf(harness))) await harness.fixture.causeEvents();
	await waitForFirstAttempts(world);
	world.deliveries.speed = FAST;
}
