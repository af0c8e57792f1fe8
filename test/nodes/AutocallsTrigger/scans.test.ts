import { change, useAutocallsTrigger } from '../../support/triggers/autocalls';
import { useSandbox } from '../../support/sandbox';
import type { ActiveTrigger } from '../../support/triggers/ActiveTrigger';

const scene = useSandbox();
const { openForStatuses } = useAutocallsTrigger(scene);
const autocalls = () => scene.world.autocalls;

const ids = (active: ActiveTrigger) => active.items().map(({ leadId }) => Number(leadId));
const sorted = (numbers: number[]) => [...numbers].sort((a, b) => a - b);
const range = (from: number, to: number) =>
	Array.from({ length: to - from + 1 }, (_, index) => from + index);

function complete(from: number, to: number): void {
	for (const id of range(from, to)) autocalls().setStatus(id, 'completed');
}

function remove(id: number): void {
	const lead = autocalls().leads.get(id);
	if (lead === undefined) throw new Error(`There is no lead ${id}`);
	autocalls().remove(lead);
}

async function activate(wishes: Record<string, unknown> = {}): Promise<ActiveTrigger> {
	const active = await openForStatuses(wishes);
	await active.activate();
	return active;
}

async function poll(active: ActiveTrigger, times: number): Promise<void> {
	for (let count = 0; count < times; count++) await active.poll();
}

/** An active trigger that reads one page a poll, after its first scan, which read all of them at once. */
async function pageByPage(): Promise<ActiveTrigger> {
	const active = await activate();
	expect(active.executions).toEqual([]);
	active.options.pollBudgetMs = 0;
	return active;
}

describe('Autocalls Trigger: scans of a long list', () => {
	it('reads all pages in one poll if there is time', async () => {
		autocalls().seedLeads(1, 1_000);
		const active = await activate();
		complete(1, 1_000);
		await poll(active, 3);
		expect(active.executions.map((items) => items.length)).toEqual([1_000]);
		expect(sorted(ids(active))).toEqual(range(1, 1_000));
	});

	it('reads one page per poll if there is none, and outputs it immediately', async () => {
		autocalls().seedLeads(1, 1_000);
		const active = await pageByPage();
		complete(1, 1_000);
		await poll(active, 30);
		expect(active.executions.map((items) => items.length)).toEqual(range(1, 10).map(() => 100));
		expect(sorted(ids(active))).toEqual(range(1, 1_000));
	});

	it('cannot be published if the first page fails, and continues where a later one failed', async () => {
		autocalls().seedLeads(1, 300);
		const pages = { vendor: 'autocalls', path: '/user/leads' } as const;
		scene.world.faults.add({ ...pages, kind: 'status', status: 400, nth: [1, 3] });
		const active = await openForStatuses();
		await expect(active.activate()).rejects.toThrow('Injected fault 400');
		await active.activate();
		autocalls().clockSkewMs += 2_000;
		for (const id of [1, 150, 299]) complete(id, id);
		await poll(active, 3);
		expect(sorted(ids(active))).toEqual([1, 150, 299]);
		const read = scene.requests('autocalls').map(({ query }) => query.page);
		expect(read.slice(0, 7)).toEqual(['1', '1', '2', '2', '3', '1', '2']);
	});

	it.each([true, false])(
		'outputs what changes during a first scan of 20 polls (durable scheduler: %s)',
		async (isPolledByScheduler) => {
			autocalls().seedLeads(1, 2_000);
			complete(1_000, 1_100);
			const active = await openForStatuses({ pollBudgetMs: 0 });
			active.isPolledByScheduler = isPolledByScheduler;
			await active.activate();
			for (let polls = 1; polls < 20; polls++) {
				autocalls().clockSkewMs += 60_000;
				complete(polls, polls);
				complete(2_001 - polls, 2_001 - polls);
				await active.poll();
			}
			expect(active.executions).toEqual([]);
			await poll(active, 40);
			expect(sorted(ids(active))).toEqual([...range(1, 19), ...range(1_982, 2_000)]);
		},
	);

	it('continues a scan without changes when n8n drops what a poll without items stored', async () => {
		autocalls().seedLeads(1, 500);
		const active = await pageByPage();
		active.isPolledByScheduler = true;
		const stored = active.stored;
		await poll(active, 3);
		await active.fetchTestEvent();
		await poll(active, 4);
		expect(active.stored).toBe(stored);
		const pages = scene.requests('autocalls').filter(({ query }) => query.per_page === '100');
		expect(pages.map(({ query }) => query.page)).toEqual(
			[1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 1, 2].map(String),
		);
	});

	it('starts over when another campaign is chosen in the middle of a first scan', async () => {
		autocalls().seedLeads(1, 300);
		autocalls().seedLeads(4, 300);
		complete(301, 600);
		const active = await openForStatuses({ pollBudgetMs: 0 });
		active.isPolledByScheduler = true;
		await active.activate();
		await active.poll();
		change(active, { campaign: { __rl: true, mode: 'id', value: '4' } });
		await active.poll();
		autocalls().clockSkewMs += 2_000;
		complete(1, 1);
		complete(350, 350);
		await poll(active, 12);
		expect(ids(active)).toEqual([350]);
	});

	it('does not start a poll while another one is running', async () => {
		autocalls().seedLeads(1, 1_000);
		const active = await activate();
		complete(1, 1_000);
		const before = scene.requests('autocalls').length;
		await Promise.all([active.poll(), active.poll(), active.poll()]);
		expect(scene.requests('autocalls')).toHaveLength(before + 10);
		expect(sorted(ids(active))).toEqual(range(1, 1_000));
	});

	it('outputs the pages before one that failed, and continues there', async () => {
		autocalls().seedLeads(1, 1_000);
		const active = await activate();
		complete(1, 1_000);
		const pages = { vendor: 'autocalls', path: '/user/leads' } as const;
		scene.world.faults.add({ ...pages, kind: 'status', status: 400, nth: [5, 6] });
		await active.poll();
		expect(active.executions.map((items) => items.length)).toEqual([400]);
		await expect(active.poll()).rejects.toThrow();
		await active.poll();
		expect(active.executions.map((items) => items.length)).toEqual([400, 600]);
		expect(sorted(ids(active))).toEqual(range(1, 1_000));
	});

	it('finds changes on pages already read and on pages still to read', async () => {
		autocalls().seedLeads(1, 500);
		const active = await pageByPage();
		for (const id of [500, 300, 1, 450, 250, 50, 499, 2]) {
			autocalls().clockSkewMs += 2_000;
			autocalls().setStatus(id, 'completed');
			await active.poll();
		}
		await poll(active, 15);
		expect(sorted(ids(active))).toEqual([1, 2, 50, 250, 300, 450, 499, 500]);
	});

	it.each([1, 2, 3, 4, 5])(
		'loses no change when leads are deleted during a scan (after page %s)',
		async (page) => {
			autocalls().seedLeads(1, 500);
			const active = await pageByPage();
			complete(1, 400);
			await poll(active, page);
			// The newest come first: what follows moves up, and one lead of each page slips past.
			for (const id of range(491, 500)) remove(id);
			for (let rest = 0; rest < 20; rest++) {
				autocalls().clockSkewMs += 2_000;
				await active.poll();
			}
			expect(sorted(ids(active))).toEqual(range(1, 400));
		},
	);

	it.each([1, 2, 3, 4, 5])(
		'loses no change when leads are added during a scan (after page %s)',
		async (page) => {
			autocalls().seedLeads(1, 500);
			const active = await pageByPage();
			complete(1, 500);
			await poll(active, page);
			autocalls().clockSkewMs += 2_000;
			autocalls().seedLeads(1, 130);
			complete(600, 630);
			await poll(active, 25);
			expect(sorted(ids(active))).toEqual([...range(1, 500), ...range(600, 630)]);
		},
	);

	it('loses no change that a deletion hides from the next scan', async () => {
		autocalls().seedLeads(1, 300);
		const active = await pageByPage();
		await poll(active, 2);
		// Page 2 of this walk is read, so this one is for the next walk; the walk ends with a newer one.
		autocalls().clockSkewMs += 2_000;
		complete(200, 200);
		autocalls().clockSkewMs += 2_000;
		complete(1, 1);
		await poll(active, 2);
		// Page 1 of the next walk is read; 200, which was the first on page 2, moves to its end.
		remove(300);
		await poll(active, 2);
		expect(ids(active)).toEqual([1]);
		await poll(active, 3);
		expect(ids(active)).toEqual([1, 200]);
	});

	it('starts the next scan if the list became shorter than the position of the scan', async () => {
		autocalls().seedLeads(1, 500);
		const active = await pageByPage();
		await poll(active, 3);
		for (const id of range(101, 500)) remove(id);
		complete(1, 100);
		await poll(active, 4);
		expect(sorted(ids(active))).toEqual(range(1, 100));
	});

	it('continues the scan after a restart', async () => {
		autocalls().seedLeads(1, 500);
		const active = await pageByPage();
		complete(1, 500);
		await poll(active, 2);
		await active.restart(() => autocalls().setStatus(500, 'reached-max-retries'));
		await poll(active, 12);
		expect(sorted(ids(active))).toEqual([...range(1, 500), 500]);
	});
});
