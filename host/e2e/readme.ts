import type { VendorName } from '../../sandbox';
import { type CheckRunner, assert } from './checks';
import { reportOn, type VendorReport } from '../quickstart/demo';
import type { Editor } from './editor/Editor';
import { addBranch, addFirstStep, appendNode } from './editor/nodePanel';
import { OpenNode } from './editor/OpenNode';
import { MESSY_LIST } from './messyList';
import type { QuickStart } from '../quickstart/environment';

/*
 * Follows README's section "Push your own list" in the editor. A gate in test/package/docs.test.ts
 * checks that this file uses all bold texts and values of that section.
 */

const FULL_NAME = "{{ $json['First Name'] }} {{ $json['Last Name'] }}";
const rowsFrom = 'Extract from File';

interface VendorSteps {
	node: string;
	vendor: VendorName;
	/** The name that n8n gives the node: the action, with a number if the name exists. */
	name: string;
	/** Fills in the fields that the vendor requires. */
	fillIn(node: OpenNode): Promise<void>;
	/** A part of the request of the first row. */
	request: RegExp;
	/** A reason of rows that cannot be sent. */
	reason: RegExp;
}

const squadVoice: VendorSteps = {
	node: 'SquadVoice',
	vendor: 'squadVoice',
	name: 'Create lead',
	async fillIn(node) {
		await node.type('Campaign', '0PT711');
		await node.dragColumn('Lead No.', 'Lead ID');
		await node.dragColumn('Mobile Phone', 'Phone Number');
		const pasted = await node.paste('Contact Name', FULL_NAME);
		assert(pasted === FULL_NAME, `the expression is ${pasted}`);
		await node.dragColumn('State / Province', 'State');
	},
	request: /contact_name\s+Ana Silva/,
	reason: /State: "XX" is not a US state/,
};

const others: VendorSteps[] = [
	{
		node: 'Aktify',
		vendor: 'aktify',
		name: 'Create lead1',
		async fillIn(node) {
			await node.dragColumn('Mobile Phone', 'Phone Number');
			await node.dragColumn('State / Province', 'State');
			await node.dragColumn('Zip Code', 'ZIP Code');
		},
		request: /zipCode\s+83702/,
		reason: /State: "XX" is not a US state/,
	},
	{
		node: 'Autocalls',
		vendor: 'autocalls',
		name: 'Create lead2',
		async fillIn(node) {
			await node.pickFromList('campaign', 'roof', 'Roofing Boise');
			await node.dragColumn('Mobile Phone', 'Phone Number');
			await node.addFromList('Add Option', 'Default Country');
		},
		request: /campaign_id\s+\d+/,
		reason: /Phone Number is empty/,
	},
	{
		node: 'Close',
		vendor: 'close',
		name: 'Create lead3',
		async fillIn(node) {
			await node.paste('Contact Name', FULL_NAME);
			await node.dragColumn('Mobile Phone', 'Phone Number');
			await node.addFromList('Add Option', 'Default Country');
		},
		request: /name\s+Ana Silva/,
		reason: /"n\/a" is not a phone number/,
	},
];

/** Compares each vendor's output in the workflow's latest execution with what the sandbox has. */
async function compare(
	{ n8n, world }: QuickStart,
	workflowId: string,
	vendors: VendorSteps[],
): Promise<VendorReport[]> {
	const execution = await n8n.latestExecution(workflowId);
	return vendors.map(({ name, vendor }) =>
		reportOn(execution, { rowsFrom }, { node: name, vendor }, world),
	);
}

/** Builds the workflow from an empty one to the rows of the CSV. */
async function checkList(checks: CheckRunner, editor: Editor, node: OpenNode): Promise<void> {
	await checks.check(
		'readme: a form accepts a CSV with semicolons and a BOM, and Extract from File outputs its rows',
		async () => {
			await editor.createWorkflow('Create workflow');
			await addFirstStep(editor, 'Add first step…', 'On form submission');
			await node.type('Form Title', 'Leads');
			await node.press('Add Form Element');
			await node.type('Label', 'data');
			await node.choose('Element Type', 'File');
			await editor.screenshot('readme-form');
			await editor.closeFields();

			await appendNode(editor, 'Extract from File', 'Extract from CSV');
			await node.addFromList('Add option', 'Exclude Byte Order Mark (BOM)');
			await node.toggle('Exclude Byte Order Mark (BOM)');
			// Last: while it has the focus, a tip of n8n's covers the button below it.
			await node.addFromList('Add option', 'Delimiter');
			await node.type('Delimiter', ';');
			await node.sendFile(async () => await node.press('Execute step'), MESSY_LIST.file, 'Submit');
			await node.waitForOutput(new RegExp(`${MESSY_LIST.rows} items`));
			await editor.screenshot('readme-rows');
			await editor.closeFields();
		},
	);
}

/** Adds a vendor's node after the rows: maps the columns, previews and runs. */
async function checkVendor(
	checks: CheckRunner,
	{ editor, node }: { editor: Editor; node: OpenNode },
	quickStart: QuickStart,
	steps: VendorSteps,
): Promise<void> {
	const { world } = quickStart;
	const { vendor } = steps;
	await checks.check(`readme: ${steps.node}, the columns are mapped to the fields`, async () => {
		if (steps === squadVoice) await appendNode(editor, steps.node, 'Create lead');
		else await addBranch(editor, rowsFrom, steps.node, 'Create lead');
		await steps.fillIn(node);
		await node.openTab('Settings');
		await node.choose('On Error', 'Continue (using error output)');
		await node.openTab('Parameters');
		if (steps === squadVoice) await editor.screenshotBoth('readme-mapped');
	});
	await checks.check(`readme: ${steps.node}, Preview Only shows what would be sent`, async () => {
		await node.addFromList('Add Option', 'Preview Only');
		world.reset();
		await node.press('Execute step');
		await node.waitForOutput(/nothing was sent/);
		await node.show('Success Branch', 'Schema');
		const output = await node.waitForOutput(/request/);
		assert(steps.request.test(output), output);
		const sent = world.requests.filter(({ method }) => method !== 'GET');
		assert(sent.length === 0 && world.ledger(vendor).held === 0, `${sent.length} were sent`);
		if (steps === squadVoice) await editor.screenshot('readme-preview');
	});
	await checks.check(
		`readme: ${steps.node}, the list is sent, and the other rows are on the error branch`,
		async () => {
			await node.toggle('Preview Only');
			await node.press('Execute step');
			await node.waitForOutput(/\d+ created/);
			const [report] = await compare(quickStart, editor.workflowId, [steps]);
			assert(report?.rows === MESSY_LIST.rows, JSON.stringify(report));
			assert(report.outcomes.created > 40 && report.outcomes.skipped === 1, JSON.stringify(report));
			assert(report.disagreements.length === 0, report.disagreements.join('; '));
			await node.show('Error Branch', 'Table');
			const failed = await node.waitForOutput(steps.reason);
			assert(/\boutcome\s+error\b/.test(failed), `outcome and error do not come first: ${failed}`);
			assert(failed.includes('Signed Up'), 'the columns of the row are missing');
			if (steps === squadVoice) await editor.screenshot('readme-left');
		},
	);
}

/** Sends the same list again, which SquadVoice's API would accept a second time. */
async function checkRepeatedRun(
	checks: CheckRunner,
	node: OpenNode,
	{ world }: QuickStart,
): Promise<void> {
	await checks.check('readme: a second run sends nothing again', async () => {
		const { held: before } = world.ledger('squadVoice');
		await node.press('Execute step');
		await node.waitForOutput(/SquadVoice: \d+ duplicates/);
		const { held, doubled } = world.ledger('squadVoice');
		assert(held === before && doubled === 0, `SquadVoice has ${held} leads, ${doubled} twice`);
	});
}

/** Executes the whole workflow, which asks for a list again. */
async function checkNextList(
	checks: CheckRunner,
	{ editor, node }: { editor: Editor; node: OpenNode },
	quickStart: QuickStart,
): Promise<void> {
	const [headers = ''] = MESSY_LIST.file.buffer.toString().split('\r\n');
	const row = 'XL-1;Zoë;Nowak;(312) 555-0177;zoe@example.com;IL;60601;11/09/2025;';
	const file = { ...MESSY_LIST.file, buffer: Buffer.from(`${headers}\r\n${row}\r\n`) };
	await checks.check('readme: the next list is sent to every vendor', async () => {
		await editor.closeFields();
		quickStart.world.reset();
		await node.sendFile(async () => await editor.press('Execute workflow'), file, 'Submit');
		await editor.page.getByText('Workflow executed successfully').waitFor();
		await editor.screenshot('readme-canvas');
		const reports = await compare(quickStart, editor.workflowId, [squadVoice, ...others]);
		for (const { vendor, outcomes, disagreements } of reports) {
			assert(outcomes.created === 1, `${vendor}: ${JSON.stringify(outcomes)}`);
			assert(disagreements.length === 0, `${vendor}: ${disagreements.join('; ')}`);
		}
		const lead = quickStart.world.squadVoice.find('0PT711', 'XL-1');
		assert(lead?.contactName === 'Zoë Nowak', `SquadVoice has ${JSON.stringify(lead)}`);
	});
}

/** Follows README's "Push your own list" in the editor. */
export async function checkReadme(
	checks: CheckRunner,
	editor: Editor,
	quickStart: QuickStart,
): Promise<void> {
	const node = new OpenNode(editor);
	await checkList(checks, editor, node);
	await checkVendor(checks, { editor, node }, quickStart, squadVoice);
	await checkRepeatedRun(checks, node, quickStart);
	for (const other of others) {
		await editor.closeFields();
		await checkVendor(checks, { editor, node }, quickStart, other);
	}
	await checkNextList(checks, { editor, node }, quickStart);
}
