import type { INodeProperties } from 'n8n-workflow';

/** A record that the user chooses from a list of names or by its ID. */
export function locatorField({
	listMethod,
	listPlaceholder,
	idPlaceholder,
	...field
}: Pick<INodeProperties, 'displayName' | 'name' | 'description'> &
	Partial<INodeProperties> & {
		/** The method of the node's `listSearch` that finds the records by name. */
		listMethod: string;
		/** What the list shows while it is empty. */
		listPlaceholder: string;
		idPlaceholder: string;
	}): INodeProperties {
	return {
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: listPlaceholder,
				typeOptions: { searchListMethod: listMethod, searchable: true },
			},
			{ displayName: 'By ID', name: 'id', type: 'string', placeholder: idPlaceholder },
		],
		...field,
	};
}
