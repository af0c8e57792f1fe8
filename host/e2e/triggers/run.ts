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

/** A fixture for each trigger, and for each way in which it gets events. @param otherWebhook see `callsFixture` */
export async function allFixtures(
	{ n8n, world, sandboxUrl }: Pick<QuickStart, 'n8n' | 'world' | 'sandboxUrl'>,
	otherWebhook?: string | null,
): Promise<TriggerFixture[]> {
	const credential = squadVoiceV4Credential(sandboxUrl);
	const { id } = await n8n.call<{ id: string }>('POST', '/credentials', credential);
	return [
		closeFixture(world, sandboxUrl),
		...aktifyFixtures(world),
		callsFixture(world, otherWebhook),
		statusesFixture(world),
		...squadVoiceFixtures(world, { id, name: credential.name }),
	];
}

/** A webhook of another system is not replaced unless the user chose to. */
async function checkForeignWebhook(checks: CheckRunner, { n8n, world }: QuickStart): Promise<void> {
	await checks.check(
		'triggers: Autocalls does not replace the webhook of another system',
		async () => {
			const { node } = callsFixture(world);
			const workflow = await TriggerWorkflow.create(
				n8n,
				'Autocalls without Replace Existing Webhook',
				{
					...node,
					parameters: { ...node.parameters, options: {} },
				},
			);
			const before = world.autocalls.assistants.get(502)?.webhookUrl;
			let refusal = '';
			try {
				await workflow.publish();
			} catch (error) {
				refusal = messageOf(error);
			}
			assert(
				/has a webhook already|already has a(nother)? webhook/.test(refusal),
				`the message is: ${refusal}`,
			);
			assert(world.autocalls.assistants.get(502)?.webhookUrl === before, 'it was overwritten');
			assert(
				world.autocalls.assistants.get(501)?.webhookUrl === null,
				'the other assistant was registered',
			);
		},
	);
}

async function checkDowntime(
	checks: CheckRunner,
	quickStart: QuickStart,
	harnesses: TriggerHarness[],
	how: 'gracefully' | 'killed',
): Promise<void> {
	const ended = how === 'killed' ? 'is killed' : 'is stopped';
	await checks.check(`triggers: n8n ${ended} and starts again, vendors retry`, async () => {
		await eventsDuringDowntime(quickStart, harnesses, how);
	});
	for (const harness of harnesses) {
		const { fixture } = harness;
		await checks.check(`${fixture.name}: n8n ${ended}, no event is lost or repeated`, async () => {
			await harness.assertComplete();
			const address = fixture.registeredAt?.(harness.url) ?? harness.address;
			assert(address === harness.address, `the address is now ${address}`);
		});
	}
	for (const harness of harnesses.filter(({ isPolling }) => !isPolling)) {
		await checks.check(
			`${harness.fixture.name}: replays of earlier events start nothing`,
			async () => {
				await replayAll(quickStart.world, harness);
			},
		);
	}
}

/** Triggers in the running n8n, from publishing to unpublishing. */
export async function checkTriggers(
	checks: CheckRunner,
	quickStart: QuickStart,
	burst: number,
): Promise<void> {
	const { world } = quickStart;
	world.reset();
	const harnesses: TriggerHarness[] = [];
	for (const fixture of await allFixtures(quickStart))
		harnesses.push(await TriggerHarness.create(fixture, quickStart));
	const webhooks = harnesses.filter(({ isPolling }) => !isPolling);

	await checkForeignWebhook(checks, quickStart);
	for (const harness of harnesses) {
		await checks.check(`${harness.fixture.name}: is published and registered`, async () => {
			await harness.publish();
		});
	}
	// All at once: the polling triggers poll once a minute, while the webhooks are checked.
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
			`${harness.fixture.name}: forged and malformed requests start nothing`,
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
		await checks.check(`${harness.fixture.name}: the next poll finds the new events`, async () => {
			await harness.assertComplete();
		});
	}
	await checkDowntime(checks, quickStart, harnesses, 'gracefully');
	await checkDowntime(checks, quickStart, harnesses, 'killed');
	for (const harness of webhooks) {
		await checks.check(`${harness.fixture.name}: still works after the downtimes`, async () => {
			await harness.fixture.causeEvents();
			await harness.assertComplete();
		});
	}
	for (const harness of harnesses) await checkUnpublishing(checks, quickStart, harness);
	await checkBurst(checks, quickStart, burst);
}

async function checkUnpublishing(
	checks: CheckRunner,
	{ world }: QuickStart,
	harness: TriggerHarness,
): Promise<void> {
	const { fixture, workflow, address, executions } = harness;
	await checks.check(
		`${fixture.name}: is unpublished and leaves nothing at the vendor`,
		async () => {
			await harness.assertComplete();
			const before = executions.count;
			await workflow.unpublish();
			fixture.checkGone?.(harness.url);
			if (!harness.isPolling) {
				const { status } = await world.deliveries.attempt(address, {}, '{}');
				assert(status === 404, `its address still responds ${String(status)}`);
			}
			await harness.assertNothingStarted(before);
		},
	);
}
