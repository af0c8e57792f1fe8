import type { IDataObject } from 'n8n-workflow';
import { titled } from './operations';
import { itemCount, useFuzzRuns } from './runs';
import { causedByItems } from './values';

const { scene, runWith, expectOutcomes } = useFuzzRuns();

/** What no switch, number or drop-down can mean. */
const nonsense: IDataObject[string][] = [
	'maybe',
	'',
	' ',
	null,
	undefined,
	{},
	[],
	-7.5,
	'truefalse',
];

describe.each(titled)('$title', ({ operation }) => {
	it('sends nothing when an option is not understood', async () => {
		const { options } = await scene(operation);
		expect(options.length).toBeGreaterThan(0);
		for (const { column, property } of options) {
			for (const value of nonsense) {
				const { parameters, items } = await scene(operation);
				const filled = items.map((item) => ({ ...item, [column]: value }));
				const ran = await runWith(operation, parameters, filled);
				const found = {
					option: property.displayName,
					value,
					requests: causedByItems(ran.requests).length,
				};
				expect(found).toEqual({ ...found, requests: 0 });
				expect(expectOutcomes(operation, ran, itemCount)).toEqual(Array(itemCount).fill('notSent'));
				for (const { json } of ran.result.items) {
					expect(json.error).toContain(property.displayName);
					expect(json.error).toContain('Valid values: ');
				}
			}
		}
	});
});
