/* eslint-disable @n8n/community-nodes/no-restricted-imports -- end-to-end tests: they read files */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CheckRunner, assert } from '../checks';
import type { Editor } from './Editor';
import { workflowsFolder } from '../../paths';
import type { QuickStart } from '../../quickstart/environment';
import { sandboxCredentials } from '../../n8n/sandboxCredentials';
import { log } from '../../process/log';

/** What a person sees of a vendor in the editor. */
interface VendorInEditor {
	node: string;
	credentialType: string;
	secretField: string;
	/** What the node's list of actions must offer, at the least. */
	actions: RegExp[];
}

const vendors: VendorInEditor[] = [
	{
		node: 'SquadVoice',
		credentialType: 'leadDispatchSquadVoiceApi',
		secretField: 'accessToken',
		actions: [/create/i, /get/i, /disable/i],
	},
	{
		node: 'Aktify',
		credentialType: 'leadDispatchAktifyApi',
		secretField: 'apiKey',
		actions: [/create/i, /disable|end contact/i],
	},
	{
		node: 'Autocalls',
		credentialType: 'leadDispatchAutocallsApi',
		secretField: 'apiKey',
		actions: [/create/i, /get/i, /disable/i, /start campaign/i],
	},
	{
		node: 'Close',
		credentialType: 'leadDispatchCloseApi',
		secretField: 'apiKey',
		actions: [/create lead/i, /search/i, /disable/i, /merge/i, /note/i],
	},
];

/** A message for people: it has words, and neither a stack nor a bare number. */
function assertReadable(message: string): void {
	const reason = message.replace(/couldn.t connect with these settings/i, '').replace('Retry', '');
	assert(/[a-z]{3,}\W+[a-z]{2,}/i.test(reason), `too few words: ${message}`);
	assert(
		!/\bat \S+:\d+|\[object|undefined|^\W*\d+\W*$/m.test(reason),
		`not for people: ${message}`,
	);
}

async function checkVendor(
	checks: CheckRunner,
	editor: Editor,
	{ node, credentialType, secretField, actions }: VendorInEditor,
	sandboxUrl: string,
): Promise<void> {
	const credential = sandboxCredentials(sandboxUrl).find(({ type }) => type === credentialType);
	const secret = credential?.data[secretField] ?? '';
	let offered: string[] = [];

	await checks.check(`editor: ${node} is found by typing and offers its actions`, async () => {
		await editor.openNewWorkflow();
		offered = await editor.findActions(node);
		for (const action of actions) {
			assert(
				offered.some((name) => action.test(name)),
				`no action like ${String(action)} among: ${offered.join(', ')}`,
			);
		}
	});
	for (const [nth, action] of offered.entries()) {
		await checks.check(`editor: ${node}, "${action}" goes onto the canvas`, async () => {
			if (nth > 0) await editor.findActions(node);
			await editor.putOnCanvas(action);
			const selected = await editor.selectedCredential();
			assert(selected === credential?.name, `its credential is "${selected}"`);
			if (nth < offered.length - 1) await editor.closeFields();
		});
	}
	await checks.check(`editor: the ${node} credential is tested and works`, async () => {
		const test = await editor.openCredential(`credential-${node}`);
		assert(test.succeeded, test.message);
	});
	await checks.check(`editor: a wrong ${node} key fails in words`, async () => {
		const test = await editor.saveSecret(secretField, 'wrong-key', `wrong-key-${node}`);
		assert(!test.succeeded, 'it was accepted');
		log(`        | ${test.message.replaceAll(/\s+/g, ' ')}`);
		assertReadable(test.message);
	});
	await checks.check(`editor: the right ${node} key works again`, async () => {
		const test = await editor.saveSecret(secretField, secret, `right-key-${node}`);
		assert(test.succeeded, test.message);
		await editor.closeCredential();
		await editor.closeFields();
		await editor.tidyUp(`canvas-${node}`);
	});
}

/** The example workflows as they are in workflows/. */
function exampleWorkflows(): Array<{ id: string; name: string; nodes: Array<{ type: string }> }> {
	return readdirSync(workflowsFolder)
		.filter((file) => file.endsWith('.json'))
		.map((file) => JSON.parse(readFileSync(join(workflowsFolder, file), 'utf8')));
}

/** n8n's editor as a person sees it: the examples, each node, each credential. */
export async function checkEditor(
	checks: CheckRunner,
	{ n8n, sandboxUrl }: QuickStart,
	editor: Editor,
): Promise<void> {
	for (const { id, name, nodes } of exampleWorkflows()) {
		await checks.check(`editor: "${name}" is on the canvas`, async () => {
			const drawn = await editor.openWorkflow(id, `workflow-${id}`);
			const steps = nodes.filter(({ type }) => !type.endsWith('.stickyNote')).length;
			assert(drawn === steps, `${drawn} of ${steps} nodes are drawn`);
		});
	}
	await checks.check('editor: the run of the demo is under Executions', async () => {
		await n8n.execute('ldPushCsvToAll01', 'Run the Demo');
		const details = await editor.openLatestExecution('ldPushCsvToAll01', 'demo-execution');
		assert(details.includes('Succeeded'), details);
	});
	for (const vendor of vendors) await checkVendor(checks, editor, vendor, sandboxUrl);
}
