/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a test, which never runs inside n8n */
import { closeAccounts, closeFields, closeStatuses } from '../../../sandbox';
import { activeFor, bodyOf, useCloseTrigger } from '../../support/triggers/close';

const { close, activate, call, emitted, signed, requests } = useCloseTrigger();

const noAdministrator = { apiKey: closeAccounts.three.key };
const twoHours = 7200;
const silently = (): string => close().seedLeads(1)[0]?.id ?? '';

describe('Close Trigger: events whose data Close no longer shows', () => {
	it('a deletion says that only the ID of the lead is known', async () => {
		const active = await activate({ credentials: noAdministrator });
		const [lost = '', fresh = ''] = close()
			.seedLeads(2)
			.map(({ id }) => id);
		await active.restart(async () => {
			activeFor(active, 2 * twoHours);
			close().webhooks.hold();
			emitted({ action: 'deleted', leadId: lost }, twoHours);
			emitted({ action: 'deleted', leadId: fresh });
		});
		expect(active.items()).toEqual([
			expect.objectContaining({
				event: 'lead.deleted',
				leadId: lost,
				name: null,
				leadStatus: null,
				note: expect.stringMatching(/administrators.*only the ID of the lead is known/i),
			}),
			expect.objectContaining({ leadId: fresh, name: 'Seed Lead 2', note: null }),
		]);
		expect(requests('GET', /^\/lead\//)).toEqual([]);
	});

	it('an update has the fields of the lead as it is now, and says so', async () => {
		const active = await activate({ credentials: noAdministrator });
		const leadId = silently();
		await active.restart(() => {
			activeFor(active, 2 * twoHours);
			close().webhooks.hold();
			emitted({ action: 'updated', leadId, changedFields: ['status_id'] }, twoHours);
		});
		expect(active.items()).toEqual([
			expect.objectContaining({
				leadId,
				phoneNumber: '+15092000001',
				leadStatus: 'Potential',
				previousStatus: null,
				changedFields: ['status_id'],
				note: expect.stringContaining('as it is now'),
			}),
		]);
	});

	it('an administrator sees them', async () => {
		const active = await activate();
		await active.restart(() => {
			activeFor(active, 2 * twoHours);
			close().webhooks.hold();
			emitted({ action: 'deleted', leadId: silently() }, twoHours);
		});
		expect(active.items()).toMatchObject([{ name: 'Seed Lead 1', note: null }]);
	});
});

describe('Close Trigger: an update that does not say what changed', () => {
	const update = (id: string, more: object) => bodyOf(id, { action: 'updated', ...more });

	it.each([
		['is not shown', { changed_fields: undefined, previous_data: undefined, data: undefined }],
		['is null', { changed_fields: null, previous_data: null }],
		['is empty', { changed_fields: [], previous_data: {} }],
	])('counts as possibly changed where that %s', async (_what, more) => {
		const changedFields = ['status', closeFields.text.id];
		const active = await activate({ triggerOn: ['lead.updated'], changedFields });
		expect(await signed(active, update('unknown', more))).toBe(200);
		expect(active.items()).toMatchObject([{ event: 'lead.updated', changedFields: [] }]);
	});

	it('is read from its previous values', async () => {
		const active = await activate({ triggerOn: ['lead.updated'], changedFields: ['status'] });
		const previous = { status_id: closeStatuses.qualified.id };
		const more = { changed_fields: [], data: { id: 'lead_1', contacts: [] } };
		await signed(active, update('name', { ...more, previous_data: { name: 'Before' } }));
		expect(active.executions).toEqual([]);
		await signed(active, update('status', { ...more, previous_data: previous }));
		expect(active.items()).toMatchObject([{ changedFields: ['status_id'] }]);
	});
});

it('Close Trigger: a lead that was deleted by webhook has no note', async () => {
	const active = await activate({ credentials: noAdministrator, triggerOn: ['lead.deleted'] });
	await call('DELETE', `/lead/${silently()}/`);
	while (active.executions.length === 0) await new Promise((resolve) => setImmediate(resolve));
	expect(active.items()).toMatchObject([{ name: 'Seed Lead 1', note: null }]);
});
