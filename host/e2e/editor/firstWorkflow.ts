import { type CheckRunner, assert } from '../checks';
import { CredentialDialog } from './CredentialDialog';
import type { Editor } from './Editor';
import { appendNode, dragOntoCanvas, searchNodePanel } from './nodePanel';
import { OpenNode } from './OpenNode';
import type { QuickStart } from '../../quickstart/environment';
import { sandboxCredentials } from '../../n8n/sandboxCredentials';

/** Search texts of the node panel, and the nodes that they should find first. */
const SEARCHES = new Map([
	['SquadVoice', ['SquadVoice']],
	['SquadRun', ['SquadVoice']],
	['SquadIQ', ['SquadVoice']],
	['Squadstack', ['SquadVoice']],
	['Aktify', ['Aktify']],
	['Autocalls', ['Autocalls']],
	['Close', ['Close']],
	['Close.com', ['Close']],
	['dialer', ['SquadVoice', 'Aktify', 'Autocalls', 'Close']],
	['opt out', ['SquadVoice', 'Aktify', 'Autocalls', 'Close']],
	['DNC', ['SquadVoice', 'Aktify', 'Autocalls', 'Close']],
]);

/** A list of leads: one number is invalid, one person occurs twice. */
const ROWS = [
	{ id: 'A1', first_name: 'Ada', phone: '+1 312 555 0142', state: 'IL' },
	{ id: 'A2', first_name: 'Grace', phone: '+1 917 555 0107', state: 'NY' },
	{ id: 'A3', first_name: 'Linus', phone: 'call me', state: 'OR' },
	{ id: 'A4', first_name: 'Ada', phone: '(312) 555-0142', state: 'IL' },
];

async function makeWorkflow({ n8n }: QuickStart): Promise<string> {
	const { id } = await n8n.call<{ id: string }>('POST', '/workflows', {
		name: 'New leads to the dialer',
		nodes: [
			{
				id: 'start',
				name: 'Start',
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			{
				id: 'leads',
				name: 'New Leads',
				type: 'n8n-nodes-base.code',
				typeVersion: 2,
				position: [220, 0],
				parameters: { jsCode: `return ${JSON.stringify(ROWS)}.map((json) => ({ json }));` },
			},
		],
		connections: { Start: { main: [[{ node: 'New Leads', type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	});
	return id;
}

async function checkSearch(checks: CheckRunner, editor: Editor): Promise<void> {
	await checks.check('editor: each node is found by its search texts', async () => {
		await editor.openNewWorkflow();
		const found = await searchNodePanel(editor, [...SEARCHES.keys()]);
		for (const [text, nodes] of SEARCHES) {
			const first = found.get(text)?.slice(0, nodes.length) ?? [];
			const missing = nodes.filter((node) => !first.includes(node));
			assert(missing.length === 0, `"${text}" finds first: ${first.join(', ') || 'nothing'}`);
		}
	});
}

/** Sends a list to a dialer, from adding the node to the rows on the error branch. */
async function checkFirstRun(checks: CheckRunner, editor: Editor, quickStart: QuickStart) {
	const workflowId = await makeWorkflow(quickStart);
	const node = new OpenNode(editor);

	await checks.check('editor: a campaign is searched and picked from the list', async () => {
		await editor.openWorkflow(workflowId, 'story-begins');
		await appendNode(editor, 'Autocalls', 'Create lead');
		const listed = await node.pickFromList('campaign', 'roof', 'Roofing Boise');
		assert(listed.length === 9, `of 30 campaigns it lists ${listed.join(', ')}`);
		assert((await node.picked('campaign')).startsWith('Roofing Boise'), 'the choice is not shown');
	});
	await checks.check('editor: a column is dragged onto a field', async () => {
		await node.fetchInput();
		const expression = await node.dragColumn('phone', 'phoneNumber');
		assert(expression === '{{ $json.phone }}', `the expression is ${expression}`);
		await node.choose('customFieldsMode', 'Map Automatically From Input');
		assert((await node.text()).includes('Exclude Columns'), 'Exclude Columns is not shown');
	});
	await checks.check(
		'editor: an invalid number stops the step with a readable message',
		async () => {
			const output = await node.execute(/items have problems|contains letters/);
			assert(/nothing was sent/i.test(output), output);
			await editor.screenshotBoth('step-stops');
			const held = quickStart.world.autocalls.find(14, '+13125550142');
			assert(held === undefined, 'a lead was sent');
		},
	);
	await checks.check(
		'editor: with the error output, valid leads are sent and invalid ones are on the error branch',
		async () => {
			await node.setOnError('Continue (using error output)');
			const output = await node.execute(/Success Branch/);
			assert(/Autocalls: \d+ created/.test(output), output);
			const accepted = await node.table('Success Branch');
			assert(/^outcome\b/.test(accepted.trim()), `outcome is not the first column: ${accepted}`);
			await editor.screenshotBoth('output-table');
			const failed = await node.table('Error Branch');
			assert(failed.includes('call me') && failed.includes('contains letters'), failed);
			assert(
				/^outcome\s+error\b/.test(failed.trim()),
				`outcome and error are not first: ${failed}`,
			);
			await editor.screenshotBoth('error-branch');
		},
	);
	await checks.check('editor: both outputs are shown on the canvas', async () => {
		await editor.closeFields();
		await editor.tidyUp('story-tidied');
		await editor.screenshotBoth('story-canvas');
	});
	await checks.check('editor: a node is dragged onto the canvas', async () => {
		await dragOntoCanvas(editor, 'Aktify', 'End contact with lead');
		assert(!(await node.text()).includes('cannot look up leads'), 'it shows the notice of Create');
		await editor.closeFields();
	});
}

async function checkMapper(checks: CheckRunner, editor: Editor): Promise<void> {
	await checks.check('editor: custom fields of Close are mapped by their names', async () => {
		const node = new OpenNode(editor);
		await editor.openNewWorkflow();
		await editor.findActions('Close');
		await editor.putOnCanvas('Update lead');
		await node.addMappedField('External ID', 'A-1001');
		await editor.screenshotBoth('mapper-Close');
		assert((await node.text()).includes('Custom Fields'), 'the heading Custom Fields is not shown');
		await editor.closeFields();
	});
}

/** Creates a credential as a new user does: from the node, with the vendor's key. */
async function checkConnecting(
	checks: CheckRunner,
	editor: Editor,
	{ n8n, sandboxUrl }: QuickStart,
): Promise<void> {
	const type = 'leadDispatchAutocallsApi';
	const known = sandboxCredentials(sandboxUrl).find((one) => one.type === type)?.data;
	await checks.check('editor: a node is connected with a new credential', async () => {
		await editor.openNewWorkflow();
		await editor.findActions('Autocalls');
		await editor.putOnCanvas('Get many campaigns');
		const dialog = new CredentialDialog(editor);
		await dialog.openNew();
		await dialog.type('baseUrl', known?.baseUrl ?? '');
		await dialog.type('apiKey', known?.apiKey ?? '');
		await editor.screenshotBoth('new-credential');
		await dialog.saveNew();
		const selected = await dialog.selected();
		assert(selected !== '' && selected !== 'Autocalls (sandbox)', `the node has "${selected}"`);
		const test = await dialog.open('new-credential-tested');
		assert(test.succeeded, test.message);
		await dialog.close();
		await editor.closeFields();
	});
	const all = await n8n.call<Array<{ id: string; name: string; type: string }>>(
		'GET',
		'/credentials',
	);
	const created = all.filter((one) => one.type === type && one.name !== 'Autocalls (sandbox)');
	for (const { id } of created) await n8n.call('DELETE', `/credentials/${id}`);
}

/** A user's first steps with the nodes in n8n's editor. */
export async function checkEditorStory(
	checks: CheckRunner,
	quickStart: QuickStart,
	editor: Editor,
): Promise<void> {
	await checkSearch(checks, editor);
	await checkFirstRun(checks, editor, quickStart);
	await checkMapper(checks, editor);
	await checkConnecting(checks, editor, quickStart);
}
