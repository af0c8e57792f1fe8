import { sleep } from 'n8n-workflow';
import { isRecord } from '../../../sandbox/lib/guards';
import { useAutocallsTrigger } from '../../support/triggers/autocalls';
import { useSandbox } from '../../support/sandbox';
import type { ActiveTrigger } from '../../support/triggers/ActiveTrigger';

const scene = useSandbox();
const { openForCalls, webhookOf, setWebhook, writes } = useAutocallsTrigger(scene);

const foreign = 'https://crm.example.com/hooks/path-of-theirs?key=key-of-theirs';
const enableCalls = { vendor: 'autocalls', path: 'enable-webhook', kind: 'status' } as const;

/** A poll that waits for the list of assistants while something else is done. */
async function pollDuring(active: ActiveTrigger, act: () => Promise<void>): Promise<void> {
	const path = '/assistants/get';
	scene.world.faults.add({ vendor: 'autocalls', path, kind: 'stallBefore', ms: 300, nth: 1 });
	const before = scene.requests('autocalls').length;
	const polling = active.poll();
	while (scene.requests('autocalls').length === before) await sleep(2);
	await act();
	await polling;
}

/** The whole message of a failed activation. */
async function failureOf(active: ActiveTrigger): Promise<string> {
	try {
		await active.activate();
		return '';
	} catch (error) {
		const message = isRecord(error) ? String(error.message) : '';
		return `${message} ${JSON.stringify(error)}`;
	}
}

describe('Autocalls Trigger: concurrent checks and publishing', () => {
	it('a running check sets no webhook after the workflow was unpublished', async () => {
		const active = await openForCalls();
		await active.activate();
		await pollDuring(active, async () => await active.deactivate());
		expect(writes()).toEqual(['enable-webhook 501', 'disable-webhook 501']);
		expect(webhookOf(501)).toBeNull();
	});

	it('a running check sets no old address after the workflow was published again', async () => {
		const active = await openForCalls();
		await active.activate();
		const before = webhookOf(501);
		let after: string | null | undefined;
		await pollDuring(active, async () => {
			await active.deactivate();
			await active.activate();
			after = webhookOf(501);
			setWebhook(501, null);
		});
		expect(after).not.toBe(before);
		expect(webhookOf(501)).toBeNull();
		await active.poll();
		expect(webhookOf(501)).toBe(after);
	});

	it('replaces its own address with an old token', async () => {
		const active = await openForCalls();
		await active.activate();
		const url = webhookOf(501) ?? '';
		setWebhook(501, url.replace(/\w{48}$/, 'f'.repeat(48)));
		await active.poll();
		expect(webhookOf(501)).toBe(url);
	});

	it.each([foreign, null])(
		'restores the webhook from before a test run during which it was published (%s)',
		async (before) => {
			setWebhook(501, before);
			const active = await openForCalls({ options: { replaceAnother: true } });
			await active.listenForTestEvent(async () => await active.activate());
			expect(webhookOf(501)).toContain(active.webhookUrl);
			await active.deactivate();
			expect(webhookOf(501)).toBe(before);
		},
	);
});

describe('Autocalls Trigger: secrets in errors', () => {
	it('a message of Autocalls is shown without our token', async () => {
		const active = await openForCalls();
		scene.world.faults.add({ ...enableCalls, status: 422, nth: 1, body: { message: 'No' } });
		await failureOf(active);
		const requests = scene.requests('autocalls');
		const body = requests.find(({ path }) => path.endsWith('enable-webhook'))?.body;
		const url = isRecord(body) ? String(body.webhook_url) : '';
		const token = url.split('token=')[1] ?? '';
		expect(token).toHaveLength(48);
		const message = `The webhook url ${url} is not reachable, nor is ${token}.`;
		scene.world.faults.add({ ...enableCalls, status: 422, body: { message } });
		const failure = await failureOf(active);
		expect(failure).toContain('not reachable');
		expect(failure).not.toContain(token);
	});
});
