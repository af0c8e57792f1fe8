import { type CheckRunner, assert } from '../checks';
import { messageOf } from '../../process/shutdown';
import type { QuickStart } from '../../quickstart/environment';
import { squadVoiceV4Credential } from '../../n8n/sandboxCredentials';
import { abuse, repeatAll } from './abuse';
import { aktifyStages } from './aktifyStages';
import { callsStage, statusesStage } from './autocallsStages';
import { checkBurst } from './burst';
import { closeStage } from './closeStage';
import { newsDuringDowntime } from './downtime';
import { checkTestRuns } from './editorRuns';
import { TriggerHarness } from './scene';
import { squadVoiceStages } from './squadVoiceStages';
import type { TriggerFixture } from './stage';
import { TriggerWorkflow } from './workflow';

async function allStages({ n8n, world, sandboxUrl }: QuickStart): Promise<TriggerFixture[]> {
	const credential = squadVoiceV4Credential(sandboxUrl);
	const { id } = await n8n.call<{ id: string }>('POST', '/credentials', credential);
	return [
		closeStage(world, sandboxUrl),
		...aktifyStages(world),
		callsStage(world),
		statusesStage(world),
		...squadVoiceStages(world, { id, name: credential.name }),
	];
}

/** An assistant that tells somebody else is not taken over unasked. */
async function checkForeignWebhook(checks: CheckRunner, { n8n, world }: QuickStart): Promise<void> {
	await checks.check('triggers: Autocalls leaves the webhook of somebody else alone', async () => {
		const { node } = callsStage(world);
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
	scenes: TriggerHarness[],
	how: 'properly' | 'killed',
): Promise<void> {
	const ended = how === 'killed' ? 'is killed' : 'is stopped';
	await checks.check(`triggers: n8n ${ended} and starts again, vendors try again`, async () => {
		await newsDuringDowntime(quickStart, scenes, how);
	});
	for (const scene of scenes) {
		const { stage } = scene;
		await checks.check(`${stage.name}: n8n ${ended}, nothing is lost or repeated`, async () => {
			await scene.mustBeComplete();
			const address = stage.registeredAt?.(scene.url) ?? scene.address;
			assert(address === scene.address, `the address is now ${address}`);
		});
	}
	for (const scene of scenes.filter(({ isPolling }) => !isPolling)) {
		await checks.check(`${scene.stage.name}: replays of before start nothing`, async () => {
			await repeatAll(quickStart.world, scene);
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
	const scenes: TriggerHarness[] = [];
	for (const stage of await allStages(quickStart))
		scenes.push(await TriggerHarness.set(stage, quickStart));
	const webhooks = scenes.filter(({ isPolling }) => !isPolling);

	await checkForeignWebhook(checks, quickStart);
	for (const scene of scenes) {
		await checks.check(`${scene.stage.name}: is activated and registered`, async () => {
			await scene.activate();
		});
	}
	// All at once: what polls looks once a minute, and the webhooks' turn comes meanwhile.
	for (const { stage } of scenes) await stage.makeNews();
	for (const scene of webhooks) {
		await checks.check(`${scene.stage.name}: every event starts one execution`, async () => {
			await scene.mustBeComplete();
			const { count } = scene.runs;
			assert(count === scene.stage.expected().length, `${count} executions`);
		});
	}
	for (const scene of webhooks) {
		await checks.check(`${scene.stage.name}: replays start nothing`, async () => {
			await repeatAll(world, scene);
		});
		await checks.check(`${scene.stage.name}: forgeries and nonsense start nothing`, async () => {
			await abuse(world, scene);
		});
	}
	await checkTestRuns(
		checks,
		quickStart,
		new Map(scenes.map((scene) => [scene.stage.name, scene])),
	);
	for (const scene of scenes.filter(({ isPolling }) => isPolling)) {
		await checks.check(`${scene.stage.name}: the next poll finds what is new`, async () => {
			await scene.mustBeComplete();
		});
	}
	await checkDowntime(checks, quickStart, scenes, 'properly');
	await checkDowntime(checks, quickStart, scenes, 'killed');
	for (const scene of webhooks) {
		await checks.check(`${scene.stage.name}: works after all of that`, async () => {
			await scene.stage.makeNews();
			await scene.mustBeComplete();
		});
	}
	for (const scene of scenes) await checkDeactivation(checks, quickStart, scene);
	await checkBurst(checks, quickStart, burst);
}

async function checkDeactivation(
	checks: CheckRunner,
	{ world }: QuickStart,
	scene: TriggerHarness,
): Promise<void> {
	const { stage, workflow, address, runs } = scene;
	await checks.check(`${stage.name}: is deactivated with nothing left`, async () => {
		await scene.mustBeComplete();
		const before = runs.count;
		await workflow.deactivate();
		stage.checkGone?.(scene.url);
		if (!scene.isPolling) {
			const { status } = await world.deliveries.attempt(address, {}, '{}');
			assert(status === 404, `its address still answers ${String(status)}`);
		}
		await scene.mustHaveStartedNothing(before);
	});
}
