import type { INodeProperties } from 'n8n-workflow';

/**
 * What a language model or an MCP client is told of each operation when the node is used as a tool.
 * n8n's own text would be the action's name alone ("Create lead in ..."), which says neither that
 * something is written nor what a repeat does.
 *
 * It is a parameter, so that the user can reword it: one for each operation, shown in the tool only.
 * `toolDescription` is the name by which n8n looks for it.
 * @param texts by `resource.operation`, as stored in workflows
 */
export function toolDescriptions(texts: ReadonlyMap<string, string>): INodeProperties[] {
	return [...texts].map(([action, text]) => {
		const [resource = '', operation = ''] = action.split('.');
		return {
			displayName: 'Description',
			name: 'toolDescription',
			type: 'string',
			typeOptions: { rows: 5 },
			required: true,
			default: text,
			description: 'What the model is told of this tool: what it does, and what a repeat would do',
			displayOptions: { show: { '@tool': [true], resource: [resource], operation: [operation] } },
		};
	});
}
