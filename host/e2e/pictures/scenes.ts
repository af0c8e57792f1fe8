import type { QuickStart } from '../../quickstart/environment';
import type { Editor } from '../editor/Editor';
import { OpenNode } from '../editor/OpenNode';

interface Stage {
	editor: Editor;
	quickStart: QuickStart;
	/** Takes a picture of the whole window. */
	shoot(file: string): Promise<void>;
}

interface Scene {
	what: string;
	play(stage: Stage): Promise<void>;
}

/** A list as an operations team has it: some rows cannot be sent. */
const ROWS = [
	['L-1001', 'Ana', 'Silva', '(206) 555-0142', 'WA'],
	['L-1002', 'François', 'Dubois', '+1 415 555 0187', 'CA'],
	['L-1003', 'Mei', 'Chen', '917.555.0103', 'NY'],
	['L-1004', 'Tom', 'Baker', '', 'TX'],
	['L-1005', 'Ingrid', 'Holm', '312-555-0164', 'IL'],
	['L-1006', 'Raj', 'Patel', 'n/a', 'NJ'],
	['L-1007', 'Ana', 'Silva', '206 555 0142', 'WA'],
	['L-1008', 'Zoë', 'Nowak', '(602) 555-0119', 'Arizona'],
	['L-1009', 'Luis', 'Ortega', '1,20856E+10', 'FL'],
	['L-1010', 'Grace', 'Okoro', '404 555 0171', 'GA'],
].map(([id, first, last, phone, state]) => ({
	'Lead No.': id,
	'First Name': first,
	'Last Name': last,
	'Mobile Phone': phone,
	State: state,
}));

const WINDOW = { width: 1440, height: 860 };

/** The SquadVoice node after the list, with each field mapped. */
const mapped = {
	resource: 'lead',
	operation: 'create',
	campaign: { __rl: true, mode: 'id', value: '0PT711' },
	leadId: "={{ $json['Lead No.'] }}",
	phoneNumber: "={{ $json['Mobile Phone'] }}",
	contactName: "={{ $json['First Name'] }} {{ $json['Last Name'] }}",
	state: '={{ $json.State }}',
};

interface NodeToShow {
	/** Type below n8n-nodes-lead-dispatch. */
	type: string;
	name: string;
	parameters: object;
	credential: string;
	onError?: string;
}

const position = (step: number) => [220 * step, 0];

/** Creates a workflow of the list and one node after it, and opens that node. */
async function openAfterList(
	{ editor, quickStart: { n8n } }: Stage,
	{ type, credential, ...node }: NodeToShow,
): Promise<OpenNode> {
	const credentials = await n8n.call<Array<{ id: string; name: string; type: string }>>(
		'GET',
		'/credentials',
	);
	const own = credentials.find((one) => one.type === credential);
	if (own === undefined) throw new Error(`There is no credential ${credential}`);
	const { id } = await n8n.call<{ id: string }>('POST', '/workflows', {
		name: 'New leads',
		nodes: [
			{
				id: 'start',
				name: 'Start',
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: position(0),
				parameters: {},
			},
			{
				id: 'list',
				name: 'New Leads',
				type: 'n8n-nodes-base.code',
				typeVersion: 2,
				position: position(1),
				parameters: { jsCode: `return ${JSON.stringify(ROWS)}.map((json) => ({ json }));` },
			},
			{
				id: 'shown',
				type: `n8n-nodes-lead-dispatch.${type}`,
				typeVersion: 1,
				position: position(2),
				credentials: { [credential]: { id: own.id, name: own.name } },
				...node,
			},
		],
		connections: {
			Start: { main: [[{ node: 'New Leads', type: 'main', index: 0 }]] },
			'New Leads': { main: [[{ node: node.name, type: 'main', index: 0 }]] },
		},
		settings: { executionOrder: 'v1' },
		// Without it the editor cannot execute a single step.
		pinData: {},
	});
	await editor.page.setViewportSize(WINDOW);
	await editor.openWorkflow(id, 'pictures');
	const open = new OpenNode(editor);
	await open.open(node.name);
	await open.fetchInput();
	return open;
}

const squadVoice = {
	type: 'squadVoice',
	name: 'SquadVoice',
	parameters: mapped,
	credential: 'leadDispatchSquadVoiceApi',
};

/** Messages of n8n that fade by themselves. */
async function withoutToasts({ page }: Editor): Promise<void> {
	await page.addStyleTag({ content: '.el-notification { display: none !important; }' });
}

async function inDark({ page }: Editor, shoot: () => Promise<void>): Promise<void> {
	await page.emulateMedia({ colorScheme: 'dark' });
	await page.waitForTimeout(300); // the theme fades in
	await shoot();
	await page.emulateMedia({ colorScheme: 'light' });
}

export const scenes: Scene[] = [
	{
		what: 'columns on the fields of SquadVoice, and a run with rows that were not sent',
		async play(stage) {
			const { editor, quickStart, shoot } = stage;
			quickStart.world.reset();
			const node = await openAfterList(stage, { ...squadVoice, onError: 'continueErrorOutput' });
			await withoutToasts(editor);
			await shoot('columns-onto-fields');
			await node.execute(/SquadVoice: \d+ created/);
			await node.show('Error Branch', 'Table');
			await editor.page.waitForTimeout(500); // the table is drawn
			await shoot('run-with-errors');
			await inDark(editor, async () => await shoot('run-with-errors-dark'));
		},
	},
	{
		what: 'a step that stops, as some rows cannot be sent',
		async play(stage) {
			const { editor, shoot } = stage;
			const node = await openAfterList(stage, squadVoice);
			await withoutToasts(editor);
			await node.execute(/nothing was sent/i);
			await editor.page.waitForTimeout(1000); // the button turns back
			await shoot('step-stops');
		},
	},
	{
		what: 'a campaign of Autocalls is found by typing',
		async play(stage) {
			const { editor, shoot } = stage;
			const node = await openAfterList(stage, {
				type: 'autocalls',
				name: 'Autocalls',
				parameters: {
					resource: 'lead',
					operation: 'create',
					campaign: { __rl: true, mode: 'list', value: '' },
					phoneNumber: "={{ $json['Mobile Phone'] }}",
				},
				credential: 'leadDispatchAutocallsApi',
			});
			await withoutToasts(editor);
			await node.searchList('campaign', 'roof', 'Roofing Boise');
			await shoot('campaign-by-typing');
		},
	},
	{
		what: "Close's custom fields by their names",
		async play(stage) {
			const { editor, shoot } = stage;
			const node = await openAfterList(stage, {
				type: 'close',
				name: 'Close',
				parameters: {
					authentication: 'apiKey',
					resource: 'lead',
					operation: 'update',
					leadId: { __rl: true, mode: 'id', value: 'lead_70jZTiOc2rDLIKHF7nN5aI' },
				},
				credential: 'leadDispatchCloseApi',
			});
			await withoutToasts(editor);
			await node.addMappedField('External ID', 'A-1001');
			await shoot('close-custom-fields');
		},
	},
	{
		what: 'the fields of the Aktify Trigger, and of a tool',
		async play({ editor, shoot }) {
			await editor.page.setViewportSize(WINDOW);
			const node = new OpenNode(editor);
			await editor.openWorkflow('ldAktifyOptOut01', 'pictures');
			await node.open('Opt-Out at Aktify');
			await shoot('aktify-trigger');
			await editor.openWorkflow('ldLeadsByMcp0001', 'pictures');
			await node.open('Create lead in Aktify');
			await shoot('tool-fields');
		},
	},
];
