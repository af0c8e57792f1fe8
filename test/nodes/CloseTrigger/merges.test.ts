import { closeStatuses } from '../../../sandbox';
import { bulkAction } from '../../../sandbox/vendors/close/staff';
import { useCloseTrigger } from '../../support/triggers/close';

const { close, activate, call, quiet, anHourLater } = useCloseTrigger();

const seeded = (count: number): string[] =>
	close()
		.seedLeads(count)
		.map(({ id }) => id);

describe('Close Trigger: merges', () => {
	it.each(['webhook', 'event log'])(
		'name the lead in which the person of a deleted lead lives on, and the lead that was merged (%s)',
		async (way) => {
			const active = await activate();
			const [source = '', destination = '', gone = ''] = seeded(3);
			if (way === 'event log') close().webhooks.hold();
			await call('POST', '/lead/merge/', { source, destination });
			await call('DELETE', `/lead/${gone}/`);
			await quiet();
			await anHourLater(active);
			const items = active.items();
			const one = (event: string, leadId: string) =>
				items.filter((item) => item.event === event && item.leadId === leadId);
			expect(one('lead.deleted', source)).toMatchObject([
				{ mergedInto: destination, mergedLeadId: null },
			]);
			expect(one('lead.deleted', gone)).toMatchObject([{ mergedInto: null, mergedLeadId: null }]);
			for (const event of ['lead.merged', 'lead.updated']) {
				expect(one(event, destination)).toMatchObject([{ mergedInto: null, mergedLeadId: source }]);
			}
			// The contact moved with its lead: the update of the destination says so already.
			expect(items.map(({ event }) => event)).not.toContain('contact.updated');
		},
	);

	it('a workflow that stops calls to deleted leads leaves the person of a merged lead alone', async () => {
		const active = await activate({ triggerOn: ['lead.deleted'] });
		const [source = '', destination = '', gone = ''] = seeded(3);
		await call('POST', '/lead/merge/', { source, destination });
		await call('DELETE', `/lead/${gone}/`);
		await quiet();
		expect(active.items()).toHaveLength(2);
		const toStop = active.items().filter(({ mergedInto }) => mergedInto === null);
		expect(toStop.map(({ leadId }) => leadId)).toEqual([gone]);
		expect(close().findByPhone('+15092000001')).toMatchObject([{ id: destination }]);
	});
});

it('Close Trigger: events of a bulk action name it', async () => {
	const active = await activate();
	const [one = '', two = ''] = seeded(2);
	const edit = bulkAction(close(), [one], { statusId: closeStatuses.badFit.id });
	const removal = bulkAction(close(), [two], 'delete');
	await call('PUT', `/lead/${one}/`, { name: 'Another' });
	await quiet();
	const byEvent = active.items().map(({ event, leadId, bulkActionId }) => ({
		event,
		leadId,
		bulkActionId,
	}));
	expect(byEvent).toHaveLength(3);
	expect(byEvent).toEqual(
		expect.arrayContaining([
			{ event: 'lead.updated', leadId: one, bulkActionId: edit },
			{ event: 'lead.deleted', leadId: two, bulkActionId: removal },
			{ event: 'lead.updated', leadId: one, bulkActionId: null },
		]),
	);
});
