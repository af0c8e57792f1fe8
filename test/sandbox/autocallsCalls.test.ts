import { sleep } from 'n8n-workflow';
import type { CallOptions } from '../../sandbox';
import { useAutocalls } from './autocallsScene';

const { sandbox, state, call, settled, bodies, enable, seedOne } = useAutocalls();
const statusOf = (id: number) => state().leads.get(id)?.status;

afterEach(() => jest.restoreAllMocks());

describe('a call of Autocalls', () => {
	it.each<[NonNullable<CallOptions['outcome']>, string]>([
		['completed', 'completed'],
		['ended_by_customer', 'completed'],
		['ended_by_assistant', 'completed'],
		['busy', 'rescheduled'],
		['no-answer', 'rescheduled'],
		['failed', 'rescheduled'],
	])('that ends as %s leaves the lead %s', (outcome, status) => {
		const id = seedOne();
		expect(state().call(id, { outcome })).toMatchObject({ status: outcome, leadId: id });
		expect(statusOf(id)).toBe(status);
	});

	it('is repeated three times when nobody answers', () => {
		const id = seedOne();
		const statuses = Array.from({ length: 4 }, () => {
			state().call(id, { outcome: 'no-answer' });
			return statusOf(id);
		});
		expect(statuses).toEqual(['rescheduled', 'rescheduled', 'rescheduled', 'reached-max-retries']);
		expect(state().calls.size).toBe(4);
	});

	it('moves updated_at, on the clock of the vendor and in seconds', async () => {
		const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.UTC(2026, 0, 15, 9));
		state().clockSkewMs = -90_000;
		const id = seedOne();
		clock.mockReturnValue(Date.UTC(2026, 0, 15, 10, 0, 0, 999));
		state().call(id);
		const reply = await call('leads');
		expect(reply.json).toMatchObject({
			data: [{ created_at: '2026-01-15 08:58:30', updated_at: '2026-01-15 09:58:30' }],
		});
		expect(reply.headers.get('date')).toBe('Thu, 15 Jan 2026 09:58:30 GMT');
		clock.mockReturnValue(Date.UTC(2026, 0, 15, 11));
		state().setStatus(id, 'created');
		expect((await call('leads')).json).toMatchObject({
			data: [{ updated_at: '2026-01-15 10:58:30' }],
		});
	});

	it('is not made by a campaign that does not run, or sends messages', () => {
		for (const campaign of [2, 3, 4]) {
			const id = seedOne(campaign);
			expect(() => state().call(id)).toThrow(/does not call/);
			expect(statusOf(id)).toBe('created');
		}
		expect(() => state().call(999)).toThrow(/no lead 999/);
		expect(() => state().callIn(999, null)).toThrow(/no assistant 999/);
	});

	it('is made to all who wait in a campaign and are chosen', () => {
		const ids = state()
			.seedLeads(1, 4)
			.map((lead) => lead.id);
		state().seedLeads(5, 1);
		state().setStatus(ids[0] ?? 0, 'completed');
		const calls = state().callAll(1, ({ id }) =>
			id === ids[1] ? undefined : { outcome: id === ids[2] ? 'busy' : 'completed' },
		);
		expect(calls.map(({ leadId, status }) => [leadId, status])).toEqual([
			[ids[2], 'busy'],
			[ids[3], 'completed'],
		]);
		expect(state().callAll(1)).toHaveLength(2);
	});

	it('is not made to secondary contacts when all are called', () => {
		const contact = { phoneNumber: '+12065550101', variables: {} };
		const main = { campaignId: 1, phoneNumber: '+12065550100', variables: {} };
		state().accept({ ...main, allowDuplicate: false, secondaryContacts: [contact] }, 1);
		expect(state().callAll(1)).toMatchObject([{ customerPhone: '+12065550100' }]);
	});
});

describe('Autocalls by itself', () => {
	beforeEach(async () => {
		await enable();
		await enable(502);
		state().autoCall = true;
		state().autoCallAfterMs = 0;
	});

	const lead = (campaign_id: number, phone_number: string) => ({ campaign_id, phone_number });

	it('calls and reports who is created in a campaign that runs', async () => {
		await call('lead', lead(1, '+12065550100'));
		await call('lead', lead(2, '+12065550101'));
		await settled();
		expect(bodies()).toMatchObject([{ lead: { phone_number: '+12065550100' } }]);
		expect([...state().leads.values()].map(({ status }) => status)).toEqual([
			'completed',
			'created',
		]);
	});

	it('calls who waits in a campaign when that is started', async () => {
		await call('lead', lead(2, '+12065550101'));
		await call('campaigns/update-status', { campaign_id: 2, action: 'start' });
		await settled();
		expect(bodies()).toMatchObject([{ lead: { campaign: { id: 2, status: 'started' } } }]);
	});

	it('calls nobody unless it is told to', async () => {
		state().autoCall = false;
		await call('lead', lead(1, '+12065550100'));
		await call('campaigns/update-status', { campaign_id: 1, action: 'start' });
		await settled();
		expect(state().calls.size).toBe(0);
	});

	it('has a lead that is being called', async () => {
		const setStatus = jest.spyOn(state(), 'setStatus');
		await call('lead', lead(1, '+12065550100'));
		await settled();
		expect(setStatus.mock.calls).toEqual([
			[1, 'processing'],
			[1, 'completed'],
		]);
	});

	it('does nothing any more after a reset', async () => {
		const act = jest.fn();
		sandbox().world.clock.later(5, act);
		sandbox().world.reset();
		sandbox().world.clock.later(5, () => act('after'));
		await sleep(50);
		expect(act.mock.calls).toEqual([['after']]);
	});
});
