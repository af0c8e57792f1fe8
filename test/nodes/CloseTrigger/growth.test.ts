import { sleep } from 'n8n-workflow';
import { hashEventId } from '../../../nodes/shared/trigger/SeenEvents';
import type { Emission } from '../../../sandbox';
import { bodyOf, eventIds, storeSeen, useCloseTrigger } from '../../support/triggers/close';

const { close, activate, anHourLater, emitted, quiet, settled, signed } = useCloseTrigger();

const data = { id: 'lead_1', contacts: [] };
const update = (field: string): Emission => ({
	action: 'updated',
	leadId: 'lead_1',
	data,
	changedFields: [field],
});
/** An update at some time: it keeps its ID while Close joins others to it. */
const grown = (at: string, fields: string[]) =>
	bodyOf('growing', { action: 'updated', date_updated: at, changed_fields: fields });

describe('Close Trigger: updates that Close joins into one event', () => {
	it('start the workflow again if the event changed after it was read in the log', async () => {
		const active = await activate({ triggerOn: ['lead.updated'] });
		close().eventDelayMs = 1500;
		const first = emitted(update('name'));
		void active.tick();
		while (active.executions.length === 0) await sleep(5);
		// Not in the same millisecond, in which it would equal the first.
		await sleep(2);
		expect(emitted(update('status_id')).id).toBe(first.id);
		await settled();
		await quiet();
		await anHourLater(active);
		const changes = active.items().map(({ changedFields }) => changedFields);
		expect(changes).toEqual([['name'], ['name', 'status_id']]);
	});

	it('start the workflow once for each form of the event', async () => {
		const active = await activate({ triggerOn: ['lead.updated'] });
		const forms = [
			grown('2026-07-01T12:00:00.100000', ['name']),
			grown('2026-07-01T12:00:01.200000', ['name', 'url']),
		];
		for (const body of [...forms, ...forms]) expect(await signed(active, body)).toBe(200);
		await active.restart();
		for (const body of forms) expect(await signed(active, body)).toBe(200);
		expect(active.items().map(({ changedFields }) => changedFields)).toEqual([
			['name'],
			['name', 'url'],
		]);
	});

	it('an update that an earlier version of the package stored is recognized', async () => {
		const active = await activate({ triggerOn: ['lead.updated'] });
		const body = grown('2026-07-01T12:00:00.100000', ['name']);
		close().webhooks.hold();
		const { id } = emitted(update('name'));
		await active.restart(() => storeSeen(active, hashEventId('growing') + hashEventId(id)));
		expect(await signed(active, body)).toBe(200);
		await anHourLater(active);
		expect(active.executions).toEqual([]);
	});

	it('other events are identified by ID alone', async () => {
		const active = await activate({ triggerOn: ['lead.created'] });
		for (const date_updated of ['2026-07-01T12:00:00.100000', '2026-07-01T12:00:01.200000']) {
			expect(await signed(active, bodyOf('made', { date_updated }))).toBe(200);
		}
		expect(eventIds(active)).toEqual(['made']);
	});
});
