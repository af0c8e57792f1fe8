import type { INodeProperties } from 'n8n-workflow';

/** A record that the user chooses from a list of names, by its ID, or by the address of its page. */
export function locatorField({
	listMethod,
	listPlaceholder,
	idPlaceholder,
	urlPlaceholder,
	...field
}: Pick<INodeProperties, 'displayName' | 'name' | 'description'> &
	Partial<INodeProperties> & {
		/** The method of the node's `listSearch` that finds the records by name. */
		listMethod: string;
		/** What the list shows while it is empty. */
		listPlaceholder: string;
		idPlaceholder: string;
		/** Undefined where the vendor's pages do not have the ID in their address. */
		urlPlaceholder?: string;
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
			...(urlPlaceholder === undefined
				? []
				: [
						{
							displayName: 'By URL',
							name: 'url',
							type: 'string' as const,
							placeholder: urlPlaceholder,
						},
					]),
		],
		...field,
	};
}
