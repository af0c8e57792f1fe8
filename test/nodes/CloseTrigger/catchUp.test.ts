import { closeStatuses } from '../../../sandbox';
import {
	activeFor,
	allEvents,
	eventIds,
	storedOf,
	useCloseTrigger,
} from '../../support/triggers/close';

const { scene, close, activate, anHourLater, emitted, missed, requests, settled, subscriptionOf } =
	useCloseTrigger();

const logReads = () => requests('GET', /^\/event\/$/);

describe('Close Trigger after a downtime', () => {
	it('starts once with what it missed, the oldest first, and not again', async () => {
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

	it('reads page after page, of each kind of event, in one order of time', async () => {
		const active = await activate({ triggerOn: ['lead.created', 'lead.updated'] });
		const ids: string[] = [];
		await active.restart(() => {
			activeFor(active, 3000);
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

	it('does not repeat what came by webhook before', async () => {
		const active = await activate();
		const before = emitted({ action: 'created', leadId: 'lead_1', data: { contacts: [] } });
		await settled();
		let ids: string[] = [];
		await active.restart(() => {
			ids = missed(2);
		});
		expect(eventIds(active)).toEqual([before.id, ...ids]);
	});

	it('does not start again by webhook what it caught up with', async () => {
		const active = await activate();
		await active.restart(() => void missed(3));
		const answers = await close().webhooks.release();
		expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
		expect(active.items()).toHaveLength(3);
	});

	it('starts with what happens from its activation on', async () => {
		missed(3, 60);
		const active = await activate();
		await active.restart();
		await anHourLater(active);
		expect(logReads().length).toBeGreaterThan(2);
		expect(active.executions).toEqual([]);
	});

	it('finds what entered the log some minutes late', async () => {
		const active = await activate();
		await active.restart(() => activeFor(active, 3600));
		const newest = emitted({ action: 'created', leadId: 'lead_1', data: { contacts: [] } });
		await settled();
		const late = missed(1, 200);
		await anHourLater(active);
		expect(eventIds(active)).toEqual([newest.id, ...late]);
	});

	it('takes only the events that it listens to', async () => {
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

	it('tells of the leads as the webhook would, phone number and all', async () => {
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
				status: closeStatuses.potential.label,
			}),
		]);
	});

	it('reads nothing when Catch Up After Downtime is off', async () => {
		const active = await activate({ options: { catchUp: false } });
		await active.restart(() => void missed(3));
		await anHourLater(active);
		expect(logReads()).toEqual([]);
		expect(active.executions).toEqual([]);
	});
});

describe('Close Trigger once an hour', () => {
	it('asks for one look an hour', async () => {
		const active = await activate();
		expect(active.crons.map(({ cron }) => cron.expression)).toEqual([
			expect.stringMatching(/^0 [1-5]?\d \* \* \* \*$/),
		]);
	});

	it('starts with what no webhook brought, and remembers it over a restart', async () => {
		const active = await activate();
		const ids = missed(3);
		await anHourLater(active);
		expect(eventIds(active)).toEqual(ids);
		await anHourLater(active);
		await active.restart();
		expect(eventIds(active)).toEqual(ids);
	});

	it('sets a paused subscription active again', async () => {
		const active = await activate();
		const { id } = subscriptionOf(active);
		close().webhooks.pauseSubscription(id);
		await anHourLater(active);
		expect(subscriptionOf(active)).toMatchObject({ id, status: 'active' });
		expect(active.failures).toEqual([]);
	});

	it.each([
		['sent elsewhere', { url: 'https://elsewhere.example/' }],
		['given fewer events', { events: [] }],
	])('sets a subscription right that was %s', async (_what, drift) => {
		const active = await activate();
		const { id, url } = subscriptionOf(active);
		Object.assign(subscriptionOf(active), drift);
		await anHourLater(active);
		const { events, ...repaired } = subscriptionOf(active);
		expect(repaired).toMatchObject({ id, url, status: 'active' });
		expect(events.map(({ action }) => `lead.${action}`).sort()).toEqual([...allEvents].sort());
	});

	it('tells n8n when the subscription was deleted, which then makes a new one', async () => {
		const active = await activate();
		close().webhooks.subscriptions.clear();
		await anHourLater(active);
		expect(active.failures.map(({ message }) => message)).toEqual([
			'The webhook subscription was deleted in Close',
		]);
		const ids = missed(2);
		await active.activate();
		expect(subscriptionOf(active).status).toBe('active');
		expect(storedOf(active).facts.subscriptionId).toBe(subscriptionOf(active).id);
		expect(eventIds(active)).toEqual(ids);
	});

	it.each(['/webhook/', '/event/'])(
		'goes on an hour later when Close does not answer (%s)',
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

	it('finds what was lost, and starts none twice, when more came than its stored state holds', async () => {
		const active = await activate();
		const [lost] = missed(1);
		close().webhooks.lose();
		const data = { contacts: [] };
		for (let number = 1; number <= 2500; number++) {
			emitted({ action: 'created', leadId: `lead_${number}`, data });
		}
		await settled();
		expect(new Set(eventIds(active)).size).toBe(2500);
		await anHourLater(active);
		expect(eventIds(active).slice(2500)).toEqual([lost]);
		await active.restart();
		await anHourLater(active);
		expect(active.executions).toHaveLength(2501);
	}, 120_000);
});
