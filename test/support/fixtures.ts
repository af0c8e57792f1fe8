import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';

/** Leads 0 to count - 1, each with a valid number of its own. */
export function leads(count: number): IDataObject[] {
	return Array.from({ length: count }, (_, index) => ({
		id: `L${index}`,
		phone: phoneOf(index),
		name: `Person ${index}`,
		state: 'CA',
	}));
}

/** The valid US number of lead `index`, in E.164. */
export function phoneOf(index: number): string {
	return `+1206${String(2_000_000 + index)}`;
}

export const onError = {
	stop: {},
	continue: { onError: 'continueRegularOutput' },
	branch: { onError: 'continueErrorOutput' },
} satisfies Record<string, Partial<INode>>;

/** A contact of Close from the columns `name`, `phone` and `email`. */
export const contactOfColumns = {
	contact: [
		{
			name: '={{ $json.name }}',
			phones: { phone: [{ phone: '={{ $json.phone }}', type: 'mobile' }] },
			emails: { email: [{ email: '={{ $json.email }}', type: 'office' }] },
		},
	],
};

/** Plain JSON as node parameters. */
export function asParameters(values: IDataObject): INodeParameters {
	return JSON.parse(JSON.stringify(values));
}
