/* eslint-disable @n8n/community-nodes/no-restricted-imports -- end-to-end tests: they read files */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CheckRunner, assert } from '../checks';
import { CredentialDialog } from './CredentialDialog';
import type { Editor } from './Editor';
import { WORKFLOWS_FOLDER } from '../../paths';
import type { QuickStart } from '../../quickstart/environment';
import { sandboxCredentials } from '../../n8n/sandboxCredentials';
import { log } from '../../process/log';

/** A vendor's node in the editor. */
interface VendorInEditor {
	node: string;
	credentialType: string;
	secretField: string;
	/** Actions that the node's list must contain. */
	actions: RegExp[];
}

const VENDORS: VendorInEditor[] = [
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

/** @throws Error unless the message is a text for users, without a stack trace or a bare number */
function assertReadable(message: string): void {
	const reason = message.replace(/couldn.t connect with these settings/i, '').replace('Retry', '');
	assert(/[a-z]{3,}\W+[a-z]{2,}/i.test(reason), `the message is too short: ${message}`);
	assert(
		!/\bat \S+:\d+|\[object|undefined|^\W*\d+\W*$/m.test(reason),
		`the message is not readable: ${message}`,
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
	const dialog = new CredentialDialog(editor);
	let listed: string[] = [];

	await checks.check(`editor: ${node} is found by its name and lists its actions`, async () => {
		await editor.openNewWorkflow();
		listed = await editor.findActions(node);
		for (const action of actions) {
			assert(
				listed.some((name) => action.test(name)),
				`no action matches ${String(action)} among: ${listed.join(', ')}`,
			);
		}
	});
	for (const [nth, action] of listed.entries()) {
		await checks.check(`editor: ${node}, "${action}" is added to the canvas`, async () => {
			if (nth > 0) await editor.findActions(node);
			await editor.putOnCanvas(action);
			const selected = await dialog.selected();
			assert(selected === credential?.name, `its credential is "${selected}"`);
			if (nth < listed.length - 1) await editor.closeFields();
		});
	}
	await checks.check(`editor: the connection test of the ${node} credential succeeds`, async () => {
		const test = await dialog.open(`credential-${node}`);
		assert(test.succeeded, test.message);
	});
	await checks.check(`editor: a wrong ${node} key fails with a readable message`, async () => {
		const test = await dialog.saveSecret(secretField, 'wrong-key', `wrong-key-${node}`);
		assert(!test.succeeded, 'it was accepted');
		log(`        | ${test.message.replaceAll(/\s+/g, ' ')}`);
		assertReadable(test.message);
	});
	await checks.check(`editor: the right ${node} key succeeds again`, async () => {
		const test = await dialog.saveSecret(secretField, secret, `right-key-${node}`);
		assert(test.succeeded, test.message);
		await dialog.close();
		await editor.closeFields();
		await editor.tidyUp(`canvas-${node}`);
	});
}

/** The example workflows in workflows/. */
function exampleWorkflows(): Array<{ id: string; name: string; nodes: Array<{ type: string }> }> {
	return readdirSync(WORKFLOWS_FOLDER)
		.filter((file) => file.endsWith('.json'))
		.map((file) => JSON.parse(readFileSync(join(WORKFLOWS_FOLDER, file), 'utf8')));
}

/** The examples, the actions of each node and the test of each credential in n8n's editor. */
export async function checkEditor(
	checks: CheckRunner,
	{ n8n, sandboxUrl }: QuickStart,
	editor: Editor,
): Promise<void> {
	for (const { id, name, nodes } of exampleWorkflows()) {
		await checks.check(`editor: "${name}" opens on the canvas`, async () => {
			const drawn = await editor.openWorkflow(id, `workflow-${id}`);
			const steps = nodes.filter(({ type }) => !type.endsWith('.stickyNote')).length;
			assert(drawn === steps, `${drawn} of ${steps} nodes are on the canvas`);
		});
	}
	await checks.check('editor: the demo run is listed under Executions', async () => {
		await n8n.execute('ldPushCsvToAll01', 'Run the Demo');
		const details = await editor.openLatestExecution('ldPushCsvToAll01', 'demo-execution');
		assert(details.includes('Succeeded'), details);
	});
	for (const vendor of VENDORS) await checkVendor(checks, editor, vendor, sandboxUrl);
}
