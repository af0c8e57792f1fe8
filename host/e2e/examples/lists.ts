import type { IDataObject } from 'n8n-workflow';
import { assert } from '../checks';
import type { DemoLead } from '../../quickstart/demoLeads';
import { byButton, assertSameRows, rowsOf, rowsOfFile, step, type Example } from './example';
import { campaigns, demoLeads, hasNumber, hasState, isOptedOut, optedOutRows } from './leads';

const REPORT_FIELDS = ['lead_id', 'phone', 'state', 'outcome', 'reason'];

/** The column that the reason must name, or the whole reason; undefined for a row that is sent. */
function reasonOf(lead: DemoLead): string | undefined {
	if (isOptedOut(lead)) return 'Asked not to be called';
	if (!hasNumber(lead)) return 'Phone Number';
	return hasState(lead) ? undefined : 'State';
}

/** The report expected for the demo leads, with the column instead of the whole reason. */
const expectedReport = demoLeads.flatMap((lead): IDataObject[] => {
	const reason = reasonOf(lead);
	const { lead_id: leadId, phone, state } = lead;
	return reason === undefined
		? []
		: [{ lead_id: leadId, phone, state, outcome: 'notSent', reason }];
});

/** Shortens each reason to the column that it begins with, if an explanation follows. */
const shortened = (rows: IDataObject[]) =>
	rows.map(({ reason, ...row }) => {
		const [, column] = /^(Phone Number|State)\W.*\w{2}/.exec(String(reason)) ?? [];
		return { ...row, reason: column ?? reason };
	});

const spreadsheet: Example = {
	file: 'spreadsheet-report',
	prepare: async ({ doNotContact }) => await doNotContact.add(optedOutRows),
	steps: [
		step(
			'every row is at SquadVoice, or in the report with the reason',
			byButton('ldSheetReport001', 'Run'),
			async ({ n8n, world }, execution) => {
				const report = await rowsOfFile(n8n, execution, 'Report as CSV', 'rejected-rows.csv');
				assertSameRows(shortened(report), expectedReport, REPORT_FIELDS, 'the report');
				const valid = demoLeads.filter((lead) => reasonOf(lead) === undefined);
				const expected = new Set(valid.map(({ lead_id: id }) => id));
				const held = [...world.squadVoice.leads.values()].map(({ leadId }) => String(leadId));
				const unexpected = held.filter((id) => !expected.has(id));
				assert(unexpected.length === 0, `SquadVoice received ${unexpected.join(', ')}`);
				assert(
					held.length === expected.size,
					`SquadVoice has ${held.length} of ${expected.size} leads`,
				);
				assert(world.ledger('squadVoice').doubled === 0, 'leads arrived twice');
			},
		),
		step(
			'a second run sends nothing and reports the same',
			async (context) => {
				context.world.requests.length = 0;
				return await byButton('ldSheetReport001', 'Run')(context);
			},
			async ({ n8n, world }, execution) => {
				const report = await rowsOfFile(n8n, execution, 'Report as CSV', 'rejected-rows.csv');
				assertSameRows(shortened(report), expectedReport, REPORT_FIELDS, 'the report');
				assert(world.requests.length === 0, `${world.requests.length} requests were made`);
				const others = rowsOf(execution, 'SquadVoice').filter(
					({ outcome }) => outcome !== 'duplicate' && outcome !== 'notSent',
				);
				assert(others.length === 0, `${others.length} rows are not duplicates`);
			},
		),
	],
};

const submit = (phone: string) => ({
	'First name': 'Zoë',
	'Last name': "O'Brien",
	Phone: phone,
	State: 'Washington',
});

const form: Example = {
	file: 'form-to-dialers',
	published: true,
	prepare: async ({ doNotContact }) => await doNotContact.add([{ phone: '2065550142' }]),
	steps: [
		step(
			'a lead goes to both dialers',
			async ({ editor }) => await editor.sendForm('lead-dispatch-form', submit('(206) 555-0199')),
			({ world }, page) => {
				assert(page.includes('SquadVoice: created. Aktify: created'), `the page is: ${page}`);
				const [lead] = [...world.squadVoice.leads.values()];
				assert(lead?.contactName === "Zoë O'Brien", `SquadVoice has ${lead?.contactName}`);
				assert(lead.phoneNumber === '12065550199', `its number is ${lead.phoneNumber}`);
				const atAktify = world.aktify.find(campaigns.aktify, '+12065550199')?.sent;
				assert(atAktify?.region === 'WA', `Aktify received ${JSON.stringify(atAktify)}`);
			},
		),
		step(
			'a lead on the do-not-contact list is not sent, and the page says so',
			async ({ editor }) =>
				await editor.sendForm('lead-dispatch-form', submit('+1 206.555.0142 extension 7')),
			({ world }, page) => {
				assert(page.includes('so we do not call it'), `the page is: ${page}`);
				const held = world.ledger('squadVoice').held + world.ledger('aktify').held;
				assert(held === 2, `the dialers have ${held} leads`);
			},
		),
		step(
			'an invalid number is reported on the last page',
			async ({ editor }) => await editor.sendForm('lead-dispatch-form', submit('12345')),
			(_context, page) => {
				const reported = /SquadVoice: notSent \(Phone Number.*Aktify: notSent \(Phone Number/s;
				assert(reported.test(page), `the page is: ${page}`);
				assert(page.includes('We could not take your number'), `the page is: ${page}`);
			},
		),
	],
};

/** The examples that send leads of a form or a file. */
export const lists = [form, spreadsheet];
