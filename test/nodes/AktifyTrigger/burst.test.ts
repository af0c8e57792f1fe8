import { sleep } from 'n8n-workflow';
import { campaign, useAktifyTrigger } from '../../support/triggers/aktify';
import { phoneOf } from '../../support/fixtures';
import { useSandbox } from '../../support/sandbox';

const scene = useSandbox();
const { activate } = useAktifyTrigger(scene);

describe('Aktify Trigger: a burst', () => {
	it('takes 2,500 events, each once, and stores a bounded number of them', async () => {
		const active = await activate();
		scene.world.deliveries.speed = 1_000;
		for (let index = 0; index < 2_500; index++) {
			scene.world.aktify.play(campaign, phoneOf(index), 'lead.call_ended');
			if (index % 100 === 0) await sleep(0);
		}
		await scene.world.deliveries.settled();
		const { log } = scene.world.deliveries;
		expect(log).toHaveLength(2_500);
		expect(new Set(log.map(({ state }) => state))).toEqual(new Set(['received']));
		expect(active.executions).toHaveLength(2_500);
		expect(new Set(active.items().map(({ phoneNumber }) => phoneNumber)).size).toBe(2_500);
		expect(active.failures).toEqual([]);
		expect(active.stored.length).toBeLessThan(25_000);
	}, 300_000);
});
