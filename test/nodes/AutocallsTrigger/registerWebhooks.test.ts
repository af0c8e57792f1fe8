import { autocallsAccounts } from '../../../sandbox';
import { isRecord } from '../../../sandbox/lib/guards';
import { change, useAutocallsTrigger } from '../../support/triggers/autocalls';
import { useVirtualClock } from '../../support/virtualClock';
import { useSandbox } from '../../support/sandbox';
import type { ActiveTrigger } from '../../support/triggers/ActiveTrigger';
import { post } from '../../support/triggers/ActiveTrigger';

const scene = useSandbox();
useVirtualClock();
const { openForCalls, webhookOf, setWebhook, writes } = useAutocallsTrigger(scene);

const foreign = 'https://crm.example.com/hooks/path-of-theirs?key=key-of-theirs';
const another = 'https://other.example.com/';
const enableCalls = { vendor: 'autocalls', path: 'enable-webhook' } as const;

/** The trigger's address up to the token. */
const baseOf = ({ webhookUrl }: ActiveTrigger) => `${webhookUrl}?token=`;

/** What activation or a poll said, in one text; undefined when it went well. */
async function failureOf(act: () => Promise<void>): Promise<string | undefined> {
	try {
		await act();
		return undefined;
	} catch (error) {
		return isRecord(error) ? `${String(error.message)} ${String(error.description)}` : '';
	}
}

describe('Autocalls Trigger: registering webhooks', () => {
	it('recognizes its own webhooks after n8n moved to another address', async () => {
		const active = await openForCalls({ assistants: ['501', '502'] });
		await active.activate();
		active.host = 'localhost';
		await active.restart();
		expect(webhookOf(501)).toMatch(/^http:\/\/localhost:/);
		expect(webhookOf(502)).toBe(webhookOf(501));
		active.host = '127.0.0.1';
		await active.restart();
		await active.deactivate();
		expect([webhookOf(501), webhookOf(502)]).toEqual([null, null]);
	});

	it('sets the webhook of every selected assistant, with one random token', async () => {
		const active = await openForCalls({ assistants: ['501', '513'] });
		await active.activate();
		const token = webhookOf(501)?.slice(baseOf(active).length);
		expect(token).toMatch(/^[0-9a-f]{48}$/);
		expect(webhookOf(501)).toBe(`${baseOf(active)}${token}`);
		expect(webhookOf(513)).toBe(webhookOf(501));
		expect(writes()).toEqual(['enable-webhook 501', 'enable-webhook 513']);

		const second = await openForCalls({ assistants: ['502'] });
		await second.activate();
		expect(webhookOf(502)?.slice(baseOf(second).length)).not.toBe(token);
	});

	it('removes all webhooks when it is unpublished, and then accepts no calls', async () => {
		const active = await openForCalls({ assistants: ['501', '513'] });
		await active.activate();
		const url = webhookOf(501) ?? '';
		await active.deactivate();
		expect([webhookOf(501), webhookOf(513)]).toEqual([null, null]);
		expect(await post(url, JSON.stringify({ id: 1, status: 'completed' }))).toBe(404);
		expect(active.stored).not.toContain(url.slice(baseOf(active).length));
	});

	it('changes nothing at a restart', async () => {
		const active = await openForCalls({ assistants: ['501', '513'] });
		await active.activate();
		const url = webhookOf(501);
		await active.restart();
		expect([webhookOf(501), webhookOf(513)]).toEqual([url, url]);
		expect(writes()).toHaveLength(2);
	});

	it('is not published if an assistant has another webhook, of which it shows only the host', async () => {
		setWebhook(513, foreign);
		const active = await openForCalls({ assistants: ['501', '513'] });
		const failure = await failureOf(async () => await active.activate());
		expect(failure).toContain('"Front Desk" already has a webhook, to crm.example.com');
		expect(failure).toContain('Replace Existing Webhook');
		expect(failure).not.toMatch(/of-theirs/);
		expect([webhookOf(501), webhookOf(513)]).toEqual([null, foreign]);
		expect(writes()).toEqual([]);
	});

	it('replaces another webhook if allowed, and restores it', async () => {
		setWebhook(501, foreign);
		const active = await openForCalls({
			assistants: ['501', '513'],
			options: { replaceAnother: true },
		});
		await active.activate();
		expect(webhookOf(501)).toContain(baseOf(active));
		await active.restart();
		await active.deactivate();
		expect([webhookOf(501), webhookOf(513)]).toEqual([foreign, null]);
	});

	it('restores nothing if the webhook was changed since', async () => {
		setWebhook(501, foreign);
		const active = await openForCalls({
			assistants: ['501', '513'],
			options: { replaceAnother: true },
		});
		await active.activate();
		setWebhook(501, another);
		setWebhook(513, null);
		await active.deactivate();
		expect([webhookOf(501), webhookOf(513)]).toEqual([another, null]);
		expect(writes()).toEqual(['enable-webhook 501', 'enable-webhook 513']);
	});

	it('restores the webhooks it has set if Autocalls rejects a later assistant', async () => {
		setWebhook(501, foreign);
		scene.world.faults.add({ ...enableCalls, kind: 'status', status: 422, nth: 2 });
		const active = await openForCalls({
			assistants: ['501', '513'],
			options: { replaceAnother: true },
		});
		expect(await failureOf(async () => await active.activate())).toContain('Injected fault 422');
		expect([webhookOf(501), webhookOf(513)]).toEqual([foreign, null]);
		await active.activate();
		await active.deactivate();
		expect([webhookOf(501), webhookOf(513)]).toEqual([foreign, null]);
	});

	it('restores a webhook whose response was lost', async () => {
		setWebhook(501, foreign);
		scene.world.faults.add({ ...enableCalls, kind: 'brokenJson', times: 5 });
		const active = await openForCalls({ options: { replaceAnother: true } });
		expect(await failureOf(async () => await active.activate())).toBeDefined();
		expect(webhookOf(501)).toBe(foreign);
	});

	it('restores the webhook of an assistant that is no longer selected, at the next publishing', async () => {
		setWebhook(513, foreign);
		const active = await openForCalls({
			assistants: ['501', '513'],
			options: { replaceAnother: true },
		});
		await active.activate();
		const url = webhookOf(501);
		change(active, { assistants: ['501', '502'] });
		await active.restart();
		expect([webhookOf(501), webhookOf(502), webhookOf(513)]).toEqual([url, url, foreign]);
	});

	it('names an assistant that no longer exists, and can still be unpublished', async () => {
		const active = await openForCalls({ assistants: ['501', '513'] });
		await active.activate();
		scene.world.autocalls.assistants.delete(513);
		await expect(active.restart()).rejects.toThrow('Autocalls has no assistant 513');
		await active.deactivate();
		expect(webhookOf(501)).toBeNull();
	});

	it('replaces the old token if the stored state was lost', async () => {
		const active = await openForCalls();
		await active.activate();
		const before = webhookOf(501) ?? '';
		await active.restart(() => void (active.stored = '{}'));
		const after = webhookOf(501) ?? '';
		expect(after).toContain(baseOf(active));
		expect(after).not.toBe(before);
		const body = JSON.stringify({ id: 1, status: 'completed' });
		expect(await post(before, body)).toBe(401);
		expect(await post(after, body)).toBe(200);
		await active.deactivate();
		expect(webhookOf(501)).toBeNull();
	});

	it.each([
		['a key that Autocalls does not know', { credentials: { apiKey: 'x' } }, 'did not accept'],
		['no assistant', { assistants: [] }, 'No assistant is chosen'],
		['an assistant of another account', { assistants: ['601'] }, 'has no assistant 601'],
		['an assistant that is none', { assistants: ['../1'] }, 'is not an ID'],
	])('cannot be published with %s', async (_what, wishes, message) => {
		const active = await openForCalls(wishes);
		await expect(active.activate()).rejects.toThrow(message);
		expect(writes()).toEqual([]);
	});

	it('finds an assistant of another account with the key of that account', async () => {
		const active = await openForCalls({
			assistants: ['601'],
			credentials: { apiKey: autocallsAccounts.two.key },
		});
		await active.activate();
		expect(webhookOf(601)).toContain(baseOf(active));
	});
});

describe('Autocalls Trigger: checking its webhooks at the Poll Times', () => {
	it('sets a disabled webhook again', async () => {
		const active = await openForCalls({ assistants: ['501', '513'] });
		await active.activate();
		const url = webhookOf(501);
		setWebhook(501, null);
		await active.poll();
		expect([webhookOf(501), webhookOf(513)]).toEqual([url, url]);
		expect(active.executions).toEqual([]);
	});

	it('changes nothing if all webhooks are set', async () => {
		const active = await openForCalls({ assistants: ['501', '513'] });
		await active.activate();
		const before = writes();
		await active.poll();
		await active.poll();
		expect(writes()).toEqual(before);
	});

	it('reports a replaced webhook once, and does not replace it', async () => {
		const active = await openForCalls({ assistants: ['501', '513'] });
		await active.activate();
		const url = webhookOf(513);
		setWebhook(501, foreign);
		setWebhook(513, null);
		const failure = await failureOf(async () => await active.poll());
		expect(failure).toContain('"Outreach by Ada" now sends its calls to crm.example.com');
		expect(failure).not.toMatch(/of-theirs/);
		await active.poll();
		expect([webhookOf(501), webhookOf(513)]).toEqual([foreign, url]);
		setWebhook(501, another);
		expect(await failureOf(async () => await active.poll())).toContain('other.example.com');
		await active.poll();
	});

	it('reports a replaced webhook again if ours was set in between', async () => {
		const active = await openForCalls();
		await active.activate();
		const url = webhookOf(501) ?? '';
		for (let times = 0; times < 2; times++) {
			setWebhook(501, foreign);
			expect(await failureOf(async () => await active.poll())).toContain('crm.example.com');
			setWebhook(501, url);
			await active.poll();
		}
	});

	it('changes nothing after the workflow was unpublished', async () => {
		const active = await openForCalls();
		await active.activate();
		await active.deactivate();
		await active.poll();
		expect(webhookOf(501)).toBeNull();
	});
});
