import type { IDataObject } from 'n8n-workflow';
import { ItemParameters } from '../../../../nodes/shared/parameters/ItemParameters';
import { NodeParameters } from '../../../../nodes/shared/parameters/NodeParameters';
import { getOwn } from '../../../../nodes/shared/values/json';
import { fakeItem, fakeSource } from '../../../support/fakes';

/** Counts what n8n is asked to evaluate; an expression evaluates to what `evaluate` returns. */
function countingSource(
	values: object,
	evaluate: (name: string, itemIndex: number) => unknown = (name) => getOwn(values, name),
) {
	const asked: string[] = [];
	const source = new NodeParameters({
		...fakeSource(values),
		getNodeParameter: (name, itemIndex) => {
			asked.push(`${name} ${itemIndex}`);
			return evaluate(name, itemIndex);
		},
	});
	const item = (index: number, columns: IDataObject = {}) =>
		new ItemParameters(source, index, columns);
	return { item, asked };
}

describe('evaluation', () => {
	it('reads a parameter without expression once per run', () => {
		const { item, asked } = countingSource({ name: 'Ada' });
		for (const index of [0, 1, 2]) expect(item(index).text('name')).toBe('Ada');
		expect(asked).toEqual(['name 0']);
	});

	it('reads an expression once per item', () => {
		const { item, asked } = countingSource(
			{ name: '={{ $json.a + 1 }}' },
			(_name, index) => `value ${index}`,
		);
		for (const index of [0, 1]) {
			expect(item(index).text('name')).toBe(`value ${index}`);
			expect(item(index).text('name')).toBe(`value ${index}`);
		}
		expect(asked).toEqual(['name 0', 'name 1']);
	});

	it('asks n8n once about an expression that names a column', () => {
		const { item, asked } = countingSource({ name: '={{ $json.first }}' }, () => 'Ada');
		expect(item(0, { first: 'Ada' }).text('name')).toBe('Ada');
		expect(item(1, { first: 'Bea' }).text('name')).toBe('Bea');
		expect(asked).toEqual(['name 0']);
	});

	it("always uses n8n's value where it differs from the shortcut", () => {
		const { item, asked } = countingSource({ name: '={{ $json.first }}' }, () => 'of n8n');
		expect(item(0, { first: 'Ada' }).text('name')).toBe('of n8n');
		expect(item(1, { first: 'Bea' }).text('name')).toBe('of n8n');
		expect(asked).toEqual(['name 0', 'name 1']);
	});

	it('leaves a column that the item does not have to n8n', () => {
		const { item, asked } = countingSource({ name: '={{ $json.first }}' }, () => null);
		expect(item(0).text('name')).toBeUndefined();
		expect(asked).toEqual(['name 0']);
	});
});

describe('values', () => {
	it.each([
		[' Ada ', 'Ada'],
		[42, '42'],
		['', undefined],
		[null, undefined],
		[{ a: 1 }, undefined],
	])('text of %j is %j', (value, text) => {
		expect(fakeItem({ name: value }).text('name')).toBe(text);
	});

	it('names an empty required field, and one that is a list', () => {
		expect(() => fakeItem({ name: ' ' }).requiredText('name', 'Name')).toThrow('Name is empty');
		expect(() => fakeItem({}).requiredText('name', 'Name')).toThrow('Name is empty');
		expect(() => fakeItem({ name: ['a', 'b'] }).requiredText('name', 'Name')).toThrow(
			'Name is a list of 2 values',
		);
	});

	it('takes an ID where no digit can be lost', () => {
		expect(fakeItem({ leadId: 12 }).requiredId('leadId', 'Lead ID')).toBe('12');
		expect(() => fakeItem({ leadId: ' ' }).requiredId('leadId', 'Lead ID')).toThrow(
			'Lead ID is empty',
		);
		expect(() => fakeItem({ leadId: 2 ** 53 }).requiredId('leadId', 'Lead ID')).toThrow(
			'too large to be exact',
		);
	});

	it('reads a text inside a collection', () => {
		const item = fakeItem({ more: { email: ' a@example.com\u200B', tags: ['a', 'b'] } });
		expect(item.optionText('more', 'email', 'Email')).toBe('a@example.com');
		expect(item.optionText('more', 'name', 'Name')).toBeUndefined();
		expect(() => item.optionText('more', 'tags', 'Tags')).toThrow('Tags is a list of 2 values');
	});

	it('reads an option of a collection', () => {
		const item = fakeItem({ options: { limit: 3 } });
		expect(item.option('options', 'limit')).toBe(3);
		expect(item.option('options', 'toString')).toBeUndefined();
		expect(fakeItem({}).option('options', 'limit')).toBeUndefined();
	});

	it.each([
		[{}, true],
		[{ simplify: true }, true],
		[{ simplify: false }, false],
	])('simplifies with the options %j: %s', (options, simplify) => {
		expect(fakeItem({ options }).simplify).toBe(simplify);
	});

	it('refuses a pair that has a value and no name', () => {
		const fields = { field: [{ name: ' ', value: 'red' }] };
		expect(() => fakeItem({ fields }).pairs('fields', 'field')).toThrow('a value and no name');
	});

	it('reads pairs in order, without empty rows', () => {
		const row = (name: unknown, value: unknown) => ({ name, value });
		const fields = { field: [row('b', 1), row('', ' '), row('', null), row(' a ', null), 'text'] };
		expect(fakeItem({ fields }).pairs('fields', 'field')).toEqual([
			['b', 1],
			['a', null],
		]);
		expect(fakeItem({}).pairs('fields', 'field')).toEqual([]);
	});
});

describe('locators', () => {
	it.each([
		[{ __rl: true, mode: 'id', value: 42 }, '42'],
		[{ __rl: true, mode: 'list', value: '' }, undefined],
		['stat_1', 'stat_1'],
		[null, undefined],
	])('%j holds %j', (status, text) => {
		expect(fakeItem({ status }).optionalLocator('status', 'Status')).toBe(text);
		if (text === undefined) {
			expect(() => fakeItem({ status }).locator('status', 'Status')).toThrow('Status is empty');
		} else {
			expect(fakeItem({ status }).locator('status', 'Status')).toBe(text);
		}
	});
});

describe('unmapped columns', () => {
	const columns = { phone: '1', 'First Name': 'A', größe: 3, note: 'n', id: 7 };

	it('are those that no expression uses, without excluded ones', () => {
		const item = fakeItem(
			{
				phoneNumber: '={{ $json.phone }}',
				options: { nested: [`={{ $json["First Name"].trim() + $json.größe }}`] },
				text: '{{ $json.note }} without an equals sign is plain text',
			},
			columns,
		);
		expect(item.unmappedColumns(new Set(['id']))).toEqual([['note', 'n']]);
	});
});
