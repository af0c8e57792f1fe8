import { sleep } from 'n8n-workflow';
import { campaign, useAktifyTrigger } from '../../support/triggers/aktify';
import { phoneOf } from '../../support/fixtures';
import { useSandbox } from '../../support/sandbox';

const scene = useSandbox();
const { activate } = useAktifyTrigger(scene);

describe('Aktify Trigger: a burst of events', () => {
	it('starts once for each of 300 events', async () => {
		const active = await activate();
		scene.world.deliveries.speed = 1_000;
		for (let index = 0; index < 300; index++) {
			scene.world.aktify.play(campaign, phoneOf(index), 'lead.call_ended');
			if (index % 100 === 0) await sleep(0);
		}
		await scene.world.deliveries.settled();
		const { log } = scene.world.deliveries;
		expect(log).toHaveLength(300);
		expect(new Set(log.map(({ state }) => state))).toEqual(new Set(['received']));
		expect(active.executions).toHaveLength(300);
		expect(new Set(active.items().map(({ phoneNumber }) => phoneNumber)).size).toBe(300);
		expect(active.failures).toEqual([]);
	});
});
