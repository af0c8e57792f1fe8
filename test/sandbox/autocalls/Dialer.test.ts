import type { CallOptions } from '../../../sandbox';
import { useAutocalls } from './fixture';

const { sandbox, state, call, settled, bodies, enable, seedOne } = useAutocalls();
const statusOf = (id: number) => state().leads.get(id)?.status;

afterEach(() => jest.restoreAllMocks());

describe('Autocalls calls', () => {
	it.each<[NonNullable<CallOptions['outcome']>, string]>([
		['completed', 'completed'],
		['ended_by_customer', 'completed'],
		['ended_by_assistant', 'completed'],
		['busy', 'rescheduled'],
		['no-answer', 'rescheduled'],
		['failed', 'rescheduled'],
	])('a call that ends as %s leaves the lead %s', (outcome, status) => {
		const id = seedOne();
		expect(state().call(id, { outcome })).toMatchObject({ status: outcome, leadId: id });
		expect(statusOf(id)).toBe(status);
	});

	it('repeats an unanswered call three times', () => {
		const id = seedOne();
		const statuses = Array.from({ length: 4 }, () => {
			state().call(id, { outcome: 'no-answer' });
			return statusOf(id);
		});
		expect(statuses).toEqual(['rescheduled', 'rescheduled', 'rescheduled', 'reached-max-retries']);
		expect(state().calls.size).toBe(4);
	});

	it("a call updates updated_at, in seconds on the vendor's clock", async () => {
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

	it('makes no call for a stopped campaign, or one that sends messages', () => {
		for (const campaign of [2, 3, 4]) {
			const id = seedOne(campaign);
			expect(() => state().call(id)).toThrow(/does not call/);
			expect(statusOf(id)).toBe('created');
		}
		expect(() => state().call(999)).toThrow(/no lead 999/);
		expect(() => state().callIn(999, null)).toThrow(/no assistant 999/);
	});

	it('calls all waiting leads of a campaign that are chosen', () => {
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

	it('does not call secondary contacts when it calls all leads', () => {
		const contact = { phoneNumber: '+12065550101', variables: {} };
		const main = { campaignId: 1, phoneNumber: '+12065550100', variables: {} };
		state().accept({ ...main, allowDuplicate: false, secondaryContacts: [contact] }, 1);
		expect(state().callAll(1)).toMatchObject([{ customerPhone: '+12065550100' }]);
	});
});

describe('Autocalls automatic calls', () => {
	beforeEach(async () => {
		await enable();
		await enable(502);
		state().autoCall = true;
		state().autoCallAfterMs = 0;
	});

	const lead = (campaign_id: number, phone_number: string) => ({ campaign_id, phone_number });

	it('calls and reports a lead created in a started campaign', async () => {
		await call('lead', lead(1, '+12065550100'));
		await call('lead', lead(2, '+12065550101'));
		await settled();
		expect(bodies()).toMatchObject([{ lead: { phone_number: '+12065550100' } }]);
		expect([...state().leads.values()].map(({ status }) => status)).toEqual([
			'completed',
			'created',
		]);
	});

	it('calls the waiting leads of a campaign when it starts', async () => {
		await call('lead', lead(2, '+12065550101'));
		await call('campaigns/update-status', { campaign_id: 2, action: 'start' });
		await settled();
		expect(bodies()).toMatchObject([{ lead: { campaign: { id: 2, status: 'in-progress' } } }]);
	});

	it('makes no automatic call by default', async () => {
		state().autoCall = false;
		await call('lead', lead(1, '+12065550100'));
		await call('campaigns/update-status', { campaign_id: 1, action: 'start' });
		await settled();
		expect(state().calls.size).toBe(0);
	});

	it('shows a lead as processing during its call', async () => {
		const setStatus = jest.spyOn(state(), 'setStatus');
		await call('lead', lead(1, '+12065550100'));
		await settled();
		expect(setStatus.mock.calls).toEqual([
			[1, 'processing'],
			[1, 'completed'],
		]);
	});

	it('makes no call after a reset', async () => {
		const act = jest.fn();
		sandbox().world.clock.later(5, act);
		sandbox().world.reset();
		await new Promise<void>((resolve) => sandbox().world.clock.later(5, resolve));
		expect(act).not.toHaveBeenCalled();
	});
});
