import { startSandbox } from '../../sandbox';
import type { Sandbox } from '../../sandbox';
import type { Write } from '../faults/write';
import { writes } from '../faults/writes';
import { run } from '../support/engine';
import { asParameters, onError } from '../support/fixtures';
import { useVirtualClock } from '../support/virtualClock';

/** After a lost reply the vendor is asked whether it has the lead: to ask must change nothing there. */
let sandbox: Sandbox;
useVirtualClock();
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterEach(() => sandbox.world.reset());
afterAll(async () => await sandbox.close());

const asked = writes.filter(({ reconciledBy }) => reconciledBy.join() === 'lookUp');

/** Runs a write of which no request arrives. @returns the requests that the vendor got, and that were not cut off */
async function runCutOff(write: Write, isThereBefore: boolean) {
	const items = write.prepare(sandbox.world, 2);
	const execute = async () =>
		await run({
			node: write.node,
			parameters: asParameters({ ...write.parameters, options: {} }),
			items,
			credentials: write.credentials(sandbox),
			settings: onError.continue,
		});
	if (isThereBefore) await execute();
	sandbox.world.requests.length = 0;
	sandbox.world.faults.add({ kind: 'resetBefore', method: 'POST', path: /^(?!.*search)/ });
	await execute();
	return sandbox.world.requests.filter(({ fault }) => fault === undefined);
}

it('has writes that are looked up at three vendors', () => {
	expect(new Set(asked.map(({ vendor }) => vendor)).size).toBe(3);
});

describe.each(asked.map((write) => [write.name, write] as const))('%s', (_, write) => {
	it.each([false, true])('changes nothing when it asks (lead there before: %s)', async (before) => {
		const questions = await runCutOff(write, before);
		expect(questions.length).toBeGreaterThan(0);
		expect(questions.filter(({ effect }) => effect)).toEqual([]);
	});
});
