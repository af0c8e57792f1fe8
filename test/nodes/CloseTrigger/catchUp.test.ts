import { closeStatuses } from '../../../sandbox';
import {
	activeFor,
	allKinds,
	eventIds,
	kindsIn,
	storedOf,
	storeFacts,
	useCloseTrigger,
} from '../../support/triggers/close';

const { scene, close, activate, anHourLater, emitted, missed, requests, settled, subscriptionOf } =
	useCloseTrigger();

const logReads = () => requests('GET', /^\/event\/$/);

describe('Close Trigger: catching up after downtime', () => {
	it('starts the workflow once with all missed events, the oldest first', async () => {
		const active = await activate();
		let ids: string[] = [];
		await active.restart(() => {
			ids = missed(3);
		});
		expect(active.executions.map((items) => items.length)).toEqual([3]);
		expect(eventIds(active)).toEqual(ids);
		await active.restart();
		await anHourLater(active);
		expect(eventIds(active)).toEqual(ids);
	});

	it('reads all pages of each kind of event, and sorts the events by time', async () => {
		const active = await activate({ triggerOn: ['lead.created', 'lead.updated'] });
		const ids: string[] = [];
		await active.restart(() => {
			activeFor(active, 3000);
			activeFor(active, 3600);
			close().webhooks.hold();
			for (let number = 1; number <= 240; number++) {
				const action = number % 2 === 0 ? 'created' : 'updated';
				const data = { id: `lead_${number}`, contacts: [] };
				const event = emitted({ action, leadId: `lead_${number}`, data }, 2000 - number);
				ids.push(event.id);
			}
		});
		expect(eventIds(active)).toEqual(ids);
		expect(logReads().length).toBeGreaterThanOrEqual(6);
		await active.restart();
		expect(eventIds(active)).toEqual(ids);
	});

	it('does not repeat events that arrived by webhook', async () => {
		const active = await activate();
		const before = emitted({ action: 'created', leadId: 'lead_1', data: { contacts: [] } });
		await settled();
		let ids: string[] = [];
		await active.restart(() => {
			ids = missed(2);
		});
		expect(eventIds(active)).toEqual([before.id, ...ids]);
	});

	it('does not repeat by webhook an event from the log', async () => {
		const active = await activate();
		await active.restart(() => void missed(3));
		const answers = await close().webhooks.release();
		expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
		expect(active.items()).toHaveLength(3);
	});

	it('ignores events from before it was published', async () => {
		missed(3, 60);
		const active = await activate();
		await active.restart();
		await anHourLater(active);
		expect(logReads().length).toBeGreaterThan(2);
		expect(active.executions).toEqual([]);
	});

	it('finds an event that entered the log some minutes late', async () => {
		const active = await activate();
		await active.restart(() => activeFor(active, 3600));
		const newest = emitted({ action: 'created', leadId: 'lead_1', data: { contacts: [] } });
		await settled();
		const late = missed(1, 200);
		await anHourLater(active);
		expect(eventIds(active)).toEqual([newest.id, ...late]);
	});

	it('outputs selected events only', async () => {
		const active = await activate({ triggerOn: ['lead.updated'], changedFields: ['status'] });
		const data = { id: 'lead_1', contacts: [] };
		let wanted = '';
		await active.restart(() => {
			missed(1);
			emitted({ action: 'updated', leadId: 'lead_1', data, changedFields: ['name'] });
			const changedFields = ['status_id', 'status_label'];
			wanted = emitted({ action: 'updated', leadId: 'lead_2', data, changedFields }).id;
		});
		expect(eventIds(active)).toEqual([wanted]);
	});

	it('outputs the lead with its phone number, as for a webhook', async () => {
		const active = await activate();
		const [lead] = close().seedLeads(1);
		await active.restart(() => {
			close().webhooks.hold();
			emitted({ action: 'created', leadId: lead?.id ?? '' });
		});
		expect(active.items()).toEqual([
			expect.objectContaining({
				event: 'lead.created',
				leadId: lead?.id,
				phoneNumber: '+15092000001',
				leadStatus: closeStatuses.potential.label,
			}),
		]);
	});

	it('reads a lead once for all of its missed events', async () => {
		const active = await activate();
		const [lead, other] = close().seedLeads(2);
		await active.restart(() => {
			activeFor(active, 3600);
			close().webhooks.hold();
			for (let number = 0; number < 300; number++) {
				emitted({ action: 'updated', leadId: lead?.id ?? '' }, 300 - number);
			}
			emitted({ action: 'updated', leadId: other?.id ?? '' });
		});
		expect(active.items()).toHaveLength(301);
		expect(new Set(active.items().map(({ phoneNumber }) => phoneNumber))).toEqual(
			new Set(['+15092000001', '+15092000002']),
		);
		expect(requests('GET', /^\/lead\/lead_/)).toHaveLength(2);
	});

	it('reads several leads at a time', async () => {
		const active = await activate();
		const leads = close().seedLeads(40);
		scene.world.faults.add({ vendor: 'close', path: '/lead/lead_', kind: 'slowDrip', ms: 100 });
		const startedAt = Date.now();
		await active.restart(() => {
			close().webhooks.hold();
			for (const { id } of leads) emitted({ action: 'created', leadId: id });
		});
		expect(active.items()).toHaveLength(40);
		expect(Date.now() - startedAt).toBeLessThan(40 * 100);
	});

	it('outputs all events, and asks no further, if Close cannot be asked for leads', async () => {
		const active = await activate();
		const leads = close().seedLeads(40);
		scene.world.faults.add({ vendor: 'close', path: '/lead/lead_', kind: 'status', status: 401 });
		await active.restart(() => {
			close().webhooks.hold();
			for (const { id } of leads) emitted({ action: 'created', leadId: id });
		});
		expect(active.items()).toHaveLength(40);
		expect(requests('GET', /^\/lead\/lead_/).length).toBeLessThan(40);
	});

	it('asks for the other leads if one is refused', async () => {
		const active = await activate();
		const leads = close().seedLeads(12);
		const path = `/lead/${leads[0]?.id ?? ''}`;
		scene.world.faults.add({ vendor: 'close', path, kind: 'status', status: 403 });
		await active.restart(() => {
			close().webhooks.hold();
			for (const { id } of leads) emitted({ action: 'created', leadId: id });
		});
		expect(active.items().filter(({ phoneNumber }) => phoneNumber === null)).toHaveLength(1);
	});

	it('reads nothing when Catch Up After Downtime is off', async () => {
		const active = await activate({ options: { catchUp: false } });
		await active.restart(() => void missed(3));
		await anHourLater(active);
		expect(logReads()).toEqual([]);
		expect(active.executions).toEqual([]);
	});
});

describe('Close Trigger: the hourly check', () => {
	it('is scheduled once an hour', async () => {
		const active = await activate();
		expect(active.crons.map(({ cron }) => cron.expression)).toEqual([
			expect.stringMatching(/^0 [1-5]?\d \* \* \* \*$/),
		]);
	});

	it('starts the workflow with events that did not arrive by webhook, and remembers them after a restart', async () => {
		const active = await activate();
		const ids = missed(3);
		await anHourLater(active);
		expect(eventIds(active)).toEqual(ids);
		await anHourLater(active);
		await active.restart();
		expect(eventIds(active)).toEqual(ids);
	});

	it('reactivates a paused subscription', async () => {
		const active = await activate();
		const { id } = subscriptionOf(active);
		close().webhooks.pauseSubscription(id);
		await anHourLater(active);
		expect(subscriptionOf(active)).toMatchObject({ id, status: 'active' });
		expect(active.failures).toEqual([]);
	});

	it.each([
		['redirected', { url: 'https://elsewhere.example/' }],
		['given fewer events', { events: [] }],
	])('repairs a subscription that was %s', async (_what, drift) => {
		const active = await activate();
		const { id, url } = subscriptionOf(active);
		Object.assign(subscriptionOf(active), drift);
		await anHourLater(active);
		const { events, ...repaired } = subscriptionOf(active);
		expect(repaired).toMatchObject({ id, url, status: 'active' });
		expect(kindsIn({ events })).toEqual(allKinds);
	});

	it('creates a deleted subscription again and reports it to n8n, which then publishes again', async () => {
		const active = await activate();
		close().webhooks.subscriptions.clear();
		await anHourLater(active);
		expect(active.failures.map(({ message }) => message)).toEqual([
			expect.stringContaining(
				'The webhook subscription was deleted in Close. The node has created',
			),
		]);
		const { id } = subscriptionOf(active);
		const ids = missed(2);
		await active.activate();
		expect(subscriptionOf(active)).toMatchObject({ id, status: 'active' });
		expect(storedOf(active).facts.subscriptionId).toBe(id);
		expect(eventIds(active)).toEqual(ids);
	});

	it.each(['/webhook/', '/event/'])(
		'tries again an hour later if Close fails (%s)',
		async (path) => {
			const active = await activate();
			const ids = missed(2);
			scene.world.faults.add({ vendor: 'close', path, kind: 'status', status: 403 });
			await anHourLater(active);
			expect([active.executions, active.failures]).toEqual([[], []]);
			scene.world.faults.clear();
			await anHourLater(active);
			expect(eventIds(active)).toEqual(ids);
		},
	);

	it('takes events up to the stored watermark for seen, though their hashes are no longer stored', async () => {
		const active = await activate();
		await active.restart(() => {
			missed(2, 60);
			activeFor(active, 3600);
			storeFacts(active, { seenUpTo: new Date(Date.now() - 30_000).toISOString() });
		});
		const [next] = missed(1, 10);
		await anHourLater(active);
		expect(eventIds(active)).toEqual([next]);
	});
});
