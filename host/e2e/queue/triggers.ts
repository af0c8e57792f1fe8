import type { SandboxState } from '../../../sandbox';
import type { CheckRunner } from '../checks';
import { allFixtures } from '../triggers/run';
import type { TriggerFixture } from '../triggers/TriggerFixture';
import { TriggerHarness } from '../triggers/TriggerHarness';
import type { Cluster } from './Cluster';

/** As docs/triggers asks for where several processes receive webhooks. */
function withoutCatchUp(fixture: TriggerFixture): TriggerFixture {
	if (fixture.node.type !== 'closeTrigger') return fixture;
	const parameters = { ...fixture.node.parameters, options: { catchUp: false } };
	return { ...fixture, node: { ...fixture.node, parameters } };
}

/** All triggers in queue mode: a process of its own receives the webhooks, workers execute, and the main is killed. */
export async function checkQueueTriggers(
	checks: CheckRunner,
	cluster: Cluster,
	world: SandboxState,
	sandboxUrl: string,
): Promise<void> {
	const { n8n } = cluster;
	const fixtures = (await allFixtures({ n8n, world, sandboxUrl })).map(withoutCatchUp);
	const harnesses: TriggerHarness[] = [];
	for (const fixture of fixtures) {
		harnesses.push(await TriggerHarness.create(fixture, { n8n, editorUrl: cluster.webhookUrl }));
	}
	const webhooks = harnesses.filter(({ isPolling }) => !isPolling);
	const checkEach = async (
		what: string,
		some: TriggerHarness[],
		check: (harness: TriggerHarness) => Promise<void>,
	) => {
		for (const harness of some) {
			await checks.check(
				`queue mode: ${harness.fixture.name}: ${what}`,
				async () => await check(harness),
			);
		}
	};

	await checkEach('is published and registered', harnesses, async (harness) => {
		await harness.publish();
	});
	for (const { fixture } of harnesses) await fixture.causeEvents();
	await checkEach('every event starts one execution', harnesses, async (harness) => {
		await harness.assertComplete();
	});
	await checks.check('queue mode: events while the main is killed', async () => {
		await cluster.withoutMain(async () => {
			for (const { fixture } of webhooks) await fixture.causeEvents();
			await world.deliveries.settled();
		});
	});
	await checkEach('is registered once, no event is lost or repeated', webhooks, async (harness) => {
		harness.connect();
		await harness.assertComplete();
	});
	await checkEach('is unpublished and leaves nothing at the vendor', harnesses, async (harness) => {
		await harness.workflow.unpublish();
		harness.fixture.checkGone?.(harness.url);
	});
}
