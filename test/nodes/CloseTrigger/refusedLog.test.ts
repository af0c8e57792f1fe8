import { activeFor, eventIds, useCloseTrigger } from '../../support/triggers/close';

const { scene, close, open, call, subscriptionOf, emitted, missed, anHourLater, quiet, requests } =
	useCloseTrigger();

const subscriptions = () => [...close().webhooks.subscriptions.values()];

function refuseLog(status: number): void {
	scene.world.faults.add({
		vendor: 'close',
		path: '/event/',
		kind: 'status',
		status,
		body: { error: 'Only for administrators' },
	});
}

describe.each([400, 403])('Close Trigger: a key that may not read the event log (%i)', (status) => {
	it('is published all the same, and gets its events by webhook', async () => {
		refuseLog(status);
		const active = await open();
		expect(await active.publish()).toEqual([]);
		expect(subscriptionOf(active).status).toBe('active');
		const { id } = await call('POST', '/lead/', { name: 'Bluth' });
		await quiet();
		expect(active.items()).toEqual([expect.objectContaining({ leadId: id })]);
	});

	it('warns once at each start, with the words of Close and what to do', async () => {
		refuseLog(status);
		const active = await open();
		await active.publish();
		expect(active.warnings).toEqual([expect.stringContaining('Only for administrators')]);
		expect(active.warnings.join()).toMatch(/comes by webhook only.*Catch Up After Downtime/);
		expect(active.warnings.join()).not.toMatch(/item|this lead/);
		await anHourLater(active);
		await anHourLater(active);
		expect(active.warnings).toHaveLength(1);
		active.newProcess();
		await active.publish();
		expect(active.warnings).toHaveLength(2);
	});

	it('skips nothing once the key may read it: events since publishing come out', async () => {
		const [before] = missed(1, 60);
		refuseLog(status);
		const active = await open();
		await active.publish();
		const ids = missed(2);
		await anHourLater(active);
		active.newProcess();
		await active.publish();
		scene.world.faults.clear();
		ids.push(...missed(1));
		await anHourLater(active);
		expect(eventIds(active)).toEqual(ids);
		expect(ids).not.toContain(before);
	});

	it('keeps the position of a log that it could read before', async () => {
		const active = await open();
		await active.publish();
		const ids = missed(2);
		refuseLog(status);
		await anHourLater(active);
		active.newProcess();
		await active.publish();
		scene.world.faults.clear();
		await anHourLater(active);
		expect(eventIds(active)).toEqual(ids);
	});
});

it('Close Trigger: reads the other kinds of events where the log refuses one, and that one once it may', async () => {
	const active = await open();
	await active.publish();
	active.newProcess();
	activeFor(active, 3600);
	const created = missed(2, 1800);
	const update = { action: 'updated', leadId: 'lead_9', changedFields: ['name'] };
	const updated = emitted(update, 1700);
	// The second request asks for created leads.
	const refusal = { vendor: 'close', path: '/event/', kind: 'status', status: 403 } as const;
	scene.world.faults.add({ ...refusal, nth: 2 });
	await active.publish();
	expect(eventIds(active)).toEqual([updated.id]);
	expect(active.warnings.join()).toContain('only in part');
	await anHourLater(active);
	await anHourLater(active);
	expect(eventIds(active)).toEqual([updated.id, ...created]);
});

describe('Close Trigger: any other failure of the event log', () => {
	it.each([401, 404, 503])('fails publishing (%i)', async (status) => {
		scene.world.faults.add({
			vendor: 'close',
			path: '/event/',
			kind: 'status',
			status,
			headers: { 'retry-after': '3600' },
		});
		const active = await open();
		expect(await active.publish()).toHaveLength(1);
		expect(requests('GET', /^\/event\/$/).length).toBeGreaterThan(0);
		await active.unpublish();
		expect(subscriptions()).toEqual([]);
	});
});
