import { type Checks, must } from './checks';
import { outputOf } from './demo';
import type { Editor } from './editor';
import type { QuickStart } from './quickStart';

/** The example workflows that the quick start does not run itself. */
export async function checkExamples(
	checks: Checks,
	{ n8n, editorUrl }: QuickStart,
	editor: Editor,
) {
	await checks.check('example: spreadsheet with a report of what was left', async () => {
		const { status, data } = await n8n.execute('ldSheetReport001', 'Run');
		must(status === 'success', `the execution ended as ${status}`);
		const left = outputOf(data, 'What Was Left and Why');
		must(left.length > 0, 'the demo leads have bad rows, and none was reported');
		must(
			left.every(({ json }) => json.reason !== '' && json.outcome !== ''),
			'a row was left without a reason',
		);
		const [report] = outputOf(data, 'Report as CSV');
		must(report?.binary?.data?.fileName === 'not-taken.csv', 'there is no report file');
	});

	await checks.check('example: Close leads of a status to Autocalls', async () => {
		const demo = await n8n.execute('ldPushCsvToAll01', 'Run the Demo');
		must(demo.status === 'success', `the demo ended as ${demo.status}`);
		for (const outcome of ['created', 'duplicate']) {
			const { status, data } = await n8n.execute('ldCloseToCalls01', 'Run');
			must(status === 'success', `the execution ended as ${status}`);
			const leads = outputOf(data, 'Leads of a Status');
			must(leads.length > 900, `Close has only ${leads.length} leads of the demo`);
			const callable = leads.filter(({ json }) => json.phoneNumber !== null).length;
			const taken = outputOf(data, 'Autocalls').filter(({ json }) => json.outcome === outcome);
			must(taken.length === callable, `${taken.length} of ${callable} are ${outcome}`);
		}
	});

	await checks.check('example: web form to both dialers', async () => {
		await n8n.publish('ldFormToDialer01');
		const lastPage = await editor.sendForm('lead-dispatch-form', {
			'First name': 'Zoë',
			'Last name': "O'Brien",
			Phone: '(206) 555-0199',
			State: 'Washington',
		});
		must(lastPage.includes('SquadVoice: created. Aktify: created'), `it says: ${lastPage}`);
	});

	await checks.check('example: opt out everywhere', async () => {
		await n8n.publish('ldOptOutAll00001');
		const response = await fetch(`${editorUrl}/webhook/lead-dispatch-opt-out`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ phone: '(201) 555-0100', leadId: 'LD-00001' }),
		});
		const answer = JSON.stringify(await response.json());
		must(
			answer ===
				'{"squadVoice":{"outcome":"disabled"},"aktify":{"outcome":"disabled"},"autocalls":{"outcome":"disabled"},"close":{"outcome":"disabled"}}',
			`it answered: ${answer}`,
		);
	});
}
