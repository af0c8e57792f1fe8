import {
	PAGE_SIZE,
	readCursor,
	scanProcessed,
	stageOf,
} from '../../../../nodes/SquadVoice/trigger/scan';
import type { ReadPage, TimeWindow } from '../../../../nodes/SquadVoice/trigger/scan';
import { runPoll } from '../../../../nodes/shared/trigger/polling';
import { getOwn } from '../../../../nodes/shared/values/json';
import { SeenEvents } from '../../../../nodes/shared/trigger/SeenEvents';

const CAMPAIGN = '0PT711';
const HOUR_MS = 3_600_000;
const LIMITS = { defaultSeen: 200, maxSeen: 5_000, maxItems: 300 };

/** Leads of the vendor by the time they were processed, and a trigger that polls them. */
class Campaign {
	readonly leads: Array<{ id: number; at: number }> = [];
	/** The windows that were read, by their first page. */
	readonly windows: TimeWindow[] = [];
	readonly executions: number[][] = [];
	private stored: { cursor: unknown; seen: unknown } = { cursor: undefined, seen: '' };

	constructor(
		readonly inclusive = true,
		readonly hasTime = true,
	) {}

	/** Leads `from` to `to` are processed, the first one at `at`. */
	process(from: number, to: number, at: number, stepMs: number): void {
		for (let id = from; id <= to; id++) this.leads.push({ id, at: at + (id - from) * stepMs });
	}

	private readonly read: ReadPage = async (window, page) => {
		if (page === 1) this.windows.push(window);
		const inside = this.leads.filter(({ at }) =>
			this.inclusive ? at >= window.from && at <= window.to : at > window.from && at < window.to,
		);
		const start = (page - 1) * PAGE_SIZE;
		return {
			leads: inside.slice(start, start + PAGE_SIZE).map((lead) => ({ ...lead })),
			hasMore: start + PAGE_SIZE < inside.length,
			count: inside.length,
		};
	};

	async poll(now: number, lookBackMs = HOUR_MS): Promise<void> {
		const cursor = readCursor(this.stored.cursor, CAMPAIGN);
		const data = await runPoll({
			state: {
				...this.stored,
				save: (next, seen) => {
					this.stored = { cursor: JSON.parse(JSON.stringify(next)), seen: seen.toJSON() };
				},
			},
			stage: stageOf(cursor),
			scan: () => scanProcessed(this.read, cursor, cursor.scanUpTo ?? now, lookBackMs),
			eventIdOf: ({ id, at }) => `${String(id)}|${String(at)}`,
			toOutput: ({ id }) => ({ id: Number(id) }),
			hasTime: () => this.hasTime,
			limits: LIMITS,
		});
		if (data !== null) this.executions.push((data[0] ?? []).map(({ json }) => Number(json.id)));
	}

	/** What an earlier version stored. */
	restore(cursor: object): void {
		this.stored = { cursor, seen: '' };
	}

	get cursor(): unknown {
		return this.stored.cursor;
	}

	get remembered(): number {
		return new SeenEvents(LIMITS.maxSeen, this.stored.seen).size;
	}
}

const NOW = 1_000 * HOUR_MS;
const range = (from: number, to: number) =>
	Array.from({ length: to - from + 1 }, (_, index) => from + index);
const sorted = (campaign: Campaign) => campaign.executions.flat().sort((a, b) => a - b);

describe('scanProcessed', () => {
	it.each([true, false])('loses nothing between windows (bounds inclusive: %s)', async (bounds) => {
		const campaign = new Campaign(bounds);
		await campaign.poll(NOW);
		campaign.process(1, 1_000, NOW - 400_000, 250);
		for (let polls = 0; polls < 6; polls++) await campaign.poll(NOW + 1);
		expect(sorted(campaign)).toEqual(range(1, 1_000));
		// It needs pages only for windows of the shortest width.
		expect(Math.min(...campaign.windows.map(({ from, to }) => to - from))).toBeGreaterThan(2_000);
	});

	it('reads leads of one moment page by page', async () => {
		const campaign = new Campaign();
		await campaign.poll(NOW);
		campaign.process(1, 350, NOW - 60_000, 0);
		await campaign.poll(NOW + 1);
		await campaign.poll(NOW + 2);
		expect(sorted(campaign)).toEqual(range(1, 350));
	});

	it('outputs each lead once that is read again, however many the look-back covers', async () => {
		const campaign = new Campaign();
		await campaign.poll(NOW);
		campaign.process(1, 1_000, NOW - 3_000_000, 1_000);
		for (let polls = 0; polls < 12; polls++) await campaign.poll(NOW + polls);
		expect(sorted(campaign)).toEqual(range(1, 1_000));
		expect(campaign.executions.length).toBeGreaterThan(2);
		expect(campaign.remembered).toBe(1_000);
	});

	it('remembers fewer leads again when the look-back no longer covers them', async () => {
		const campaign = new Campaign();
		await campaign.poll(NOW);
		campaign.process(1, 1_000, NOW - 3_000_000, 1_000);
		for (let polls = 0; polls < 6; polls++) await campaign.poll(NOW);
		await campaign.poll(NOW + 2 * HOUR_MS);
		campaign.process(1_001, 1_001, NOW + 3 * HOUR_MS, 0);
		await campaign.poll(NOW + 3 * HOUR_MS);
		expect(campaign.executions.at(-1)).toEqual([1_001]);
		expect(campaign.remembered).toBe(LIMITS.defaultSeen);
	});

	it('learns what was processed before its first poll, however many polls the first scan takes', async () => {
		const campaign = new Campaign(true, false);
		campaign.process(1, 1_000, NOW - HOUR_MS, 3_600);
		let polls = 0;
		for (; polls < 20; polls++) {
			await campaign.poll(NOW + polls * 60_000);
			campaign.process(1_001 + polls, 1_001 + polls, NOW + polls * 60_000 + 30_000, 0);
		}
		expect(getOwn(campaign.cursor, 'processedUpTo')).toBeDefined();
		for (; polls < 40; polls++) await campaign.poll(NOW + polls * 60_000);
		expect(sorted(campaign)).toEqual(range(1_001, 1_020));
	});

	it('finds a lead that is listed late although many polls have passed since', async () => {
		const campaign = new Campaign(true, false);
		await campaign.poll(NOW, 600_000);
		// Each poll reads a part, and is never done: leads are processed as fast as it reads.
		campaign.process(1, 200, NOW + 1_000, 300);
		await campaign.poll(NOW + 61_000, 600_000);
		for (let minute = 2; minute < 30; minute++) {
			campaign.process(minute * 200, minute * 200 + 199, NOW + minute * 60_000 - 59_000, 290);
			if (minute === 9) campaign.process(201, 201, NOW + 60_000, 0);
			await campaign.poll(NOW + minute * 60_000 + 1_000, 600_000);
		}
		for (let minute = 30; minute < 150; minute++) {
			await campaign.poll(NOW + minute * 60_000 + 1_000, 600_000);
		}
		expect(sorted(campaign)).toContain(201);
	});

	it('looks back as far as before after a scan over several polls', async () => {
		const campaign = new Campaign(true, false);
		await campaign.poll(NOW);
		campaign.process(2, 500, NOW - 500_000, 900);
		while (campaign.executions.length === 0) await campaign.poll(NOW + 1);
		const read = campaign.executions.flat().length;
		expect(read > 0 && read < 499).toBe(true);
		// Appears late, in a part that was read before.
		campaign.process(1, 1, NOW - 499_500, 0);
		for (let polls = 0; polls < 30; polls++) await campaign.poll(NOW + 1_000 + polls);
		expect(sorted(campaign)).toEqual(range(1, 500));
	});
});

describe('readCursor', () => {
	const stored = { campaign: CAMPAIGN, processedUpTo: 5, scanUpTo: 9, goOnFrom: 3, count: 7 };

	it('continues an unfinished scan', () => {
		expect(readCursor(stored, CAMPAIGN)).toEqual({
			campaign: CAMPAIGN,
			processedUpTo: 5,
			scanUpTo: 9,
			resumeFrom: 3,
			count: 7,
		});
	});

	it('continues an unfinished scan of an earlier version, which has no end', async () => {
		const campaign = new Campaign(true, false);
		const earlier = { campaign: CAMPAIGN, processedUpTo: NOW, goOnFrom: NOW, count: 0 };
		campaign.restore(earlier);
		campaign.process(1, 2, NOW + 60_000, 1_000);
		await campaign.poll(NOW + 120_000);
		expect(sorted(campaign)).toEqual([1, 2]);
		expect(campaign.cursor).toEqual({ campaign: CAMPAIGN, processedUpTo: NOW });
	});

	it('starts over for another campaign', () => {
		expect(readCursor(stored, 'OTHER1')).toMatchObject({ processedUpTo: undefined, count: 0 });
	});
});
