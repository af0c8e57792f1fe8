import { eventIdOf, readScan, scanLeads, stageOf } from '../../../../nodes/Autocalls/trigger/scan';
import { runPoll } from '../../../../nodes/shared/trigger/polling';
import { loadPollState } from '../../../../nodes/shared/trigger/pollState';
import {
	pollingModes,
	PollingN8n,
	pollThroughTroubles,
} from '../../../support/triggers/PollingN8n';

const SELECTION = { campaign: 1, statuses: 'completed' };
const LEADS = 200;
const PAGE_SIZE = 10;

/** A campaign of 20 pages, of which each poll reads one. */
class Campaign {
	private now = Date.UTC(2026, 0, 1);
	private readonly leads = Array.from({ length: LEADS }, (_, index) => ({
		id: index + 1,
		status: 'created',
		updated_at: '2025-12-31 00:00:00',
	}));
	/** All changes so far. */
	readonly changes: string[] = [];

	/** A lead is completed, which it was before or not. @returns the event */
	complete(index: number): string {
		const lead = this.leads[index % LEADS];
		if (lead === undefined) throw new Error('There is no such lead');
		this.now += 1_000;
		const time = new Date(this.now).toISOString().slice(0, 19).replace('T', ' ');
		Object.assign(lead, { status: 'completed', updated_at: time });
		this.changes.push(eventIdOf(lead));
		return eventIdOf(lead);
	}

	readonly n8n = (mode: (typeof pollingModes)[number]) =>
		new PollingN8n(mode, async (context) => {
			this.now += 60_000;
			const state = loadPollState(context);
			const start = readScan(state.cursor, SELECTION);
			const data = await runPoll({
				state,
				stage: stageOf(start),
				scan: (seen) =>
					scanLeads(start, {
						readPage: async (page) => ({
							entries: this.leads.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE),
							hasMore: page * PAGE_SIZE < LEADS,
							answeredAt: this.now,
						}),
						isSelected: ({ status }) => status === 'completed',
						seen,
					}),
				eventIdOf,
				toOutput: (lead) => ({ id: eventIdOf(lead) }),
				hasTime: () => false,
			});
			return data?.[0]?.map(({ json }) => String(json.id)) ?? null;
		});
}

describe.each(pollingModes)('polling for statuses with the state of n8n in mode %s', (mode) => {
	it.each(Array.from({ length: 12 }, (_, index) => index + 1))(
		'loses nothing and outputs nothing twice, whatever goes wrong (seed %i)',
		async (seed) => {
			const campaign = new Campaign();
			for (let index = 100; index < 150; index++) campaign.complete(index);
			const before = campaign.changes.length;
			const n8n = campaign.n8n(mode);
			await n8n.activate();
			// Each lead once: of two changes between two scans, the list only shows the later one.
			const rest = Array.from({ length: LEADS }, (_, index) => (index * 7 + seed) % LEADS);
			await pollThroughTroubles(n8n, seed, 150, (random) => {
				if (random() < 0.3) campaign.complete(rest.pop() ?? 0);
			});
			for (let polls = 0; polls < 80; polls++) await n8n.poll();
			expect([...n8n.output].sort()).toEqual(campaign.changes.slice(before).sort());
		},
	);
});
