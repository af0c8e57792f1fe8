import { ExecuteContext, RoutingNode } from 'n8n-core';
import { createEmptyRunExecutionData, NodeConnectionTypes, Workflow } from 'n8n-workflow';
import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	INode,
	INodeType,
} from 'n8n-workflow';
import { additionalData } from './additionalData';
import { credentialType } from './packages';
import { withDefaults } from './TestCredentials';

/**
 * Runs a credential type's own test request as n8n does it: through the routing of a node that has
 * nothing but that request.
 * @param request what differs from the test request
 * @returns `OK`, or what n8n would show
 */
export async function testCredential(
	typeName: string,
	data: ICredentialDataDecryptedObject,
	request: Partial<ICredentialTestRequest['request']> = {},
): Promise<string> {
	const test = (await credentialType(typeName)).test;
	if (test === undefined) throw new Error(`${typeName} has no test`);
	const nodeType: INodeType = {
		description: {
			displayName: 'Temp',
			name: 'temp',
			group: ['input'],
			version: 1,
			description: '',
			defaults: { name: 'Temp' },
			inputs: [NodeConnectionTypes.Main],
			outputs: [NodeConnectionTypes.Main],
			credentials: [{ name: typeName, required: true }],
			properties: [
				{
					displayName: 'Temp',
					name: 'temp',
					type: 'string',
					default: '',
					routing: { request: { ...test.request, ...request } },
				},
			],
		},
	};
	const node: INode = {
		id: 'temp',
		name: 'Temp',
		type: 'test.temp',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		credentials: { [typeName]: { id: 'temp', name: 'temp' } },
	};
	const workflow = new Workflow({
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes: {
			getByName: () => nodeType,
			getByNameAndVersion: () => nodeType,
			getKnownTypes: () => ({}),
		},
	});
	const stored = { [typeName]: data };
	const input = { main: [[{ json: {} }]] };
	const context = new ExecuteContext(
		workflow,
		node,
		additionalData(stored),
		'internal',
		createEmptyRunExecutionData(),
		0,
		[],
		input,
		{ node, data: {}, source: null },
		[],
	);
	const decrypted = {
		id: 'temp',
		name: 'temp',
		type: typeName,
		data: withDefaults(typeName, data),
	};
	try {
		await new RoutingNode(context, nodeType, decrypted).runNode();
		return 'OK';
	} catch (error) {
		const status = statusOf(error);
		if (status === undefined) return shownWithoutReply(error);
		const rule = test.rules?.find(
			(candidate) => candidate.type === 'responseCode' && candidate.properties.value === status,
		);
		return rule?.properties.message ?? `Status ${status}`;
	}
}

/** n8n shows the code of the cause, or the message where there is none. */
function shownWithoutReply(error: unknown): string {
	const cause = error instanceof Error ? error.cause : undefined;
	const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : '';
	if (typeof code === 'string' && code !== '') return code;
	return error instanceof Error ? error.message : String(error);
}

function statusOf(error: unknown): number | undefined {
	const cause = error instanceof Error ? error.cause : undefined;
	if (typeof cause !== 'object' || cause === null || !('response' in cause)) return undefined;
	const { response } = cause;
	if (typeof response !== 'object' || response === null || !('status' in response))
		return undefined;
	return typeof response.status === 'number' ? response.status : undefined;
}
