import type { IDataObject } from 'n8n-workflow';
import { asObjects, getOwn } from '../../nodes/shared/values/json';
import { leads, onError } from '../support/fixtures';
import { outcomesOf } from '../support/results';
import { useSandbox } from '../support/sandbox';

const scene = useSandbox();

const auto = { customFieldsMode: 'auto' };

/** The variables that Autocalls got for each lead. */
const variablesSent = () =>
	scene.requests('autocalls').map(({ body }) => getOwn(body, 'variables') ?? {});

describe('Map Automatically', () => {
	const items = leads(2).map(({ phone, name }) => ({
		phone,
		name,
		'notes ': 'private',
		ssn: '123-45-6789',
		'Last, First': 'B, A',
	}));

	it.each<[IDataObject[string], string[]]>([
		['notes', ['name', 'ssn', 'Last, First']],
		['SSN', ['name', 'notes ', 'Last, First']],
		['ssn; notes', ['name', 'Last, First']],
		['ssn\nnotes', ['name', 'Last, First']],
		['"ssn", "Last, First"', ['name', 'notes ']],
		['={{ ["SSN", "Last, First"] }}', ['name', 'notes ']],
		['={{ "name, " + "ssn" }}', ['notes ', 'Last, First']],
	])('leaves out the columns %j', async (excludedColumns, sent) => {
		await scene.autocalls({ items, parameters: { ...auto, excludedColumns } });
		expect(variablesSent().map((variables) => Object.keys(Object(variables)))).toEqual([
			sent,
			sent,
		]);
	});

	it.each([
		['social', /no item has a column "social".*"ssn"/],
		['ssn, Last, First', /no item has a column "Last".*"Last, First"/],
		['={{ $json.missing }}', /the expression gives no value/],
		['={{ "" }}', /the expression gives no value/],
		['={{ [] }}', /the expression gives no value/],
		['={{ ({ ssn: 1 }) }}', /is not the name of a column/],
	])('sends nothing when a column to leave out is not understood: %s', async (list, message) => {
		const parameters = { ...auto, excludedColumns: list };
		const result = await scene.autocalls({ items, parameters, settings: onError.branch });
		expect(outcomesOf(result)).toEqual({ notSent: 2 });
		expect(result.errors[0]?.json.error).toMatch(message);
		expect(scene.requests('autocalls')).toEqual([]);
	});

	it('leaves out a column that only some items have', async () => {
		const some = items.map((item, index) => (index === 0 ? item : { phone: item.phone }));
		await scene.autocalls({ items: some, parameters: { ...auto, excludedColumns: 'ssn' } });
		expect(variablesSent().map((variables) => Object.keys(Object(variables)))).toEqual([
			['name', 'notes ', 'Last, First'],
			[],
		]);
	});

	it.each([
		"={{ $('Source').item.json.phone }}",
		'={{ $input.item.json.phone }}',
		'={{ $json?.phone }}',
		'={{ $json["phone"] }}',
		'={{ $node["Source"].json.phone }}',
		'={{ $input.all()[$itemIndex].json.phone }}',
		"={{ $('Source').all()[$itemIndex].json['phone'] }}",
		'={{ $items("Source")[$itemIndex].json.phone }}',
		'={{ $jmespath($json, "phone") }}',
	])('does not send a column again that a field takes by %s', async (phoneNumber) => {
		await scene.autocalls({ items: leads(2), parameters: { ...auto, phoneNumber } });
		expect(variablesSent()).toEqual(leads(2).map(({ id, name, state }) => ({ id, name, state })));
	});

	it('does not send what another node of this package said about an item', async () => {
		scene.world.faults.add({ kind: 'status', status: 400, times: 2 });
		const mine = items.map((item) => ({ ...item, state: 'CA', Error: 'mine' }));
		const failed = await scene.aktify({ items: mine, settings: onError.branch });
		expect(failed.errors).toHaveLength(2);
		const again = failed.errors.map(({ json }) => json);
		expect(again[0]).toMatchObject({ error: expect.any(String), details: expect.any(Object) });
		const done = await scene.autocalls({ items: again, parameters: auto });
		expect(outcomesOf(done)).toEqual({ created: 2 });
		const sent = { name: 'Person 0', 'notes ': 'private', ssn: '123-45-6789', state: 'CA' };
		expect(asObjects(variablesSent())[0]).toEqual({
			...sent,
			'Last, First': 'B, A',
			Error: 'mine',
		});
		scene.world.reset();
		const third = done.items.map(({ json }) => ({ ...json, phone: json.phoneNumber }));
		await scene.autocalls({ items: third, parameters: auto });
		for (const variables of variablesSent()) expect(variables).not.toHaveProperty('outcome');
	});

	it("sends a user's own columns error and details", async () => {
		const own = leads(1).map(({ phone }) => ({ phone, error: 'E42', details: 'engine' }));
		await scene.autocalls({ items: own, parameters: auto });
		expect(variablesSent()).toEqual([{ error: 'E42', details: 'engine' }]);
	});
});
