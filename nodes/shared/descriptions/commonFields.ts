import type { INodeProperties } from 'n8n-workflow';

// Fields with the same meaning have the same name in every node.

/** Below a phone number where one without a country code needs Default Country. */
export const defaultCountryHint =
	'Numbers without a country code need Default Country under Options';

export const phoneNumberField: INodeProperties = {
	displayName: 'Phone Number',
	name: 'phoneNumber',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. +1 509-555-1234',
	description: 'Any format works, e.g. (509) 555-1234',
};

/**
 * Phone Number where a number without a country code has a country anyway.
 * @param countryNumbers how the description calls these numbers, such as "US numbers"
 */
export function phoneNumberFieldOf(countryNumbers: string): INodeProperties {
	return {
		...phoneNumberField,
		description: `Any format works, e.g. (509) 555-1234. Numbers without a country code are read as ${countryNumbers}; change this with Default Country under Options.`,
	};
}

export function stateField(description: string): INodeProperties {
	return {
		displayName: 'State',
		name: 'state',
		type: 'string',
		default: '',
		placeholder: 'e.g. CA',
		description,
	};
}

/** Return All and Limit, for Get Many. */
export const returnAllFields: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		default: 50,
		description: 'Max number of results to return',
		displayOptions: { show: { returnAll: [false] } },
	},
];

/** Custom fields: none, name by name, or all other input columns. */
export function customFields(
	displayName: string,
	description: string,
	valueDescription: string,
): INodeProperties[] {
	return [
		{
			displayName,
			name: 'customFieldsMode',
			type: 'options',
			default: 'none',
			description,
			options: [
				{ name: 'Define Each Below', value: 'define' },
				{
					name: 'Map Automatically From Input',
					value: 'auto',
					description: 'Sends every column that is not used in another field, under its own name',
				},
				{ name: 'None', value: 'none' },
			],
		},
		{
			displayName: 'Exclude Columns',
			name: 'excludedColumns',
			type: 'string',
			default: '',
			placeholder: 'e.g. row_number, notes',
			description:
				'Input columns to skip, separated by commas. A name with a comma in it goes in quotes.',
			displayOptions: { show: { customFieldsMode: ['auto'] } },
		},
		{
			displayName: `${displayName} to Send`,
			name: 'customFields',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			default: {},
			placeholder: 'Add Field',
			displayOptions: { show: { customFieldsMode: ['define'] } },
			options: [
				{
					displayName: 'Field',
					name: 'field',
					values: [
						{
							displayName: 'Name',
							name: 'name',
							type: 'string',
							default: '',
							placeholder: 'e.g. favorite_color',
						},
						{
							displayName: 'Value',
							name: 'value',
							type: 'string',
							default: '',
							description: valueDescription,
						},
					],
				},
			],
		},
	];
}
