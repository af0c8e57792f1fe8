import { eventIdOf, readScan, scanLeads } from '../../../../nodes/Autocalls/trigger/scan';
import { runPoll } from '../../../../nodes/shared/trigger/polling';
import { SeenEvents } from '../../../../nodes/shared/trigger/SeenEvents';
import type { JsonObject } from '../../../../nodes/shared/values/json';

const CAMPAIGN = 1;
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

	constructor(
		count: number,
		private readonly maxSeen = LIMITS.maxSeen,
	) {
		this.leads = Array.from({ length: count }, (_, index) => ({
			id: index + 1,
			status: 'created',
			updated_at: this.now(),
		}));
	}

	/** The newest first, as in the vendor's list. */
	private page(number: number): { entries: Lead[]; hasMore: boolean } {
		this.requests++;
		const newestFirst = [...this.leads].reverse();
		const start = (number - 1) * PAGE_SIZE;
		return {
			entries: newestFirst.slice(start, start + PAGE_SIZE),
			hasMore: start + PAGE_SIZE < newestFirst.length,
		};
	}

	now(): string {
		return new Date(Date.UTC(2026, 0, 1) + this.second * 1000)
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
			const start = readScan(this.stored.cursor, CAMPAIGN);
			const data = await runPoll({
				state: {
					...this.stored,
					save: (cursor, seen) => {
						this.stored = { cursor: JSON.parse(JSON.stringify(cursor)), seen: seen.toJSON() };
					},
				},
				isFirstScan: start.from === undefined,
				scan: (seen) =>
					scanLeads(start, {
						readPage: async (page) => this.page(page),
						isSelected: ({ status }) => status === 'completed',
						seen,
						maxLearned: LIMITS.defaultSeen,
					}),
				eventIdOf,
				toOutput: ({ id }) => ({ id: Number(id) }),
				hasTime: () => true,
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

describe('readScan', () => {
	const stored = { campaign: 1, from: '', newest: 'b', page: 3, count: 2 };

	it('continues the stored scan of the same campaign', () => {
		expect(readScan(stored, 1)).toMatchObject({ from: '', newest: 'b', page: 3, count: 2 });
	});

	it.each([
		['another campaign', stored, 2],
		['an incomplete first scan', { ...stored, from: undefined }, 1],
		['nothing', undefined, 1],
	])('starts over with %s', (_what, value, campaign) => {
		expect(readScan(value, campaign)).toMatchObject({ from: undefined, page: 1, campaign });
	});
});
