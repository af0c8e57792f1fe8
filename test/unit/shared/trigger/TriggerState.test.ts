import type { IDataObject, INode } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';
import { triggerState } from '../../../../nodes/shared/trigger/TriggerState';

let nodes = 0;
/** A node of its own for each test: the state of a node is kept for as long as the process lives. */
const newNode = (): INode => ({
	id: `state-${++nodes}`,
	name: 'Trigger',
	type: 'test',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
});

/** What n8n loads from its database for one webhook or activation, and stores at its end. */
function loaded(node: INode, stored: string, { mode = 'trigger', workflow = 'w' } = {}) {
	const staticData: IDataObject = JSON.parse(stored);
	return {
		context: {
			getMode: () => mode,
			getNode: () => node,
			getWorkflow: () => ({ id: workflow }),
			getWorkflowStaticData: () => staticData,
		},
		save: () => JSON.stringify(staticData),
	};
}

/** The same node in another process. */
const elsewhere = (node: INode): INode => ({ ...node, id: newNode().id });

describe('the state of a trigger', () => {
	it('is stored, and found again by another process', () => {
		const node = newNode();
		const first = loaded(node, '{}');
		const state = triggerState(first.context);
		state.keep({ id: 'sub_1', secret: 'aa' });
		state.seen.add('ev_1');
		const again = triggerState(loaded(elsewhere(node), first.save()).context);
		expect([again.fact('id'), again.fact('secret')]).toEqual(['sub_1', 'aa']);
		expect([again.seen.has('ev_1'), again.seen.has('ev_2')]).toEqual([true, false]);
	});

	it('is stored as it is at the end, not as it was when it was loaded', () => {
		const node = newNode();
		const one = loaded(node, '{}');
		const two = loaded(node, '{}');
		triggerState(one.context).seen.add('ev_1');
		triggerState(two.context).seen.add('ev_2');
		triggerState(two.context).keep({ secret: 'new' });
		// The one that began first ends last, and would store what it knew then.
		two.save();
		const again = triggerState(loaded(elsewhere(node), one.save()).context);
		expect([again.seen.has('ev_1'), again.seen.has('ev_2')]).toEqual([true, true]);
		expect(again.fact('secret')).toBe('new');
	});

	it('does not go back to facts that were stored before its own', async () => {
		const node = newNode();
		const old = loaded(node, '{}');
		triggerState(old.context).keep({ secret: 'old' });
		const stored = old.save();
		await sleep(2);
		triggerState(loaded(node, stored).context).keep({ secret: 'new' });
		expect(triggerState(loaded(node, stored).context).fact('secret')).toBe('new');
	});

	it('takes over facts that another process stored later', async () => {
		const node = newNode();
		const here = loaded(node, '{}');
		triggerState(here.context).keep({ secret: 'old' });
		await sleep(2);
		const there = loaded(elsewhere(node), here.save());
		triggerState(there.context).keep({ secret: 'new' });
		triggerState(there.context).seen.add('ev_1');
		const state = triggerState(loaded(node, there.save()).context);
		expect([state.fact('secret'), state.seen.has('ev_1')]).toEqual(['new', true]);
	});

	it('loses a fact that is kept as undefined', () => {
		const node = newNode();
		const first = loaded(node, '{}');
		triggerState(first.context).keep({ id: 'sub_1', secret: 'aa' });
		triggerState(first.context).keep({ secret: undefined });
		const again = triggerState(loaded(elsewhere(node), first.save()).context);
		expect([again.fact('id'), again.fact('secret')]).toEqual(['sub_1', undefined]);
	});

	it('is one for each node and each workflow', () => {
		const node = newNode();
		triggerState(loaded(node, '{}').context).keep({ secret: 'aa' });
		const others = [
			triggerState(loaded(newNode(), '{}').context),
			triggerState(loaded(node, '{}', { workflow: 'copy' }).context),
		];
		expect(others.map((state) => state.fact('secret'))).toEqual([undefined, undefined]);
	});

	it('is another one for a test run, whose facts the active workflow does not take', async () => {
		const node = newNode();
		const active = loaded(node, '{}');
		triggerState(active.context).keep({ secret: 'active' });
		const stored = active.save();
		await sleep(2);
		const test = loaded(node, stored, { mode: 'manual' });
		expect(triggerState(test.context).fact('secret')).toBeUndefined();
		triggerState(test.context).keep({ secret: 'test' });
		triggerState(test.context).seen.add('ev_test');
		expect(triggerState(test.context).fact('secret')).toBe('test');
		// The end of a test run comes in another mode, and finds what the test run kept.
		const ending = loaded(node, test.save(), { mode: 'internal' });
		expect(triggerState(ending.context).fact('secret')).toBe('test');
		expect(triggerState(loaded(node, stored).context).fact('secret')).toBe('active');
	});

	it.each([
		{},
		{ leadDispatch: null },
		{ leadDispatch: [] },
		{ leadDispatch: 'x'.repeat(22) },
		{ leadDispatch: { seen: 7, facts: 7 } },
		{ leadDispatch: { seen: [], facts: [], changedAt: 1 } },
	])('begins anew with %j in the static data', (stored) => {
		const state = triggerState(loaded(newNode(), JSON.stringify(stored)).context);
		expect(state.toJSON()).toMatchObject({ seen: '', facts: {} });
	});

	it('stays small: 5,000 events and what is registered take less than 30 KB', () => {
		const first = loaded(newNode(), '{}');
		const state = triggerState(first.context);
		state.keep({ id: 'sub_1', secret: 'a'.repeat(64) });
		for (let number = 0; number < 5_000; number++) state.seen.add(`ev_${number}`);
		expect(first.save().length).toBeLessThan(30_000);
		expect(state.seen.has('ev_0')).toBe(true);
	});

	it('is found in what is stored when too many nodes were used since', () => {
		const node = newNode();
		const first = loaded(node, '{}');
		triggerState(first.context).keep({ secret: 'aa' });
		const stored = first.save();
		for (let number = 0; number < 600; number++) triggerState(loaded(newNode(), '{}').context);
		expect(triggerState(loaded(node, '{}').context).fact('secret')).toBeUndefined();
		expect(triggerState(loaded(elsewhere(node), stored).context).fact('secret')).toBe('aa');
	});
});
