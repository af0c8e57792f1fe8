import { type CheckRunner, assert } from '../checks';
import type { Editor } from './Editor';
import { addBehind, dragOntoCanvas, searchFor } from './nodePanel';
import { OpenNode } from './OpenNode';
import type { QuickStart } from '../../quickstart/environment';
import { sandboxCredentials } from '../../n8n/sandboxCredentials';

/** What people type into the node panel, and the node that they mean. */
const wordsOf = new Map([
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

/** A list as it comes from a form: one number is none, one person is there twice. */
const rows = [
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
				parameters: { jsCode: `return ${JSON.stringify(rows)}.map((json) => ({ json }));` },
			},
		],
		connections: { Start: { main: [[{ node: 'New Leads', type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	});
	return id;
}

async function checkSearch(checks: CheckRunner, editor: Editor): Promise<void> {
	await checks.check('editor: each node is found by the words that people type', async () => {
		await editor.openNewWorkflow();
		const found = await searchFor(editor, [...wordsOf.keys()]);
		for (const [words, nodes] of wordsOf) {
			const first = found.get(words)?.slice(0, nodes.length) ?? [];
			const missing = nodes.filter((node) => !first.includes(node));
			assert(missing.length === 0, `"${words}" finds first: ${first.join(', ') || 'nothing'}`);
		}
	});
}

/** A list into a dialer, from the plus sign to the leads that were left. */
async function checkFirstRun(checks: CheckRunner, editor: Editor, quickStart: QuickStart) {
	const workflowId = await makeWorkflow(quickStart);
	const node = new OpenNode(editor);

	await checks.check('editor: a campaign is picked from the list by typing', async () => {
		await editor.openWorkflow(workflowId, 'story-begins');
		await addBehind(editor, 'Autocalls', 'Create lead');
		const offered = await node.pickFromList('campaign', 'roof', 'Roofing Boise');
		assert(offered.length === 9, `of 30 campaigns it offers ${offered.join(', ')}`);
		assert((await node.picked('campaign')).startsWith('Roofing Boise'), 'it is not picked');
	});
	await checks.check('editor: a column is dragged onto a field', async () => {
		await node.fetchInput();
		const expression = await node.dragColumn('phone', 'phoneNumber');
		assert(expression === '{{ $json.phone }}', `it became ${expression}`);
		await node.choose('customFieldsMode', 'Map Automatically From Input');
		assert((await node.text()).includes('Columns to Leave Out'), 'its field is not there');
	});
	await checks.check('editor: a bad number stops the step, and says so in words', async () => {
		const said = await node.execute(/items? cannot be sent|contains letters/);
		assert(said.includes('Nothing was sent') || said.includes('nothing was sent'), said);
		await editor.screenshotBoth('step-stops');
		const held = quickStart.world.autocalls.find(14, '+13125550142');
		assert(held === undefined, 'a lead was sent');
	});
	await checks.check(
		'editor: with the error output, the good leads go and the bad stay',
		async () => {
			await node.setOnError('Continue (using error output)');
			const said = await node.execute(/Success Branch/);
			assert(/Autocalls: \d+ created/.test(said), said);
			const taken = await node.table('Success Branch');
			assert(/^outcome\b/.test(taken.trim()), `outcome is not the first column: ${taken}`);
			await editor.screenshotBoth('output-table');
			const left = await node.table('Error Branch');
			assert(left.includes('call me') && left.includes('contains letters'), left);
			await editor.screenshotBoth('error-branch');
		},
	);
	await checks.check('editor: both outputs are on the canvas', async () => {
		await editor.closeFields();
		await editor.tidyUp('story-tidied');
		await editor.screenshotBoth('story-canvas');
	});
	await checks.check('editor: a node is dragged onto the canvas', async () => {
		await dragOntoCanvas(editor, 'Aktify', 'End contact with lead');
		assert(!(await node.text()).includes('cannot read leads'), 'it shows what Create is told');
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
		assert(
			(await node.text()).includes('Custom Fields'),
			'nobody sees that these are custom fields',
		);
		await editor.closeFields();
	});
}

/** A credential as a new user makes it: from the node, with the key from the vendor's page. */
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
		await editor.beginCredential();
		await editor.typeIntoCredential('baseUrl', known?.baseUrl ?? '');
		await editor.typeIntoCredential('apiKey', known?.apiKey ?? '');
		await editor.screenshotBoth('new-credential');
		await editor.saveNewCredential();
		const selected = await editor.selectedCredential();
		assert(selected !== '' && selected !== 'Autocalls (sandbox)', `the node has "${selected}"`);
		const test = await editor.openCredential('new-credential-tested');
		assert(test.succeeded, test.message);
		await editor.closeCredential();
		await editor.closeFields();
	});
	const all = await n8n.call<Array<{ id: string; name: string; type: string }>>(
		'GET',
		'/credentials',
	);
	const made = all.filter((one) => one.type === type && one.name !== 'Autocalls (sandbox)');
	for (const { id } of made) await n8n.call('DELETE', `/credentials/${id}`);
}

/** A person's first hour with the nodes in n8n's editor. */
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
