import { squadVoiceAccounts } from '../../../sandbox';
import { useSandbox } from '../../support/sandbox';
import { useSquadVoiceTrigger } from '../../support/triggers/squadVoice';

const scene = useSandbox();
const { open, squad, process, leadIds, seeds } = useSquadVoiceTrigger(scene);
const { campaign } = squadVoiceAccounts.standard;

describe('SquadVoice Trigger: Look Back', () => {
	it('finds a lead that is listed late, even if the previous poll was not complete', async () => {
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
});
