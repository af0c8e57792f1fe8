import type { SandboxState } from '../../../sandbox';
import { assert } from '../checks';
import { MAX_REPLAYED, type Forgery } from './TriggerFixture';
import type { TriggerHarness } from './TriggerHarness';

const megabyte = 1024 * 1024;
const refusals = [400, 401, 413, 422];

/** What is sent to a webhook by mistake or in malice, rightly signed where that can be. */
async function malformedRequests(
	{ deliveries }: SandboxState,
	{ fixture, address }: TriggerHarness,
): Promise<Forgery[]> {
	const send = async (body: string) => [
		await deliveries.attempt(address, fixture.headersFor?.(body) ?? {}, body),
	];
	const call = async (method: string) => [await deliveries.attempt(address, {}, '{}', method)];
	const large = JSON.stringify({ filler: 'x'.repeat(megabyte) });
	return [
		{ what: 'a body over 1 MB', attempts: await send(large), allowed: [413] },
		// n8n's own limit, which it answers with 500 before it asks the node.
		{ what: 'a body over 16 MB', attempts: await send(large.repeat(17)), allowed: [413, 500] },
		{ what: 'broken JSON', attempts: await send('{"event":'), allowed: refusals },
		{ what: 'no body', attempts: await send(''), allowed: refusals },
		{ what: 'a list', attempts: await send('[]'), allowed: [200, 201, ...refusals] },
		{ what: 'null', attempts: await send('null'), allowed: [200, 201, ...refusals] },
		...(fixture.acceptsAnyObject === true
			? []
			: [{ what: 'an empty object', attempts: await send('{}'), allowed: [200, 201] }]),
		{ what: 'GET', attempts: await call('GET'), allowed: [404] },
		{ what: 'PUT', attempts: await call('PUT'), allowed: [404] },
	];
}

function assertStatuses(sent: Forgery[]): void {
	const wrong = sent.flatMap(({ what, attempts, allowed }) =>
		attempts.flatMap(({ status }) =>
			allowed.some((one) => one === status) ? [] : [`${what}: ${status ?? 'no answer'}`],
		),
	);
	assert(wrong.length === 0, `answered otherwise: ${wrong.join(', ')}`);
}

/** Sends forgeries and nonsense to a trigger: each is answered as it must be, and none starts anything. */
export async function sendInvalidRequests(
	world: SandboxState,
	harness: TriggerHarness,
): Promise<void> {
	await harness.assertComplete();
	const before = harness.executions.count;
	const forged = (await harness.fixture.forge?.()) ?? [];
	assert(forged.length > 1, 'nothing was forged');
	assertStatuses([...forged, ...(await malformedRequests(world, harness))]);
	await harness.assertNothingStarted(before);
}

/** Sends again what was sent last: all is answered with a 2xx, and starts nothing. */
export async function replayAll(world: SandboxState, harness: TriggerHarness): Promise<void> {
	const before = harness.executions.count;
	const attempts = (await harness.fixture.replay?.()) ?? [];
	await world.deliveries.settled();
	const fewest = Math.min(MAX_REPLAYED, harness.fixture.expected().length);
	assert(attempts.length >= fewest, `${attempts.length} requests were repeated`);
	const refused = attempts.filter(({ received }) => !received).map(({ status }) => status);
	assert(refused.length === 0, `repeats were answered ${refused.join(', ')}`);
	await harness.assertNothingStarted(before);
}
