import { leads, onError } from '../support/fixtures';
import { errorText, outcomesOf, pairs } from '../support/results';
import { useSandbox } from '../support/sandbox';

const scene = useSandbox();

/** As a workflow made by hand or by an AI model may have it; n8n itself fills in the only default that there is. */
const wrong = [
	{ operation: 'createLead' },
	{ operation: 'Create' },
	{ operation: '={{ "create" }}' },
	{ operation: '={{ $fromAI("operation") }}' },
	{ operation: null },
	{ operation: 7 },
	{ operation: { name: 'create' } },
	{ operation: 'toString' },
	{ resource: 'contact' },
	{ resource: '__proto__' },
];

describe('An operation that the node does not have', () => {
	it.each(wrong)('stops the node: %j', async (parameters) => {
		const result = await scene.aktify({ items: leads(3), parameters });
		expect(errorText(result)).not.toMatch(/undefined|\[object/);
		expect(result.error).toBeDefined();
		expect(scene.world.requests).toHaveLength(0);
	});

	it('is reported with those that exist', async () => {
		const result = await scene.aktify({ items: leads(1), parameters: { operation: 'createLead' } });
		expect(result.error?.message).toBe(
			'The operation "createLead" of "lead" does not exist in this node. Valid values: create, disable',
		);
		const other = await scene.aktify({ items: leads(1), parameters: { resource: 'contact' } });
		expect(other.error?.message).toBe(
			'The resource "contact" does not exist in this node. Valid values: lead',
		);
	});

	it.each(wrong)(
		'gives every item its outcome with On Error = Continue: %j',
		async (parameters) => {
			const branch = await scene.aktify({ items: leads(3), parameters, settings: onError.branch });
			expect(branch.items).toEqual([]);
			expect(pairs(branch.errors)).toEqual([0, 1, 2]);
			expect(outcomesOf(branch)).toEqual({ notSent: 3 });
			const regular = await scene.aktify({
				items: leads(3),
				parameters,
				settings: onError.continue,
			});
			expect(outcomesOf(regular)).toEqual({ notSent: 3 });
			expect(scene.world.requests).toHaveLength(0);
		},
	);
});
