import {
	allCustomFields,
	customFieldsOf,
	fieldById,
	loadCustomFields,
} from '../../../../nodes/Close/lead/customFieldSchema';
import { fakeClient } from '../../../support/fakes';

const answer = (fields: object[]) => fakeClient(() => ({ body: { fields } }));

test('all custom fields come in one reply, and incomplete ones are read as far as they go', async () => {
	const { client, requests } = answer([
		{ id: 'lcf_1', name: 'Plan', type: 'choices', choices: ['a', 1, null] },
		{ id: 'cf_2', accepts_multiple_values: true },
		{ name: 'without an ID' },
	]);
	expect([...(await allCustomFields(client)).values()]).toEqual([
		{ id: 'lcf_1', name: 'Plan', type: 'choices', isMultiple: false, choices: ['a'] },
		{ id: 'cf_2', name: 'cf_2', type: 'text', isMultiple: true, choices: [] },
	]);
	expect(requests).toMatchObject([{ method: 'GET', path: ['custom_field_schema', 'lead'] }]);
});

const unused: object[] = [
	{},
	{ customFields: { mappingMode: 'defineBelow', value: null } },
	{ customFields: { mappingMode: 'defineBelow', value: { cf_1: null, cf_2: ' ' } } },
	{ matchBy: { key: [{ by: 'email' }] }, multiValueChanges: {}, clear: ['url'] },
];
const used: object[] = [
	{ customFields: { mappingMode: 'autoMapInputData', value: null } },
	{ customFields: { mappingMode: 'defineBelow', value: { cf_1: '={{ $json.a }}' } } },
	{ customFields: { mappingMode: 'defineBelow', value: '={{ $json }}' } },
	{ customFields: '={{ $json }}' },
	{ matchBy: { key: [{ by: 'email' }, { by: 'customField' }] } },
	{ matchBy: { key: [{ by: '={{ $json.by }}' }] } },
	{ multiValueChanges: { change: [{ fieldId: 'cf_1' }] } },
	{ clear: ['lcf_1'] },
	{ clear: '={{ $json.clear }}' },
];

test.each([...unused.map((one) => [one, 0] as const), ...used.map((one) => [one, 1] as const)])(
	'the node with %j reads them %i times',
	async (parameters, times) => {
		const { client, requests } = answer([{ id: 'cf_1', name: 'Plan' }]);
		await loadCustomFields(client, parameters);
		expect(requests).toHaveLength(times);
		expect(customFieldsOf(client.account).size).toBe(times);
	},
);

test('a field is found by its ID', async () => {
	const { client } = answer([{ id: 'cf_1', name: 'Plan' }]);
	const fields = await allCustomFields(client);
	expect(fieldById(fields, 'cf_1', 'Key').name).toBe('Plan');
	expect(() => fieldById(fields, 'cf_2', 'Key')).toThrow('Key: Close has no custom field cf_2');
	expect(() => fieldById(fields, 'Plan', 'Key')).toThrow('Key: "Plan" is not an ID');
});
