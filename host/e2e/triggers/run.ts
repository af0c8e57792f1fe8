import { type CheckRunner, assert } from '../checks';
import { messageOf } from '../../process/shutdown';
import type { QuickStart } from '../../quickstart/environment';
import { squadVoiceV4Credential } from '../../n8n/sandboxCredentials';
import { sendInvalidRequests, replayAll } from './invalidRequests';
import { aktifyFixtures } from './aktifyFixtures';
import { callsFixture, statusesFixture } from './autocallsFixtures';
import { checkBurst } from './burst';
import { closeFixture } from './closeFixture';
import { eventsDuringDowntime } from './downtime';
import { checkTestRuns } from './testRuns';
import { TriggerHarness } from './TriggerHarness';
import { squadVoiceFixtures } from './squadVoiceFixtures';
import type { TriggerFixture } from './TriggerFixture';
import { TriggerWorkflow } from './TriggerWorkflow';

async function allFixtures({ n8n, world, sandboxUrl }: QuickStart): Promise<TriggerFixture[]> {
	const credential = squadVoiceV4Credential(sandboxUrl);
	const { id } = await n8n.call<{ id: string }>('POST', '/credentials', credential);
	return [
		closeFixture(world, sandboxUrl),
		...aktifyFixtures(world),
		callsFixture(world),
		statusesFixture(world),
		...squadVoiceFixtures(world, { id, name: credential.name }),
	];
}

/** An assistant that tells somebody else is not taken over unasked. */
async function checkForeignWebhook(checks: CheckRunner, { n8n, world }: QuickStart): Promise<void> {
	await checks.check('triggers: Autocalls leaves the webhook of somebody else alone', async () => {
		const { node } = callsFixture(world);
		const workflow = await TriggerWorkflow.create(n8n, 'Autocalls unasked', {
			...node,
			parameters: { ...node.parameters, options: {} },
		});
		const before = world.autocalls.assistants.get(502)?.webhookUrl;
		let refusal = '';
		try {
			await workflow.activate();
		} catch (error) {
			refusal = messageOf(error);
		}
		assert(/has a webhook already/.test(refusal), `n8n said: ${refusal}`);
		assert(world.autocalls.assistants.get(502)?.webhookUrl === before, 'it was overwritten');
		assert(world.autocalls.assistants.get(501)?.webhookUrl === null, 'half of it was registered');
	});
}

async function checkDowntime(
	checks: CheckRunner,
	quickStart: QuickStart,
	harnesses: TriggerHarness[],
	how: 'properly' | 'killed',
): Promise<void> {
	const ended = how === 'killed' ? 'is killed' : 'is stopped';
	await checks.check(`triggers: n8n ${ended} and starts again, vendors try again`, async () => {
		await eventsDuringDowntime(quickStart, harnesses, how);
	});
	for (const harness of harnesses) {
		const { fixture } = harness;
		await checks.check(`${fixture.name}: n8n ${ended}, nothing is lost or repeated`, async () => {
			await harness.assertComplete();
			const address = fixture.registeredAt?.(harness.url) ?? harness.address;
			assert(address === harness.address, `the address is now ${address}`);
		});
	}
	for (const harness of harnesses.filter(({ isPolling }) => !isPolling)) {
		await checks.check(`${harness.fixture.name}: replays of before start nothing`, async () => {
			await replayAll(quickStart.world, harness);
		});
	}
}

/** Triggers in the running n8n, from activation to deactivation. */
export async function checkTriggers(
	checks: CheckRunner,
	quickStart: QuickStart,
	burst: number,
): Promise<void> {
	const { world } = quickStart;
	world.reset();
	const harnesses: TriggerHarness[] = [];
	for (const fixture of await allFixtures(quickStart))
		harnesses.push(await TriggerHarness.set(fixture, quickStart));
	const webhooks = harnesses.filter(({ isPolling }) => !isPolling);

	await checkForeignWebhook(checks, quickStart);
	for (const harness of harnesses) {
		await checks.check(`${harness.fixture.name}: is activated and registered`, async () => {
			await harness.activate();
		});
	}
	// All at once: what polls looks once a minute, and the webhooks' turn comes meanwhile.
	for (const { fixture } of harnesses) await fixture.causeEvents();
	for (const harness of webhooks) {
		await checks.check(`${harness.fixture.name}: every event starts one execution`, async () => {
			await harness.assertComplete();
			const { count } = harness.executions;
			assert(count === harness.fixture.expected().length, `${count} executions`);
		});
	}
	for (const harness of webhooks) {
		await checks.check(`${harness.fixture.name}: replays start nothing`, async () => {
			await replayAll(world, harness);
		});
		await checks.check(
			`${harness.fixture.name}: forgeries and nonsense start nothing`,
			async () => {
				await sendInvalidRequests(world, harness);
			},
		);
	}
	await checkTestRuns(
		checks,
		quickStart,
		new Map(harnesses.map((harness) => [harness.fixture.name, harness])),
	);
	for (const harness of harnesses.filter(({ isPolling }) => isPolling)) {
		await checks.check(`${harness.fixture.name}: the next poll finds what is new`, async () => {
			await harness.assertComplete();
		});
	}
	await checkDowntime(checks, quickStart, harnesses, 'properly');
	await checkDowntime(checks, quickStart, harnesses, 'killed');
	for (const harness of webhooks) {
		await checks.check(`${harness.fixture.name}: works after all of that`, async () => {
			await harness.fixture.causeEvents();
			await harness.assertComplete();
		});
	}
	for (const harness of harnesses) await checkDeactivation(checks, quickStart, harness);
	await checkBurst(checks, quickStart, burst);
}

async function checkDeactivation(
	checks: CheckRunner,
	{ world }: QuickStart,
	harness: TriggerHarness,
): Promise<void> {
	const { fixture, workflow, address, executions } = harness;
	await checks.check(`${fixture.name}: is deactivated with nothing left`, async () => {
		await harness.assertComplete();
		const before = executions.count;
		await workflow.deactivate();
		fixture.checkGone?.(harness.url);
		if (!harness.isPolling) {
			const { status } = await world.deliveries.attempt(address, {}, '{}');
			assert(status === 404, `its address still answers ${String(status)}`);
		}
		await harness.assertNothingStarted(before);
	});
}
