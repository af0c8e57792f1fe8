import { ObservableObject } from 'n8n-workflow';
import type { IDataObject } from 'n8n-workflow';
import { lazyJson, readJson } from '../../nodes/shared/trigger/lazyStaticData';
import { node, workflowOf } from './canaryTrigger';

/** What `lazyStaticData.ts` relies on, in n8n-workflow. */

describe('the static data of n8n', () => {
	it('are serialized when n8n stores them, with the JSON that a placeholder has then', () => {
		let count = 0;
		const workflow = workflowOf({});
		workflow.getStaticData('node', node).state = lazyJson({ toJSON: () => ({ count }) });
		count = 7;
		expect(JSON.parse(JSON.stringify(workflow.staticData))).toEqual({
			'node:Trigger': { state: { count: 7 } },
		});
	});

	it('count as changed when a placeholder is set, and not before', () => {
		const workflow = workflowOf({});
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
