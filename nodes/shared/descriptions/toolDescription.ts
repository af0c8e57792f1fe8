import type { INodeProperties } from 'n8n-workflow';

/**
 * What an AI model or an MCP client reads about one operation when the node is used as a tool.
 * n8n's own text is the action's name ("Create lead in …"), which says neither that something is
 * written nor what a repeat does.
 *
 * It is a parameter, so that the user can reword it, and is shown in the tool only. n8n looks for
 * the name `toolDescription`.
 * @param resource as stored in workflows
 * @param operation as stored in workflows
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
