import type { IDataObject, INode } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';
import {
	TriggerState,
	triggerState as openState,
} from '../../../../nodes/shared/trigger/TriggerState';
import type { TriggerContext } from '../../../../nodes/shared/trigger/TriggerState';
import { asText } from '../../../../nodes/shared/values/json';

type Data = { id?: string; secret?: string };

class State extends TriggerState<Data> {
	protected override parse(stored: IDataObject): Data {
		return { id: asText(stored.id), secret: asText(stored.secret) };
	}
}

const triggerState = (context: TriggerContext) => openState(context, State);

let nodes = 0;
/** A new node for each test: the state of a node lives as long as the process. */
const newNode = (): INode => ({
	id: `state-${++nodes}`,
	name: 'Trigger',
	type: 'test',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
});

/** The static data as n8n loads them for one webhook or publishing, and stores them at its end. */
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

describe('TriggerState', () => {
	it('is stored, and loaded by another process', () => {
		const node = newNode();
		const first = loaded(node, '{}');
		const state = triggerState(first.context);
		state.update({ id: 'sub_1', secret: 'aa' });
		state.seen.add('ev_1');
		const again = triggerState(loaded(elsewhere(node), first.save()).context);
		expect(again.data).toEqual({ id: 'sub_1', secret: 'aa' });
		expect([again.seen.has('ev_1'), again.seen.has('ev_2')]).toEqual([true, false]);
	});

	it('is stored under the same keys as in earlier versions of the package', () => {
		const first = loaded(newNode(), '{}');
		const state = triggerState(first.context);
		state.update({ id: 'sub_1' });
		state.claimFor('n8n-1');
		state.seen.add('ev_1');
		expect(JSON.parse(first.save())).toEqual({
			leadDispatch: {
				seen: expect.stringMatching(/^[\w-]{11}$/),
				facts: { id: 'sub_1', instanceId: 'n8n-1' },
				changedAt: expect.any(Number),
				isTest: false,
			},
		});
	});

	it('stores the state at the end of a webhook, not the one that was loaded for it', () => {
		const node = newNode();
		const one = loaded(node, '{}');
		const two = loaded(node, '{}');
		triggerState(one.context).seen.add('ev_1');
		triggerState(two.context).seen.add('ev_2');
		triggerState(two.context).update({ secret: 'new' });
		two.save();
		// Started first and ends last: must not overwrite what the other one stored.
		const again = triggerState(loaded(elsewhere(node), one.save()).context);
		expect([again.seen.has('ev_1'), again.seen.has('ev_2')]).toEqual([true, true]);
		expect(again.data.secret).toBe('new');
	});

	it('ignores stored data that are older than its own', async () => {
		const node = newNode();
		const old = loaded(node, '{}');
		triggerState(old.context).update({ secret: 'old' });
		const stored = old.save();
		await sleep(2);
		triggerState(loaded(node, stored).context).update({ secret: 'new' });
		expect(triggerState(loaded(node, stored).context).data.secret).toBe('new');
	});

	it('takes data that another process stored later', async () => {
		const node = newNode();
		const here = loaded(node, '{}');
		triggerState(here.context).update({ secret: 'old' });
		await sleep(2);
		const there = loaded(elsewhere(node), here.save());
		triggerState(there.context).update({ secret: 'new' });
		triggerState(there.context).seen.add('ev_1');
		const state = triggerState(loaded(node, there.save()).context);
		expect([state.data.secret, state.seen.has('ev_1')]).toEqual(['new', true]);
	});

	it('removes an entry that is updated to undefined', () => {
		const node = newNode();
		const first = loaded(node, '{}');
		triggerState(first.context).update({ id: 'sub_1', secret: 'aa' });
		triggerState(first.context).update({ secret: undefined });
		const again = triggerState(loaded(elsewhere(node), first.save()).context);
		expect(again.data).toEqual({ id: 'sub_1' });
	});

	it('drops data that another n8n stored', () => {
		const node = newNode();
		const first = loaded(node, '{}');
		triggerState(first.context).claimFor('n8n-1');
		triggerState(first.context).update({ secret: 'aa' });
		const copied = triggerState(loaded(elsewhere(node), first.save()).context);
		copied.claimFor('n8n-1');
		expect(copied.data.secret).toBe('aa');
		copied.claimFor('n8n-2');
		expect(copied.data.secret).toBeUndefined();
	});

	it('keeps data of a version that did not store the n8n yet', () => {
		const stored = JSON.stringify({ leadDispatch: { facts: { secret: 'aa' }, changedAt: 1 } });
		const state = triggerState(loaded(newNode(), stored).context);
		state.claimFor('n8n-1');
		expect(state.data.secret).toBe('aa');
	});

	it('differs for each node and each workflow', () => {
		const node = newNode();
		triggerState(loaded(node, '{}').context).update({ secret: 'aa' });
		const others = [
			triggerState(loaded(newNode(), '{}').context),
			triggerState(loaded(node, '{}', { workflow: 'copy' }).context),
		];
		expect(others.map(({ data }) => data.secret)).toEqual([undefined, undefined]);
	});

	it('differs for a test run, which leaves the published workflow alone', async () => {
		const node = newNode();
		const published = loaded(node, '{}');
		triggerState(published.context).update({ secret: 'published' });
		const stored = published.save();
		await sleep(2);
		const test = loaded(node, stored, { mode: 'manual' });
		expect(triggerState(test.context).data.secret).toBeUndefined();
		triggerState(test.context).update({ secret: 'test' });
		triggerState(test.context).seen.add('ev_test');
		expect(triggerState(test.context).data.secret).toBe('test');
		// The end of a test run has another mode, and finds what the test run stored.
		const ending = loaded(node, test.save(), { mode: 'internal' });
		expect(triggerState(ending.context).data.secret).toBe('test');
		expect(triggerState(loaded(node, stored).context).data.secret).toBe('published');
	});

	it.each([
		{},
		{ leadDispatch: null },
		{ leadDispatch: [] },
		{ leadDispatch: 'x'.repeat(22) },
		{ leadDispatch: { seen: 7, facts: 7 } },
		{ leadDispatch: { seen: [], facts: [], changedAt: 1 } },
		{ leadDispatch: { seen: '', facts: { id: {}, secret: [] }, changedAt: 1 } },
	])('starts empty with %j in the static data', (stored) => {
		const context = loaded(newNode(), JSON.stringify(stored));
		triggerState(context.context);
		expect(JSON.parse(context.save()).leadDispatch).toMatchObject({ seen: '', facts: {} });
	});

	it('stays small: 10,000 events and the registration take less than 30 KB', () => {
		const first = loaded(newNode(), '{}');
		const state = triggerState(first.context);
		state.update({ id: 'sub_1', secret: 'a'.repeat(64) });
		for (let number = 0; number < 10_000; number++) state.seen.add(`ev_${number}`);
		expect(first.save().length).toBeLessThan(30_000);
		expect(state.seen.has('ev_0')).toBe(true);
	});

	it('is loaded again when it was dropped because too many nodes were used since', () => {
		const node = newNode();
		const first = loaded(node, '{}');
		triggerState(first.context).update({ secret: 'aa' });
		const stored = first.save();
		for (let number = 0; number < 600; number++) triggerState(loaded(newNode(), '{}').context);
		expect(triggerState(loaded(node, '{}').context).data.secret).toBeUndefined();
		expect(triggerState(loaded(elsewhere(node), stored).context).data.secret).toBe('aa');
	});
});
