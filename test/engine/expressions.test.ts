import { Expression } from 'n8n-workflow';
import { leads, useScene } from '../support/scene';

const scene = useScene();

/** Counts how often the engine evaluates each expression while `body` runs. */
async function evaluations(body: () => Promise<unknown>): Promise<Map<string, number>> {
	const counts = new Map<string, number>();
	const original = Expression.prototype.resolveSimpleParameterValue;
	const spy = jest
		.spyOn(Expression.prototype, 'resolveSimpleParameterValue')
		.mockImplementation(function (this: Expression, ...args) {
			const [value] = args;
			if (typeof value === 'string' && value.startsWith('=')) {
				counts.set(value, (counts.get(value) ?? 0) + 1);
			}
			return original.apply(this, args);
		});
	try {
		await body();
	} finally {
		spy.mockRestore();
	}
	return counts;
}

test('expressions are read once an item and parameter, and only those that the operation uses', async () => {
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
		'={{ $json.id + "" }}': 40,
		'=Mx. {{ $json.name }}': 40,
		'={{ "2026-01-0" + 1 }}': 40,
		'={{ "s" + $json.id }}': 40,
		'={{ "US" }}': 40,
		'={{ 3 }}': 40,
	});
	expect(scene.world.ledger('squadVoice').held).toBe(40);
});

test('fields that another operation would use are not read', async () => {
	const leadId = '={{ $json.id + "" }}';
	const counts = await evaluations(
		async () =>
			await scene.squadVoice({ items: leads(7), parameters: { operation: 'disable', leadId } }),
	);
	expect(Object.fromEntries(counts)).toEqual({ [leadId]: 7 });
});

test('a column that is a plain value is looked up, and comes out as n8n would have it', async () => {
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
	expect([...counts]).toEqual([]);
	expect(lookedUp).toEqual(await sent((column) => `={{ (${column}) }}`));
});

test.each([[undefined], [null], [{ deep: 1 }]])(
	'a column that is no plain value is left to n8n: %j',
	async (state) => {
		const counts = await evaluations(
			async () => await scene.squadVoice({ items: leads(2).map((lead) => ({ ...lead, state })) }),
		);
		// On Error = Stop: all items are read before the run ends.
		expect(Object.fromEntries(counts)).toEqual({ '={{ $json.state }}': 2 });
	},
);
