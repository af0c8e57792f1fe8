import { sleep } from 'n8n-workflow';
import { activeFor, eventIds, storeFacts, useCloseTrigger } from '../../support/triggers/close';

const { scene, close, activate, anHourLater, emitted, missed, settled, subscriptionOf } =
	useCloseTrigger();

describe('Close Trigger: where it starts to read the event log', () => {
	it('reads the whole gap, even if a new event arrives first', async () => {
		const active = await activate();
		const { id } = subscriptionOf(active);
		let gap: string[] = [];
		let fresh: Promise<string> | undefined;
		const path = `/webhook/${id}/`;
		await active.restart(() => {
			activeFor(active, 4 * 86_400);
			close().webhooks.pauseSubscription(id);
			gap = missed(3, 86_400);
			void close().webhooks.release();
			scene.world.faults.add({
				vendor: 'close',
				method: 'PUT',
				path,
				kind: 'stallAfter',
				ms: 400,
				nth: 1,
			});
			fresh = (async () => {
				while (subscriptionOf(active).status !== 'active') await sleep(5);
				return emitted({ action: 'created', leadId: 'lead_9', data: { contacts: [] } }).id;
			})();
		});
		await settled();
		expect(eventIds(active).sort()).toEqual([...gap, (await fresh) ?? ''].sort());
	});

	it('starts at the newest event if an earlier version of the package stored only that', async () => {
		const active = await activate();
		let ids: string[] = [];
		await active.restart(() => {
			activeFor(active, 7200);
			storeFacts(active, { logReadFrom: undefined });
			ids = missed(2, 3600);
		});
		expect(eventIds(active)).toEqual(ids);
	});

	it('starts at publishing with a kind of event that is selected later', async () => {
		const active = await activate({ triggerOn: ['lead.created'] });
		await active.restart(() => activeFor(active, 3 * 86_400));
		const data = { id: 'lead_1', contacts: [] };
		close().webhooks.hold();
		emitted({ action: 'updated', leadId: 'lead_1', data, changedFields: ['name'] }, 86_400);
		await active.deactivate();
		active.node.parameters.triggerOn = ['lead.created', 'lead.updated'];
		await active.activate();
		expect(active.executions).toEqual([]);
		const changedFields = ['status_id'];
		const { id } = emitted({ action: 'updated', leadId: 'lead_1', data, changedFields });
		await anHourLater(active);
		expect(eventIds(active)).toEqual([id]);
	});

	it('starts over with the credential of another organization', async () => {
		const active = await activate();
		missed(2, 60);
		await active.restart(() => {
			activeFor(active, 3600);
			storeFacts(active, { organizationId: 'orga_another' });
		});
		expect(active.executions).toEqual([]);
		const [id] = missed(1);
		await anHourLater(active);
		expect(eventIds(active)).toEqual([id]);
	});

	it('starts over when Catch Up After Downtime is turned on again', async () => {
		const active = await activate({ options: { catchUp: false } });
		missed(2, 60);
		await active.restart(() => activeFor(active, 3600));
		active.node.parameters.options = {};
		await active.activate();
		expect(active.executions).toEqual([]);
		const [id] = missed(1);
		await anHourLater(active);
		expect(eventIds(active)).toEqual([id]);
	});
});
