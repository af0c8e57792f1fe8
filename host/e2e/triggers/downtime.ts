import type { SandboxState } from '../../../sandbox';
import { assert } from '../checks';
import type { QuickStart } from '../../quickstart/environment';
import { allTried, type TriggerHarness } from './TriggerHarness';

/** Vendors try again after 10 or 30 seconds at first: all of them after 30. */
const slow = 1 / 3;
/** Further pauses are minutes long. */
const fast = 4;
const impatient = new Set(['Close', 'Aktify']);

const vendorOf = ({ fixture }: TriggerHarness) => fixture.name.split(/\W/)[0] ?? '';

/**
 * Ends n8n, lets every vendor have news meanwhile, and starts n8n again: vendors that send webhooks
 * try again by themselves, the others are asked.
 */
export async function eventsDuringDowntime(
	{ server, world }: QuickStart,
	harnesses: TriggerHarness[],
	how: 'properly' | 'killed',
): Promise<void> {
	// What came last before the end has to be known after it, though nothing came that could store it.
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
	const lost = world.deliveries.log.filter(({ state }) => state === 'givenUp');
	assert(lost.length === 0, `vendors gave up on ${lost.length} webhooks`);
}

async function sendWhileDown(world: SandboxState, harnesses: TriggerHarness[]): Promise<void> {
	world.deliveries.speed = slow;
	for (const harness of harnesses)
		if (impatient.has(vendorOf(harness))) await harness.fixture.causeEvents();
	await allTried(world);
	world.deliveries.speed = 1;
	for (const harness of harnesses)
		if (!impatient.has(vendorOf(harness))) await harness.fixture.causeEvents();
	await allTried(world);
	world.deliveries.speed = fast;
}
