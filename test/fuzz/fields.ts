import type {
	IDataObject,
	INodeParameters,
	INodeProperties,
	INodePropertyCollection,
	INodePropertyOptions,
	INodeTypeDescription,
} from 'n8n-workflow';
import { closeFields } from '../../sandbox';

/** A field with a value of its own, at any depth of collections. */
export interface Field {
	/** The names on its path, such as `contacts.contact.phones.phone.phone`. */
	path: string;
	/** The last of them. */
	name: string;
	property: INodeProperties | undefined;
}

/** The pairs of resource and operation that a node offers. */
export function operationsOf({ properties }: INodeTypeDescription): string[] {
	return properties
		.filter(({ name }) => name === 'operation')
		.flatMap(({ displayOptions, options }) =>
			(displayOptions?.show?.resource ?? []).flatMap((resource) =>
				(options ?? []).flatMap((option) =>
					'value' in option ? [`${String(resource)}.${String(option.value)}`] : [],
				),
			),
		);
}

const chosenByUser = new Set(['resource', 'operation', 'authentication']);

/** The properties that a node shows for an operation, without those that choose the operation. */
export function propertiesOf(
	{ properties }: INodeTypeDescription,
	resource: string,
	operation: string,
): INodeProperties[] {
	const shows = (values: unknown, wanted: string) =>
		!Array.isArray(values) || values.includes(wanted);
	return properties.filter(({ name, type, displayOptions }) => {
		const show = displayOptions?.show;
		const isShown = shows(show?.resource, resource) && shows(show?.operation, operation);
		return isShown && type !== 'notice' && !chosenByUser.has(name);
	});
}

type Option = INodePropertyOptions | INodeProperties | INodePropertyCollection;
const isProperty = (option: Option): option is INodeProperties => 'type' in option;
const isGroup = (option: Option): option is INodePropertyCollection => 'values' in option;

/**
 * Parameters in which every field, also those inside collections, takes its value from an input
 * column of its own; and the fields, each with that column.
 */
export function withColumns(properties: INodeProperties[]): {
	parameters: INodeParameters;
	fields: Map<string, Field>;
} {
	const fields = new Map<string, Field>();

	function leaf(path: string, property?: INodeProperties): string {
		const columnName = `f${fields.size}`;
		fields.set(columnName, { path, name: path.split('.').at(-1) ?? '', property });
		return `={{ $json.${columnName} }}`;
	}

	function filled(property: INodeProperties, path: string): unknown {
		const { type, options = [] } = property;
		if (type === 'resourceLocator') return { __rl: true, mode: 'id', value: leaf(path, property) };
		if (type === 'collection') return group(options.filter(isProperty), path);
		if (type === 'fixedCollection') {
			const lists = options
				.filter(isGroup)
				.map(({ name, values }) => [name, [group(values, `${path}.${name}`)]]);
			return Object.fromEntries(lists);
		}
		if (type === 'resourceMapper') return mapper(path);
		return leaf(path, property);
	}

	function group(properties: INodeProperties[], path: string): IDataObject {
		const named = properties.map((property) => [
			property.name,
			filled(property, `${path}.${property.name}`),
		]);
		return Object.fromEntries(named);
	}

	/** One custom field of Close per type. */
	function mapper(path: string): IDataObject {
		const custom = [
			{ ...closeFields.text, type: 'string' },
			{ ...closeFields.number, type: 'number' },
			{ ...closeFields.choices, type: 'array' },
			{ ...closeFields.datetime, type: 'dateTime' },
		];
		const value = custom.map(({ id, type }) => [id, leaf(`${path}.${type}`)]);
		return {
			mappingMode: 'defineBelow',
			value: Object.fromEntries(value),
			schema: custom.map(({ id, name, type }) => ({ id, displayName: name, type })),
		};
	}

	const parameters = Object.fromEntries(
		properties.map((property) => [property.name, filled(property, property.name)]),
	);
	const stored: INodeParameters = JSON.parse(JSON.stringify(parameters));
	return { parameters: stored, fields };
}
