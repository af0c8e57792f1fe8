import type { SandboxState } from '../../../sandbox';
import { assert } from '../checks';
import type { QuickStart } from '../../quickstart/environment';
import { allTried, type TriggerHarness } from './scene';

/** Vendors try again after 10 or 30 seconds at first: all of them after 30. */
const slow = 1 / 3;
/** Further pauses are minutes long. */
const fast = 4;
const impatient = new Set(['Close', 'Aktify']);

const vendorOf = ({ stage }: TriggerHarness) => stage.name.split(/\W/)[0] ?? '';

/**
 * Ends n8n, lets every vendor have news meanwhile, and starts n8n again: vendors that send webhooks
 * try again by themselves, the others are asked.
 */
export async function newsDuringDowntime(
	{ server, world }: QuickStart,
	scenes: TriggerHarness[],
	how: 'properly' | 'killed',
): Promise<void> {
	// What came last before the end has to be known after it, though nothing came that could store it.
	const webhooks = scenes.filter(({ isPolling }) => !isPolling);
	for (const { stage } of webhooks) await stage.makeNews();
	for (const scene of webhooks) await scene.mustBeComplete();
	await server.stop(how);
	await newsTriedOnce(world, scenes);
	assert(
		world.deliveries.log.some(({ state }) => state === 'pending'),
		'n8n was not down',
	);
	await server.startAgain();
	await world.deliveries.settled();
	world.deliveries.speed = 1;
	const lost = world.deliveries.log.filter(({ state }) => state === 'givenUp');
	assert(lost.length === 0, `vendors gave up on ${lost.length} webhooks`);
}

async function newsTriedOnce(world: SandboxState, scenes: TriggerHarness[]): Promise<void> {
	world.deliveries.speed = slow;
	for (const scene of scenes) if (impatient.has(vendorOf(scene))) await scene.stage.makeNews();
	await allTried(world);
	world.deliveries.speed = 1;
	for (const scene of scenes) if (!impatient.has(vendorOf(scene))) await scene.stage.makeNews();
	await allTried(world);
	world.deliveries.speed = fast;
}
