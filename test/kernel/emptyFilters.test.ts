import type { IDataObject } from 'n8n-workflow';
import { closeStatuses } from '../../sandbox';
import { leads, onError } from '../support/fixtures';
import { outcomesOf } from '../support/results';
import { useSandbox } from '../support/sandbox';

const scene = useSandbox();

type Vendor = 'squadVoice' | 'autocalls' | 'close';

const locator = (value: string) => ({ __rl: true, mode: 'id', value });

/** Operations where an empty field means more; `{{ }}` stands for the expression. */
const fields: Array<[Vendor, string, string, (value: string) => IDataObject]> = [
	...['createdFrom', 'createdUntil', 'phoneContains'].map(
		(name): [Vendor, string, string, (value: string) => IDataObject] => [
			'autocalls',
			'getAll',
			name,
			(value) => ({ campaign: locator(''), filters: { [name]: value } }),
		],
	),
	['autocalls', 'getAll', 'campaign', (value) => ({ campaign: locator(value) })],
	['autocalls', 'get', 'campaign', (value) => ({ campaign: locator(value) })],
	['autocalls', 'disable', 'campaign', (value) => ({ campaign: locator(value) })],
	['squadVoice', 'getAll', 'processedAfter', (value) => ({ filters: { processedAfter: value } })],
	['squadVoice', 'getAll', 'processedBefore', (value) => ({ filters: { processedBefore: value } })],
	...['contactName', 'createdFrom', 'createdUntil', 'email', 'name', 'phoneNumber'].map(
		(name): [Vendor, string, string, (value: string) => IDataObject] => [
			'close',
			'search',
			name,
			(value) => ({
				status: locator(closeStatuses.potential.id),
				filters: { [name]: value },
			}),
		],
	),
	['close', 'search', 'status', (value) => ({ status: locator(value), filters: {} })],
];

const items = leads(2).map((lead) => ({
	...lead,
	blank: ' ',
	nothing: null,
	list: [],
	invisible: '\u200b',
}));

describe.each(fields)('%s %s: %s', (vendor, operation, name, parameters) => {
	it.each(['$json.missing', '$json.blank', '$json.nothing', '$json.list', '$json.invisible', '""'])(
		'is refused where {{ %s }} comes to nothing',
		async (expression) => {
			const result = await scene[vendor]({
				items,
				parameters: { operation, ...parameters(`={{ ${expression} }}`) },
				settings: onError.branch,
			});
			expect(outcomesOf(result)).toEqual({ notSent: 2 });
			expect(result.errors[0]?.json.error).toMatch(
				/: the expression gives no value for this item$/,
			);
			expect(scene.world.requests).toHaveLength(0);
		},
	);

	it('may be left empty by the user', async () => {
		const result = await scene[vendor]({
			items: leads(1),
			parameters: { operation, ...parameters('') },
			settings: onError.branch,
		});
		expect(result.errors).toEqual([]);
		expect(scene.world.requests.length).toBeGreaterThan(0);
		expect(name).not.toBe('');
	});
});

describe('Filters that a model fills in', () => {
	const byModel = (key: string, filled?: string) =>
		`={{ $fromAI('${key}', 'Empty if it does not matter', 'string'${filled === undefined ? '' : `, '${filled}'`}) }}`;
	const search = (filters: IDataObject, more: IDataObject = {}) =>
		scene.close({
			items: [{}],
			parameters: { operation: 'search', filters, ...more },
			settings: onError.branch,
		});

	it('may be left out where another one has a value', async () => {
		scene.world.close.seedLeads(3);
		const filters = { name: 'Seed Lead 1', email: byModel('email') };
		expect((await search(filters)).items.map(({ json }) => json.name)).toEqual(['Seed Lead 1']);
	});

	it('are refused where all of them are left out', async () => {
		const result = await search({ name: byModel('name'), email: byModel('email') });
		expect(result.errors[0]?.json.error).toBe('None of the filters has a value');
		expect(scene.world.requests).toHaveLength(0);
	});
});
