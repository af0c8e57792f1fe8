import type { INodeProperties } from 'n8n-workflow';

/**
 * What an AI model reads about an operation: n8n's own text is only the action's name. n8n (2.41) looks for the
 * parameter name `toolDescription`. @param resource @param operation as stored in workflows
 */
export function toolDescription(
	resource: string,
	operation: string,
	text: string,
): INodeProperties {
	return {
		displayName: 'Description',
		name: 'toolDescription',
		type: 'string',
		typeOptions: { rows: 5 },
		required: true,
		default: text,
		description: 'What the AI model reads about this tool: what it does, and what a repeat does',
		displayOptions: { show: { '@tool': [true], resource: [resource], operation: [operation] } },
	};
}
