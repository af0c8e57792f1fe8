import { type CheckRunner, assert } from '../checks';
import type { QuickStart } from '../../quickstart/environment';
import { Runs } from './runs';
import type { TriggerHarness } from './scene';
import { newPhone } from './stage';
import { TriggerWorkflow } from './workflow';

const soonMs = 30_000;

/** Starts a test run that has to wait for the vendor, and gives the address that it waits at. */
async function listen(
	{ workflow }: TriggerHarness,
	{ editorUrl }: QuickStart,
	path: string,
): Promise<string> {
	const { waitingForWebhook } = await workflow.runByHand();
	assert(waitingForWebhook === true, 'the test run does not wait for a webhook');
	return `${editorUrl}/webhook-test/${workflow.webhookId}/${path}`;
}

/** @throws Error unless a test run put out one item, and `isRight` about it */
async function mustHaveTested(runs: Runs, isRight: (item: object) => boolean): Promise<void> {
	await runs.waitUntil(() => runs.testItems.length > 0, soonMs);
	const [item] = runs.testItems;
	assert(item !== undefined && runs.testItems.length === 1, `${runs.testItems.length} items`);
	assert(isRight(item), `the item is ${JSON.stringify(item)}`);
}

const has = (fields: Record<string, unknown>) => (item: object) =>
	Object.entries(fields).every(([name, value]) => Reflect.get(item, name) === value);

/** Test runs as the editor starts them, on workflows that are active meanwhile where that can be. */
export async function checkTestRuns(
	checks: CheckRunner,
	quickStart: QuickStart,
	scenes: Map<string, TriggerHarness>,
): Promise<void> {
	const { world, n8n } = quickStart;
	const sceneOf = (name: string) => {
		const scene = scenes.get(name);
		assert(scene !== undefined, `there is no ${name}`);
		return scene;
	};

	await checks.check('triggers: a test run of Close shows one event', async () => {
		const scene = sceneOf('Close');
		const { subscriptions } = world.close.webhooks;
		const url = await listen(scene, quickStart, 'close');
		const targets = [...subscriptions.values()].map((one) => one.url).sort();
		assert(targets.join() === [scene.url, url].sort().join(), `subscribed: ${targets.join(', ')}`);
		const [lead] = world.close.seedLeads(1);
		world.close.webhooks.emit({ action: 'created', leadId: lead?.id ?? '' });
		const phoneNumber = lead?.contacts[0]?.phones[0]?.phone;
		await mustHaveTested(scene.runs, has({ event: 'lead.created', phoneNumber }));
		await world.deliveries.settled();
		assert(subscriptions.size === 1, `${subscriptions.size} subscriptions after the test run`);
		await scene.mustBeComplete();
	});

	await checks.check('triggers: a test run of Aktify shows one event', async () => {
		const scene = sceneOf('Aktify, signature v2');
		const url = await listen(scene, quickStart, 'aktify');
		const [active] = world.aktify.webhooks.all.filter((one) => one.url === scene.url);
		assert(active !== undefined, 'the Portal has no webhook of the workflow');
		const webhook = world.aktify.webhooks.configureWebhook(active.scope, { ...active, url });
		const phoneNumber = newPhone();
		world.aktify.play(active.scope, phoneNumber, 'lead.call_ended');
		await mustHaveTested(scene.runs, has({ event: 'lead.call_ended', phoneNumber }));
		world.aktify.webhooks.removeWebhook(webhook);
		await scene.mustBeComplete();
	});

	await checks.check('triggers: a test run of Autocalls shows one call', async () => {
		const workflow = await TriggerWorkflow.create(n8n, 'Autocalls by hand', {
			...sceneOf('Autocalls, call ended').stage.node,
			parameters: { triggerOn: 'callEnded', assistants: ['503'] },
		});
		assert((await workflow.runByHand()).waitingForWebhook === true, 'it does not wait');
		const assistant = world.autocalls.assistants.get(503);
		assert(assistant?.webhookUrl?.includes('/webhook-test/') === true, 'it is not registered');
		const [lead] = world.autocalls.seedLeads(15, 1);
		world.autocalls.call(lead?.id ?? 0);
		const runs = new Runs(n8n, workflow);
		await mustHaveTested(runs, has({ event: 'call.ended', leadId: lead?.id }));
		await world.deliveries.settled();
		assert(assistant.webhookUrl === null, `${String(assistant.webhookUrl)} is left`);
	});

	await checks.check('triggers: a test run of what polls shows a sample', async () => {
		for (const [name, event] of [
			['SquadVoice, polling v1', 'lead.processed'],
			['SquadVoice, polling v4', 'lead.processed'],
			['Autocalls, lead status changed', 'lead.status_changed'],
		] as const) {
			const { workflow, runs } = sceneOf(name);
			const { executionId } = await workflow.runByHand();
			assert(executionId !== undefined, `${name} does not run at once`);
			await mustHaveTested(runs, has({ event }));
		}
	});
}
