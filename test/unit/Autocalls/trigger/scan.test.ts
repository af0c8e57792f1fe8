import { eventIdOf, readScan, scanLeads, stageOf } from '../../../../nodes/Autocalls/trigger/scan';
import type { Page } from '../../../../nodes/shared/transport/pagination';
import { runPoll } from '../../../../nodes/shared/trigger/polling';
import { SeenEvents } from '../../../../nodes/shared/trigger/SeenEvents';
import type { JsonObject } from '../../../../nodes/shared/values/json';

const SELECTION = { campaign: 1, statuses: 'completed' };
const PAGE_SIZE = 10;
const LIMITS = { defaultSeen: 200, maxSeen: 1_000, maxItems: 100 };

interface Lead extends JsonObject {
	id: number;
	status: string;
	updated_at: string;
}

/** A campaign of the vendor, and a trigger that polls it. */
class Campaign {
	readonly leads: Lead[];
	private second = 0;
	private stored: { cursor: unknown; seen: unknown } = { cursor: undefined, seen: '' };
	/** The leads that each poll with items has output. */
	readonly executions: number[][] = [];
	requests = 0;
	/** Whether a poll may read more than a page. */
	hasTime = true;

	constructor(
		count: number,
		private readonly maxSeen = LIMITS.maxSeen,
		/** Of the times in the list, compared to the vendor's clock. */
		private readonly hoursAhead = 0,
	) {
		this.leads = Array.from({ length: count }, (_, index) => ({
			id: index + 1,
			status: 'created',
			updated_at: this.now(),
		}));
	}

	/** The newest first, as in the vendor's list. */
	private page(number: number): Page<Lead> {
		this.requests++;
		const newestFirst = [...this.leads].reverse();
		const start = (number - 1) * PAGE_SIZE;
		return {
			entries: newestFirst.slice(start, start + PAGE_SIZE),
			hasMore: start + PAGE_SIZE < newestFirst.length,
			answeredAt: this.clock(),
		};
	}

	private clock(): number {
		return Date.UTC(2026, 0, 1) + this.second * 1000;
	}

	now(): string {
		return new Date(this.clock() + this.hoursAhead * 3_600_000)
			.toISOString()
			.slice(0, 19)
			.replace('T', ' ');
	}

	/** Leads are completed, each a second after the one before, or all in one second. */
	complete(ids: number[], stepSeconds = 1): void {
		for (const id of ids) {
			this.second += stepSeconds;
			const lead = this.leads.find((one) => one.id === id);
			Object.assign(lead ?? {}, { status: 'completed', updated_at: this.now() });
		}
	}

	async poll(times = 1): Promise<void> {
		for (let count = 0; count < times; count++) {
			const start = readScan(this.stored.cursor, SELECTION);
			const data = await runPoll({
				state: {
					...this.stored,
					save: (cursor, seen) => {
						this.stored = { cursor: JSON.parse(JSON.stringify(cursor)), seen: seen.toJSON() };
					},
				},
				stage: stageOf(start),
				scan: (seen) =>
					scanLeads(start, {
						readPage: async (page) => this.page(page),
						isSelected: ({ status }) => status === 'completed',
						seen,
						maxLearned: LIMITS.defaultSeen,
					}),
				eventIdOf,
				toOutput: ({ id }) => ({ id: Number(id) }),
				hasTime: () => this.hasTime,
				limits: { ...LIMITS, maxSeen: this.maxSeen },
			});
			if (data !== null) this.executions.push((data[0] ?? []).map(({ json }) => Number(json.id)));
		}
	}

	get remembered(): number {
		return new SeenEvents(LIMITS.maxSeen, this.stored.seen).size;
	}
}

const range = (from: number, to: number) =>
	Array.from({ length: to - from + 1 }, (_, index) => from + index);
const sorted = (ids: number[]) => [...ids].sort((a, b) => a - b);

describe('scanLeads in a campaign with more leads than the trigger remembers', () => {
	it('outputs no lead from before the first scan, and each later change once', async () => {
		const campaign = new Campaign(250, 220);
		// All were completed after the newest leads, on the first page, were created.
		campaign.complete(range(1, 230).reverse());
		await campaign.poll(2);
		expect([campaign.executions, campaign.requests]).toEqual([[], 50]);

		campaign.complete(range(231, 250).reverse());
		campaign.complete(range(1, 120));
		await campaign.poll(3);
		expect(campaign.executions.map((ids) => ids.length)).toEqual([100, 40]);
		expect(sorted(campaign.executions.flat())).toEqual([...range(1, 120), ...range(231, 250)]);
	});

	it('outputs each lead once when all change between two polls', async () => {
		const campaign = new Campaign(250);
		await campaign.poll(2);
		campaign.complete(range(1, 250), 0);
		await campaign.poll(5);
		expect(campaign.executions.map((ids) => ids.length)).toEqual([100, 100, 50]);
		expect(sorted(campaign.executions.flat())).toEqual(range(1, 250));
	});

	it('remembers fewer leads again once two scans have passed them', async () => {
		const campaign = new Campaign(250);
		await campaign.poll(2);
		campaign.complete(range(1, 250), 0);
		await campaign.poll(5);
		expect(campaign.remembered).toBe(250);
		campaign.complete([1]);
		await campaign.poll(4);
		campaign.complete([2]);
		await campaign.poll();
		expect(campaign.executions.slice(3)).toEqual([[1], [2]]);
		expect(campaign.remembered).toBe(LIMITS.defaultSeen);
	});

	it('outputs no lead of many that were changed in one second before the first scan', async () => {
		const campaign = new Campaign(250);
		campaign.complete(range(1, 250), 0);
		await campaign.poll(2);
		expect(campaign.executions).toEqual([]);
		campaign.complete([1]);
		await campaign.poll(3);
		expect(campaign.executions).toEqual([[1]]);
	});
});

describe('scanLeads in a first scan of several polls', () => {
	it.each([
		['', 0],
		[', whose list is three hours ahead of its clock', 3],
	])('learns what changed before its first poll only%s', async (_what, hoursAhead) => {
		const campaign = new Campaign(200, LIMITS.maxSeen, hoursAhead);
		campaign.complete(range(150, 200));
		campaign.complete(range(1, 20));
		campaign.hasTime = false;
		for (let polls = 1; polls <= 20; polls++) {
			await campaign.poll();
			// One on a page that was read already, and one on a page that was not.
			campaign.complete([201 - polls, 20 + polls]);
		}
		await campaign.poll(60);
		expect(sorted(campaign.executions.flat())).toEqual([...range(21, 40), ...range(181, 200)]);
	});

	it('does the same when there is more than it can remember', async () => {
		const campaign = new Campaign(250, 220);
		campaign.complete(range(1, 249).reverse());
		campaign.hasTime = false;
		for (let polls = 1; polls <= 25; polls++) {
			await campaign.poll();
			campaign.complete([251 - polls, polls]);
		}
		await campaign.poll(75);
		expect(sorted(campaign.executions.flat())).toEqual([...range(1, 25), ...range(226, 250)]);
	});
});

describe('readScan', () => {
	const stored = { campaign: 1, statuses: 'completed', newest: 'b', page: 3, count: 2 };
	const watching = { ...stored, from: '' };
	const learning = { ...stored, startedAt: 5, learnUpTo: 6 };

	it.each([
		['', watching, SELECTION],
		[', whatever the statuses', watching, { ...SELECTION, statuses: 'rescheduled' }],
		[' of a version that stored no statuses', { ...watching, statuses: undefined }, SELECTION],
		[', the first one', learning, SELECTION],
	])('continues the stored scan of the same campaign%s', (_what, value, selection) => {
		expect(readScan(value, selection)).toMatchObject({ newest: 'b', page: 3, count: 2 });
	});

	it.each([
		['another campaign', watching, { ...SELECTION, campaign: 2 }],
		['another campaign in the first scan', learning, { ...SELECTION, campaign: 2 }],
		['other statuses in the first scan', learning, { ...SELECTION, statuses: 'rescheduled' }],
		['nothing', undefined, SELECTION],
	])('starts over with %s', (_what, value, selection) => {
		const scan = readScan(value, selection);
		expect(scan).toMatchObject({ ...selection, from: undefined, page: 1, count: 0 });
		expect(stageOf(scan)).toBe('start');
	});
});
