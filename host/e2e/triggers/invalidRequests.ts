import type { SandboxState } from '../../../sandbox';
import { assert } from '../checks';
import { MAX_REPLAYED, type InvalidRequest } from './TriggerFixture';
import type { TriggerHarness } from './TriggerHarness';

const MEGABYTE = 1024 * 1024;
const REFUSALS = [400, 401, 413, 422];

/** Malformed requests to a webhook, with a valid signature where the vendor signs. */
async function malformedRequests(
	{ deliveries }: SandboxState,
	{ fixture, address }: TriggerHarness,
): Promise<InvalidRequest[]> {
	const send = async (body: string) => [
		await deliveries.attempt(address, fixture.headersFor?.(body) ?? {}, body),
	];
	const call = async (method: string) => [await deliveries.attempt(address, {}, '{}', method)];
	const large = JSON.stringify({ filler: 'x'.repeat(MEGABYTE) });
	return [
		{ what: 'a body over 1 MB', attempts: await send(large), allowed: [413] },
		// n8n's own limit: n8n (2.41) responds 500 before it calls the node.
		{ what: 'a body over 16 MB', attempts: await send(large.repeat(17)), allowed: [413, 500] },
		{ what: 'broken JSON', attempts: await send('{"event":'), allowed: REFUSALS },
		{ what: 'no body', attempts: await send(''), allowed: REFUSALS },
		{ what: 'a list', attempts: await send('[]'), allowed: [200, 201, ...REFUSALS] },
		{ what: 'null', attempts: await send('null'), allowed: [200, 201, ...REFUSALS] },
		...(fixture.acceptsAnyObject === true
			? []
			: [{ what: 'an empty object', attempts: await send('{}'), allowed: [200, 201] }]),
		{ what: 'GET', attempts: await call('GET'), allowed: [404] },
		{ what: 'PUT', attempts: await call('PUT'), allowed: [404] },
	];
}

function assertStatuses(sent: InvalidRequest[]): void {
	const wrong = sent.flatMap(({ what, attempts, allowed }) =>
		attempts.flatMap(({ status }) =>
			allowed.some((one) => one === status) ? [] : [`${what}: ${status ?? 'no response'}`],
		),
	);
	assert(wrong.length === 0, `unexpected responses: ${wrong.join(', ')}`);
}

/** Sends forged and malformed requests: each gets an allowed response, and none starts the workflow. */
export async function sendInvalidRequests(
	world: SandboxState,
	harness: TriggerHarness,
): Promise<void> {
	await harness.assertComplete();
	const before = harness.executions.count;
	const forged = (await harness.fixture.forge?.()) ?? [];
	assert(forged.length > 1, 'no request was forged');
	assertStatuses([...forged, ...(await malformedRequests(world, harness))]);
	await harness.assertNothingStarted(before);
}

/** Replays the latest events: each gets a 2xx response, and none starts the workflow. */
export async function replayAll(world: SandboxState, harness: TriggerHarness): Promise<void> {
	const before = harness.executions.count;
	const attempts = (await harness.fixture.replay?.()) ?? [];
	await world.deliveries.settled();
	const minimum = Math.min(MAX_REPLAYED, harness.fixture.expected().length);
	assert(attempts.length >= minimum, `${attempts.length} requests were replayed`);
	const refused = attempts.filter(({ received }) => !received).map(({ status }) => status);
	assert(refused.length === 0, `replays got the status ${refused.join(', ')}`);
	await harness.assertNothingStarted(before);
}
