import { sleep } from 'n8n-workflow';
import { useAutocallsTrigger } from '../../support/triggers/autocalls';
import { useSandbox } from '../../support/sandbox';

const scene = useSandbox();
const { openForCalls } = useAutocallsTrigger(scene);

describe('Autocalls Trigger: a burst of calls', () => {
	it('starts once for each of 300 calls', async () => {
		const active = await openForCalls({ assistants: ['513'] });
		await active.activate();
		scene.world.deliveries.speed = 1_000;
		for (let index = 0; index < 300; index++) {
			scene.world.autocalls.callIn(513, `+1206${2_000_000 + index}`);
			if (index % 100 === 0) await sleep(0);
		}
		await scene.world.deliveries.settled();
		const { log } = scene.world.deliveries;
		expect(log).toHaveLength(300);
		expect(new Set(log.map(({ state }) => state))).toEqual(new Set(['received']));
		expect(active.executions).toHaveLength(300);
		expect(new Set(active.items().map(({ callId }) => callId)).size).toBe(300);
		expect(active.failures).toEqual([]);
	});
});
