import { useAutocallsTrigger } from '../../support/triggers/autocalls';
import { useSandbox } from '../../support/sandbox';

const scene = useSandbox();
const { openForStatuses } = useAutocallsTrigger(scene);
const autocalls = () => scene.world.autocalls;
const requests = () => scene.requests('autocalls').length;

/** Leads `from` to `to` have been called, each a second later than the one before. */
function complete(from: number, to: number): void {
	const step = from < to ? 1 : -1;
	for (let id = from; id !== to + step; id += step) {
		autocalls().clockSkewMs += 1_000;
		autocalls().setStatus(id, 'completed');
	}
}

describe('Autocalls Trigger: a large campaign', () => {
	it('reads 20,500 leads in 205 requests, and tells each change once', async () => {
		autocalls().seedLeads(1, 20_500);
		// The newest 300 wait, and those that were called were so later than these were made: all of
		// them are newer than the first page, and more than the trigger can remember.
		complete(20_200, 1);
		const active = await openForStatuses({ pollBudgetMs: 3_600_000 });
		await active.activate();
		expect(requests()).toBe(205);
		await active.poll();
		expect(active.executions.map((items) => items.length)).toEqual([]);

		complete(20_500, 20_201);
		for (let id = 1; id <= 12_000; id++) autocalls().setStatus(id, 'reached-max-retries');
		for (let polls = 0; polls < 3; polls++) await active.poll();
		expect(active.executions.map((items) => items.length)).toEqual([10_000, 2_300]);
		expect(new Set(active.items().map(({ leadId }) => leadId)).size).toBe(12_300);
		expect(requests()).toBe(4 * 205);
	}, 300_000);

	it('tells each of 20,500 leads once that are called between two polls', async () => {
		autocalls().seedLeads(1, 20_500);
		const active = await openForStatuses({ pollBudgetMs: 3_600_000 });
		await active.activate();
		await active.poll();
		autocalls().clockSkewMs += 60_000;
		for (let id = 1; id <= 20_500; id++) autocalls().setStatus(id, 'completed');
		for (let polls = 0; polls < 5; polls++) await active.poll();
		expect(active.executions.map((items) => items.length)).toEqual([10_000, 10_000, 500]);
		// What is behind it is let go of again, when nobody has looked there for two walks.
		complete(1, 1);
		for (let polls = 0; polls < 4; polls++) await active.poll();
		complete(2, 2);
		await active.poll();
		expect(active.items()).toHaveLength(20_502);
		expect(active.stored.length).toBeLessThan(20_100 * 11);
	}, 300_000);

	it('tells nothing of 20,500 leads that were all changed in one moment before', async () => {
		autocalls().bareLists = true;
		autocalls().seedLeads(1, 20_500);
		for (let id = 1; id <= 20_500; id++) autocalls().setStatus(id, 'completed');
		const moment = autocalls().now();
		for (const lead of autocalls().leads.values()) lead.updatedAt = moment;
		const active = await openForStatuses({ pollBudgetMs: 3_600_000 });
		await active.activate();
		await active.poll();
		expect(active.executions.map((items) => items.length)).toEqual([]);
		complete(1, 1);
		for (let polls = 0; polls < 3; polls++) await active.poll();
		expect(active.items().map(({ leadId }) => leadId)).toEqual([1]);
	}, 300_000);
});
