import { change, useAutocallsTrigger } from '../../support/triggers/autocalls';
import { useSandbox } from '../../support/sandbox';
import type { ActiveTrigger } from '../../support/triggers/ActiveTrigger';

const scene = useSandbox();
const { openForStatuses } = useAutocallsTrigger(scene);
const autocalls = () => scene.world.autocalls;
const byId = (value: string) => ({ campaign: { __rl: true, mode: 'id', value } });

/** The reported changes in order, such as `3 completed`. */
const reported = (active: ActiveTrigger) =>
	active.items().map(({ leadId, leadStatus }) => `${String(leadId)} ${String(leadStatus)}`);

async function activate(wishes: Record<string, unknown> = {}): Promise<ActiveTrigger> {
	const active = await openForStatuses(wishes);
	await active.activate();
	return active;
}

describe('Autocalls Trigger: leads whose status changed', () => {
	it('starts once for each change since it was published', async () => {
		autocalls().seedLeads(1, 5);
		autocalls().setStatus(1, 'completed');
		const active = await activate();
		await active.poll();
		expect(active.executions).toEqual([]);

		autocalls().setStatus(2, 'completed');
		autocalls().setStatus(3, 'reached-max-retries');
		autocalls().setStatus(4, 'rescheduled');
		await active.poll();
		await active.poll();
		autocalls().setStatus(4, 'completed');
		for (let polls = 0; polls < 4; polls++) await active.poll();
		expect(active.executions.map((items) => items.length)).toEqual([2, 1]);
		expect(reported(active).sort()).toEqual([
			'2 completed',
			'3 reached-max-retries',
			'4 completed',
		]);
	});

	it('outputs two changes of one lead', async () => {
		autocalls().seedLeads(1, 1);
		const active = await activate({ statuses: ['processing', 'completed', 'rescheduled'] });
		for (const status of ['processing', 'rescheduled', 'processing', 'completed'] as const) {
			autocalls().clockSkewMs += 1_000;
			autocalls().setStatus(1, status);
			await active.poll();
		}
		expect(reported(active)).toEqual([
			'1 processing',
			'1 rescheduled',
			'1 processing',
			'1 completed',
		]);
	});

	it('outputs a change in the second in which it was published', async () => {
		autocalls().seedLeads(1, 2);
		autocalls().setStatus(1, 'completed');
		const active = await activate();
		const [first, second] = [autocalls().leads.get(1), autocalls().leads.get(2)];
		Object.assign(second ?? {}, { status: 'completed', updatedAt: first?.updatedAt });
		await active.poll();
		await active.poll();
		expect(reported(active)).toEqual(['2 completed']);
	});

	it('outputs leads of a campaign that was empty at first', async () => {
		const active = await activate();
		autocalls().seedLeads(1, 1);
		autocalls().setStatus(1, 'completed');
		await active.poll();
		await active.poll();
		expect(reported(active)).toEqual(['1 completed']);
	});

	it('requests one status if only one is selected', async () => {
		autocalls().seedLeads(1, 2);
		const active = await activate({ statuses: ['completed'] });
		autocalls().setStatus(1, 'completed');
		autocalls().setStatus(2, 'rescheduled');
		await active.poll();
		expect(reported(active)).toEqual(['1 completed']);
		expect(scene.requests('autocalls').map(({ query }) => query.status)).toEqual([
			'completed',
			'completed',
		]);
	});

	it('outputs the lead in the field names of the Autocalls node, or as Autocalls sends it', async () => {
		autocalls().seedLeads(1, 1);
		const active = await activate();
		const raw = await activate({ options: { simplify: false } });
		autocalls().setStatus(1, 'completed');
		await active.poll();
		await raw.poll();
		const got = await scene.autocalls({
			items: [{}],
			parameters: { operation: 'get', findBy: 'id', leadId: '1' },
		});
		const { outcome, ...lead } = got.items[0]?.json ?? {};
		expect(outcome).toBe('found');
		expect(lead).toMatchObject({ leadId: 1, phoneNumber: '+15092000001', campaignId: 1 });
		expect(active.items()).toEqual([{ event: 'lead.status_changed', ...lead }]);
		expect(raw.items()).toEqual([
			{
				event: 'lead.status_changed',
				raw: expect.objectContaining({ id: 1, status: 'completed', campaign_id: 1 }),
			},
		]);
	});

	it.each([-3, 3])(
		'does not depend on the clock: that of Autocalls is %s hours off',
		async (hours) => {
			autocalls().clockSkewMs = hours * 3_600_000;
			autocalls().seedLeads(1, 3);
			autocalls().setStatus(1, 'completed');
			const active = await activate();
			autocalls().setStatus(2, 'completed');
			await active.poll();
			autocalls().setStatus(3, 'completed');
			await active.poll();
			await active.poll();
			expect(reported(active)).toEqual(['2 completed', '3 completed']);
		},
	);

	it('works with the unpaged lists of an older API', async () => {
		autocalls().bareLists = true;
		autocalls().seedLeads(1, 250);
		const active = await activate();
		for (let id = 1; id <= 250; id++) autocalls().setStatus(id, 'completed');
		await active.poll();
		await active.poll();
		expect(active.executions.map((items) => items.length)).toEqual([250]);
		expect(new Set(reported(active)).size).toBe(250);
	});

	it('outputs after a restart what changed meanwhile, and nothing twice', async () => {
		autocalls().seedLeads(1, 4);
		const active = await activate();
		autocalls().setStatus(1, 'completed');
		await active.poll();
		await active.restart(() => autocalls().setStatus(2, 'completed'));
		await active.poll();
		await active.restart();
		expect(reported(active)).toEqual(['1 completed', '2 completed']);
	});

	it('starts over when another campaign is selected', async () => {
		autocalls().seedLeads(1, 2);
		autocalls().seedLeads(4, 2);
		const active = await activate();
		for (const id of [1, 3]) autocalls().setStatus(id, 'completed');
		change(active, byId('4'));
		await active.restart();
		await active.poll();
		expect(active.executions).toEqual([]);
		autocalls().setStatus(2, 'completed');
		autocalls().setStatus(4, 'completed');
		await active.poll();
		expect(reported(active)).toEqual(['4 completed']);
	});

	it('sets no webhook, and sends no request when unpublished', async () => {
		const active = await activate();
		const before = scene.requests('autocalls').length;
		await active.deactivate();
		expect(scene.requests('autocalls')).toHaveLength(before);
		expect(scene.requests('autocalls').map(({ path }) => path)).toEqual(['/user/leads']);
	});

	it('outputs a sample in the editor, however old, and does not remember it', async () => {
		autocalls().seedLeads(1, 150);
		const idle = await openForStatuses();
		expect(await idle.fetchTestEvent()).toBeUndefined();
		autocalls().setStatus(1, 'reached-max-retries');
		expect(await idle.fetchTestEvent()).toEqual([
			{ json: expect.objectContaining({ leadId: 1, leadStatus: 'reached-max-retries' }) },
		]);
		expect(idle.stored).toBe('{}');
	});

	it.each<[number, Record<string, string>, object]>([
		[500, {}, { cause: 'temporarily-unavailable' }],
		[503, { 'retry-after': '90' }, { cause: 'temporarily-unavailable', retryAfterMs: 90_000 }],
		[429, { 'retry-after': '90' }, { cause: 'rate-limited', retryAfterMs: 90_000 }],
		[404, {}, { cause: 'configuration-invalid' }],
		[401, {}, { cause: 'credential-invalid' }],
	])('reports to n8n why a poll failed: status %i', async (status, headers, failure) => {
		const active = await openForStatuses();
		scene.world.faults.add({ vendor: 'autocalls', kind: 'status', status, headers });
		await expect(active.poll()).rejects.toMatchObject({ failure });
	});

	it.each([
		['a key that Autocalls does not know', { credentials: { apiKey: 'x' } }, 'did not accept'],
		['no campaign', byId(''), 'Campaign is empty'],
		['a campaign that is none', byId('../1'), 'is not an ID'],
	])('cannot be published with %s', async (_what, wishes, message) => {
		const active = await openForStatuses(wishes);
		await expect(active.activate()).rejects.toThrow(message);
	});
});
