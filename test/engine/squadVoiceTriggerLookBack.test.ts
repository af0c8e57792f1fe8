import { squadVoiceAccounts } from '../../sandbox';
import { useScene } from '../support/scene';
import { useSquadVoiceTrigger } from '../support/squadVoiceTrigger';

const scene = useScene();
const { open, squad, process, leadIds, seeds } = useSquadVoiceTrigger(scene);
const { campaign } = squadVoiceAccounts.standard;

describe('SquadVoice Trigger: looking back', () => {
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
