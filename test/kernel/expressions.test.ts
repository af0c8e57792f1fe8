import { Expression } from 'n8n-workflow';
import { asObjects } from '../../nodes/shared/values/json';
import { leads } from '../support/fixtures';
import { useSandbox } from '../support/sandbox';

const scene = useSandbox();

/** What the engine makes of an expression, and what it says it comes to. */
type Twist = (expression: string, value: unknown) => unknown;

/** Counts how often the engine evaluates each expression while `body` runs. */
async function evaluations(
	body: () => Promise<unknown>,
	twist: Twist = (_, value) => value,
): Promise<Map<string, number>> {
	const counts = new Map<string, number>();
	const original = Expression.prototype.resolveSimpleParameterValue;
	const spy = jest
		.spyOn(Expression.prototype, 'resolveSimpleParameterValue')
		.mockImplementation(function (this: Expression, ...args) {
			const [value] = args;
			const result = original.apply(this, args);
			if (typeof value !== 'string' || !value.startsWith('=')) return result;
			counts.set(value, (counts.get(value) ?? 0) + 1);
			const twisted = twist(value, result);
			return typeof twisted === 'string' ? twisted : result;
		});
	try {
		await body();
	} finally {
		spy.mockRestore();
	}
	return counts;
}

/** Of a parameter that names one column, n8n is asked for the first item only. */
const onceARun = { '={{ $json.phone }}': 1, '={{ $json.state }}': 1 };

describe('Expressions', () => {
	it('are evaluated once per item and parameter, and only where the operation uses them', async () => {
		const counts = await evaluations(
			async () =>
				await scene.squadVoice({
					items: leads(40),
					parameters: {
						leadId: '={{ $json.id + "" }}',
						contactName: '=Mx. {{ $json.name }}',
						additionalFields: { ebrDate: '={{ "2026-01-0" + 1 }}' },
						detail: '={{ $json.never }}',
						filters: { processedAfter: '={{ $json.never.ever }}' },
						customFieldsMode: 'define',
						customFields: { field: [{ name: 'source', value: '={{ "s" + $json.id }}' }] },
					},
					options: { defaultCountry: '={{ "US" }}', requestsAtOnce: '={{ 3 }}' },
				}),
		);
		expect(Object.fromEntries(counts)).toEqual({
			...onceARun,
			'={{ $json.id + "" }}': 40,
			'=Mx. {{ $json.name }}': 40,
			'={{ "2026-01-0" + 1 }}': 40,
			'={{ "s" + $json.id }}': 40,
			'={{ "US" }}': 40,
			'={{ 3 }}': 40,
		});
		expect(scene.world.ledger('squadVoice').held).toBe(40);
	});

	it('of other operations are not evaluated', async () => {
		const leadId = '={{ $json.id + "" }}';
		const counts = await evaluations(
			async () =>
				await scene.squadVoice({ items: leads(7), parameters: { operation: 'disable', leadId } }),
		);
		expect(Object.fromEntries(counts)).toEqual({ [leadId]: 7 });
	});

	it('that only name a column are read without the engine, with the same result', async () => {
		const items = leads(3).map((lead, index) => ({
			...lead,
			'Full Name': `N ${index}`,
			size: index,
		}));
		const sent = async (wrap: (column: string) => string) => {
			scene.world.reset();
			await scene.squadVoice({
				items,
				parameters: {
					contactName: wrap("$json['Full Name']"),
					customFieldsMode: 'define',
					customFields: {
						field: [
							{ name: 'size', value: wrap('$json.size') },
							{ name: 'fixed', value: 'text' },
						],
					},
				},
			});
			return scene.requests('squadVoice').map(({ body }) => body);
		};
		let lookedUp: unknown;
		const counts = await evaluations(async () => {
			lookedUp = await sent((column) => `={{ ${column} }}`);
		});
		expect(new Set(counts.values())).toEqual(new Set([1]));
		expect(lookedUp).toEqual(await sent((column) => `={{ (${column}) }}`));
	});

	it('are evaluated by n8n for every item when the shortcut gives another result', async () => {
		const name = '={{ $json.name }}';
		const louder: Twist = (expression, value) =>
			expression === name ? String(value).toUpperCase() : value;
		const counts = await evaluations(
			async () => await scene.squadVoice({ items: leads(5), options: { leadsPerRequest: 1 } }),
			louder,
		);
		expect(counts.get(name)).toBe(5);
		for (const { body } of scene.requests('squadVoice')) {
			const [lead] = asObjects(body);
			expect(lead?.contact_name).toBe(String(lead?.contact_name).toUpperCase());
		}
	});

	it.each([[undefined], [null], [{ deep: 1 }]])(
		'that name a column without a plain value are evaluated by n8n: %j',
		async (state) => {
			const counts = await evaluations(
				async () => await scene.squadVoice({ items: leads(2).map((lead) => ({ ...lead, state })) }),
			);
			// On Error = Stop: all items are read before the run ends.
			expect(counts.get('={{ $json.state }}')).toBe(2);
		},
	);
});
