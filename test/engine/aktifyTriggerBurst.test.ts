import { campaign, useAktifyTrigger } from '../support/aktifyTrigger';
import { phoneOf, useScene } from '../support/scene';

const scene = useScene();
const { activate, answers } = useAktifyTrigger(scene);

describe('Aktify Trigger: a burst', () => {
	it('takes 10,000 events, each once, and remembers a bounded number', async () => {
		const active = await activate();
		for (let index = 0; index < 10_000; index++) {
			scene.world.aktify.play(campaign, phoneOf(index), 'lead.call_ended');
		}
		const statuses = await answers();
		expect(statuses).toHaveLength(10_000);
		expect(new Set(statuses)).toEqual(new Set([200]));
		expect(active.executions).toHaveLength(10_000);
		expect(new Set(active.items().map(({ phoneNumber }) => phoneNumber)).size).toBe(10_000);
		expect(active.failures).toEqual([]);
		expect(active.stored.length).toBeLessThan(30_000);
	}, 300_000);
});
