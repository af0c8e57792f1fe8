import { NodeConnectionTypes } from 'n8n-workflow';
import type { IExecuteFunctions } from 'n8n-workflow';
import { nodeType, registerNode, run } from '../support/engine';

const CREDENTIAL = 'leadDispatchAktifyApi';

/** Runs a call of n8n's HTTP helper with a credential, in a node in n8n's engine. */
export async function inNode<Result>(
	url: string,
	call: (context: IExecuteFunctions, credentialType: string) => Promise<Result>,
): Promise<Result> {
	// Loads the package, and with it the credential type.
	await nodeType('aktify');
	let result: Promise<Result> | undefined;
	registerNode('test.httpCall', {
		description: {
			displayName: 'Test HTTP Call',
			name: 'httpCall',
			group: ['input'],
			version: 1,
			description: 'Calls the HTTP helper',
			defaults: { name: 'Node' },
			inputs: [NodeConnectionTypes.Main],
			outputs: [NodeConnectionTypes.Main],
			credentials: [{ name: CREDENTIAL }],
			properties: [],
		},
		async execute() {
			result = call(this, CREDENTIAL);
			await result.catch(() => {});
			return [[]];
		},
	});
	const { error } = await run({
		node: 'test.httpCall',
		parameters: {},
		items: [{}],
		credentials: { [CREDENTIAL]: { baseUrl: url, apiKey: 'key' } },
	});
	if (result === undefined) throw new Error(`The node did not run: ${error?.message ?? ''}`);
	return await result;
}
