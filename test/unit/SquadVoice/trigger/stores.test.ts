import {
	PAGE_SIZE,
	readCursor,
	scanProcessed,
	stageOf,
} from '../../../../nodes/SquadVoice/trigger/scan';
import type { ReadPage } from '../../../../nodes/SquadVoice/trigger/scan';
import { runPoll } from '../../../../nodes/shared/trigger/polling';
import { loadPollState } from '../../../../nodes/shared/trigger/pollState';
import {
	pollingModes,
	PollingN8n,
	pollThroughTroubles,
} from '../../../support/triggers/PollingN8n';

const CAMPAIGN = '0PT711';
const LOOK_BACK_MS = 3_600_000;

/** A campaign with 2,000 leads of the last hour; each poll reads a hundred at most. */
class Campaign {
	private now = Date.UTC(2026, 0, 1);
	private readonly leads: Array<{ id: string; at: number; listedAt: number }> = [];

	/** Leads are processed, and listed up to half an hour later. */
	process(id: string, at = this.now + 30_000, delayMs = 0): void {
		this.leads.push({ id, at, listedAt: at + delayMs });
	}

	constructor() {
		for (let index = 0; index < 2_000; index++) {
			this.process(`old ${index}`, this.now - LOOK_BACK_MS + index * 1_800);
		}
	}

	private readonly read: ReadPage = async ({ from, to }, page) => {
		const inside = this.leads.filter(
			({ at, listedAt }) => at >= from && at <= to && listedAt <= this.now,
		);
		return {
			leads: inside.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE).map((lead) => ({ ...lead })),
			hasMore: page * PAGE_SIZE < inside.length,
			count: inside.length,
		};
	};

	readonly n8n = (mode: (typeof pollingModes)[number]) =>
		new PollingN8n(mode, async (context) => {
			this.now += 60_000;
			const state = loadPollState(context);
			const cursor = readCursor(state.cursor, CAMPAIGN);
			const data = await runPoll({
				state,
				stage: stageOf(cursor),
				scan: () => scanProcessed(this.read, cursor, cursor.scanUpTo ?? this.now, LOOK_BACK_MS),
				eventIdOf: ({ id }) => String(id),
				toOutput: ({ id }) => ({ id: String(id) }),
				hasTime: () => false,
			});
			return data?.[0]?.map(({ json }) => String(json.id)) ?? null;
		});
}

describe.each(pollingModes)('polling for leads with the state of n8n in mode %s', (mode) => {
	it.each(Array.from({ length: 12 }, (_, index) => index + 1))(
		'loses nothing and outputs nothing twice, whatever goes wrong (seed %i)',
		async (seed) => {
			const campaign = new Campaign();
			const n8n = campaign.n8n(mode);
			await n8n.activate();
			const processed: string[] = [];
			await pollThroughTroubles(n8n, seed, 150, (random) => {
				for (let count = Math.floor(random() * 4); count > 0; count--) {
					processed.push(`new ${processed.length}`);
					campaign.process(processed.at(-1) ?? '', undefined, Math.floor(random() * 1_800_000));
				}
			});
			for (let polls = 0; polls < 150; polls++) await n8n.poll();
			expect([...n8n.output].sort()).toEqual(processed.sort());
		},
	);
});
