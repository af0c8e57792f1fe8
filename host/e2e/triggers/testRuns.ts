import { type CheckRunner, assert } from '../checks';
import type { QuickStart } from '../../quickstart/environment';
import { Executions } from './Executions';
import type { TriggerHarness } from './TriggerHarness';
import { newPhone } from './TriggerFixture';
import { TriggerWorkflow } from './TriggerWorkflow';

const TIMEOUT_MS = 30_000;

/** Starts a test run that waits for a webhook, and returns the webhook's address. */
async function listen(
	{ workflow }: TriggerHarness,
	{ editorUrl }: QuickStart,
	path: string,
): Promise<string> {
	const { waitingForWebhook } = await workflow.startTestRun();
	assert(waitingForWebhook === true, 'the test run does not wait for a webhook');
	return `${editorUrl}/webhook-test/${workflow.webhookId}/${path}`;
}

/** @throws Error unless the test run output one item for which `isRight` holds */
async function assertTestRun(
	executions: Executions,
	isRight: (item: object) => boolean,
): Promise<void> {
	await executions.waitUntil(() => executions.testItems.length > 0, TIMEOUT_MS);
	const [item] = executions.testItems;
	assert(
		item !== undefined && executions.testItems.length === 1,
		`${executions.testItems.length} items`,
	);
	assert(isRight(item), `the item is ${JSON.stringify(item)}`);
}

const has = (fields: Record<string, unknown>) => (item: object) =>
	Object.entries(fields).every(([name, value]) => Reflect.get(item, name) === value);

/** Test runs as the editor starts them, where possible of workflows that are published. */
export async function checkTestRuns(
	checks: CheckRunner,
	quickStart: QuickStart,
	harnesses: Map<string, TriggerHarness>,
): Promise<void> {
	const { world, n8n } = quickStart;
	const harnessOf = (name: string) => {
		const harness = harnesses.get(name);
		assert(harness !== undefined, `there is no ${name}`);
		return harness;
	};

	await checks.check('triggers: a test run of Close shows one event', async () => {
		const harness = harnessOf('Close');
		const { subscriptions } = world.close.webhooks;
		const url = await listen(harness, quickStart, 'close');
		const targets = [...subscriptions.values()].map((one) => one.url).sort();
		assert(
			targets.join() === [harness.url, url].sort().join(),
			`subscribed: ${targets.join(', ')}`,
		);
		const [lead] = world.close.seedLeads(1);
		world.close.webhooks.emit({ action: 'created', leadId: lead?.id ?? '' });
		const phoneNumber = lead?.contacts[0]?.phones[0]?.phone;
		await assertTestRun(harness.executions, has({ event: 'lead.created', phoneNumber }));
		await world.deliveries.settled();
		assert(subscriptions.size === 1, `${subscriptions.size} subscriptions after the test run`);
		await harness.assertComplete();
	});

	await checks.check('triggers: a test run of Aktify shows one event', async () => {
		const harness = harnessOf('Aktify, signature v2');
		const url = await listen(harness, quickStart, 'aktify');
		const [published] = world.aktify.webhooks.all.filter((one) => one.url === harness.url);
		assert(published !== undefined, 'the Aktify Portal has no webhook of the workflow');
		const webhook = world.aktify.webhooks.configureWebhook(published.scope, { ...published, url });
		const phoneNumber = newPhone();
		world.aktify.play(published.scope, phoneNumber, 'lead.call_ended');
		await assertTestRun(harness.executions, has({ event: 'lead.call_ended', phoneNumber }));
		world.aktify.webhooks.removeWebhook(webhook);
		await harness.assertComplete();
	});

	await checks.check('triggers: a test run of Autocalls shows one call', async () => {
		const workflow = await TriggerWorkflow.create(n8n, 'Autocalls by hand', {
			...harnessOf('Autocalls, call ended').fixture.node,
			parameters: { triggerOn: 'callEnded', assistants: ['503'] },
		});
		assert((await workflow.startTestRun()).waitingForWebhook === true, 'it does not wait');
		const assistant = world.autocalls.assistants.get(503);
		assert(assistant?.webhookUrl?.includes('/webhook-test/') === true, 'it is not registered');
		const [lead] = world.autocalls.seedLeads(15, 1);
		world.autocalls.call(lead?.id ?? 0);
		const executions = new Executions(n8n, workflow);
		await assertTestRun(executions, has({ event: 'call.ended', leadId: lead?.id }));
		await world.deliveries.settled();
		assert(assistant.webhookUrl === null, `the webhook is still ${String(assistant.webhookUrl)}`);
	});

	await checks.check('triggers: a test run of a polling trigger shows a sample', async () => {
		for (const [name, event] of [
			['SquadVoice, polling v1', 'lead.processed'],
			['SquadVoice, polling v4', 'lead.processed'],
			['Autocalls, lead status changed', 'lead.status_changed'],
		] as const) {
			const { workflow, executions } = harnessOf(name);
			const { executionId } = await workflow.startTestRun();
			assert(executionId !== undefined, `${name} does not start at once`);
			await assertTestRun(executions, has({ event }));
		}
	});
}
