import { ObservableObject, Workflow } from 'n8n-workflow';
import type { IDataObject, INode } from 'n8n-workflow';
import { lazyJson, readJson } from '../../nodes/shared/trigger/lazyStaticData';

/** What `lazyStaticData.ts` relies on, in n8n-workflow. */

const node: INode = {
	id: 'node',
	name: 'Trigger',
	type: 'test',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

function workflowWith(staticData: IDataObject): Workflow {
	return new Workflow({
		id: 'workflow',
		nodes: [node],
		connections: {},
		active: true,
		nodeTypes: {
			getByName: () => {
				throw new Error('Not used');
			},
			getByNameAndVersion: () => ({
				description: {
					displayName: 'Test',
					name: 'test',
					group: [],
					version: 1,
					description: '',
					defaults: {},
					inputs: [],
					outputs: [],
					properties: [],
				},
			}),
			getKnownTypes: () => ({}),
		},
		staticData,
	});
}

describe('the static data of n8n', () => {
	it('are serialized when n8n stores them, with the JSON that a placeholder has then', () => {
		let count = 0;
		const workflow = workflowWith({});
		workflow.getStaticData('node', node).state = lazyJson({ toJSON: () => ({ count }) });
		count = 7;
		expect(JSON.parse(JSON.stringify(workflow.staticData))).toEqual({
			'node:Trigger': { state: { count: 7 } },
		});
	});

	it('count as changed when a placeholder is set, and not before', () => {
		const workflow = workflowWith({});
		const staticData = workflow.getStaticData('node', node);
		workflow.staticData.__dataChanged = false;
		expect(readJson(staticData.state)).toBeNull();
		expect(workflow.staticData.__dataChanged).toBe(false);
		staticData.state = lazyJson({ toJSON: () => ({}) });
		expect(workflow.staticData.__dataChanged).toBe(true);
	});

	it('do not change the object behind a placeholder, which has private fields', () => {
		class Source {
			#count = 1;

			toJSON(): IDataObject {
				return { count: this.#count++ };
			}
		}
		const observed = ObservableObject.create({}, undefined, { ignoreEmptyOnFirstChild: true });
		observed.state = lazyJson(new Source());
		expect([readJson(observed.state), readJson(observed.state)]).toEqual([
			{ count: 1 },
			{ count: 2 },
		]);
	});

	it('lose a placeholder where only the entries of objects are copied, as for a test run', () => {
		const placeholder = lazyJson({ toJSON: () => ({ count: 1 }) });
		expect(JSON.stringify({ ...placeholder })).toBe('{}');
	});
});
