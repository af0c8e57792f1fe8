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
		'={{ $json.id }}': 40,
		'={{ $json.phone }}': 40,
		'={{ $json.name }}': 40,
		'={{ $json.state }}': 40,
		'={{ "2026-01-0" + 1 }}': 40,
		'={{ "s" + $json.id }}': 40,
		'={{ "US" }}': 40,
		'={{ 3 }}': 40,
	});
	expect(scene.world.ledger('squadVoice').held).toBe(40);
});

test('fields that another operation would use are not read', async () => {
	const counts = await evaluations(
		async () => await scene.squadVoice({ items: leads(7), parameters: { operation: 'disable' } }),
	);
	expect(Object.fromEntries(counts)).toEqual({ '={{ $json.id }}': 7 });
});
