import { squadVoiceAccounts } from '../../../sandbox';
import { useSandbox } from '../../support/sandbox';
import { useSquadVoiceTrigger } from '../../support/triggers/squadVoice';

const scene = useSandbox();
const { open, squad, process, leadIds, seeds } = useSquadVoiceTrigger(scene);
const { campaign } = squadVoiceAccounts.standard;

describe('SquadVoice Trigger: looking back', () => {
	it('finds a lead that is listed late, though the poll before stopped half-way', async () => {
		squad().seedLeads(campaign, 1000);
		const active = await open();
		await active.activate();
		process(2, 1000, 500, 400);
		scene.world.faults.add({ vendor: 'squadVoice', kind: 'status', status: 400, nth: 12 });
		await active.poll();
		const first = leadIds(active).length;
		expect([first > 100, first < 999]).toEqual([true, true]);
		process(1, 1, 495);
		squad().clockSkewMs += 1_800_000;
		for (let polls = 0; polls < 3; polls++) await active.poll();
		expect([...leadIds(active)].sort()).toEqual(seeds(1, 1000).sort());
	});

	it('looks back over 20,100 leads, and tells each once', async () => {
		squad().seedLeads(campaign, 20_100);
		const active = await open({ options: { lookBack: 1440 }, pollBudgetMs: 3_600_000 });
		await active.activate();
		process(1, 20_100, 36_000, 1_000);
		for (let polls = 0; polls < 6; polls++) await active.poll();
		expect(active.executions.slice(0, 2).map((items) => items.length >= 10_000)).toEqual([
			true,
			true,
		]);
		expect(leadIds(active)).toEqual(seeds(1, 20_100));
	}, 300_000);
});
