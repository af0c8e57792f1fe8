import type { IDataObject } from 'n8n-workflow';
import { assert } from '../checks';
import type { DemoLead } from '../../quickstart/demoLeads';
import { byButton, assertSameRows, step, type Example, type ExampleContext } from './example';
import { campaigns, demoLeads, hasNumber, isOptedOut, optedOutRows } from './leads';

const LIST_COLUMNS = ['lead_id', 'first_name', 'last_name', 'phone', 'state', 'zip'] as const;
const FIELDS = [...LIST_COLUMNS, 'outcome', 'todo'];

/** Whether the node can send it: a lead with a ZIP code needs no state. */
const isSendable = (lead: DemoLead) => hasNumber(lead) && !['XX', 'n/a'].includes(lead.state);

/** The rows that cannot be sent. */
const leadsToFix = demoLeads.filter((lead) => !isOptedOut(lead) && !isSendable(lead));
const inTable: IDataObject[] = leadsToFix.map((lead) => ({
	...Object.fromEntries(LIST_COLUMNS.map((column) => [column, lead[column]])),
	outcome: 'notSent',
	todo: 'fix',
}));

/** A person's changes to three rows: one is valid, one still invalid, one a number that opted out. */
const fixes = [
	{ phone: '(206) 555-0191', state: 'WA', outcome: 'created', todo: 'done' },
	{ phone: '12', state: 'WA', outcome: 'notSent', todo: 'fix' },
	{ phone: optedOutRows[0]?.phone ?? '', state: 'WA', outcome: 'notSent', todo: 'done' },
];
const fixedRows = inTable.map((row, index) => ({ ...row, ...fixes[index] }));

async function fix({ leadsToFix: table }: ExampleContext): Promise<void> {
	for (const [index, { phone, state }] of fixes.entries()) {
		const leadId = String(inTable[index]?.lead_id);
		await table.change('lead_id', leadId, { phone, state, todo: 'send' });
	}
}

/** @throws Error unless Aktify received this number of requests, one per lead */
function assertRequestCount({ world }: ExampleContext, count: number): void {
	const sent = world.requests.filter(({ vendor }) => vendor === 'aktify').length;
	assert(sent === count, `${sent} requests went to Aktify instead of ${count}`);
}

const runList = byButton('ldFixResend00001', 'Run the List');
const runAgain = byButton('ldFixResend00001', 'Run Again');

const fixAndResend: Example = {
	file: 'fix-and-resend',
	prepare: async ({ doNotContact }) => await doNotContact.add(optedOutRows),
	steps: [
		step(
			'rows that were not accepted are in the table, with the reason',
			runList,
			async (context) => {
				const rows = await context.leadsToFix.rows();
				assertSameRows(rows, inTable, FIELDS, 'the table');
				assert(
					rows.every(({ reason }) =>
						/^(Phone Number|State|Aktify refused)\b.{3}/.test(String(reason)),
					),
					'a row has no reason',
				);
				const numbers = new Set(demoLeads.filter((lead) => !leadsToFix.includes(lead)));
				assert(
					context.world.ledger('aktify').held > 0.9 * numbers.size,
					'Aktify has too few leads',
				);
			},
		),
		step(
			'fixed rows are sent again',
			async (context) => {
				await fix(context);
				context.world.requests.length = 0;
				return await runAgain(context);
			},
			async (context) => {
				assertSameRows(await context.leadsToFix.rows(), fixedRows, FIELDS, 'the table');
				assertRequestCount(context, 1);
				const lead = context.world.aktify.find(campaigns.aktify, '+12065550191');
				const name = `${String(lead?.sent.firstName)} ${String(lead?.sent.lastName)}`;
				const expected = `${leadsToFix[0]?.first_name} ${leadsToFix[0]?.last_name}`;
				assert(name === expected, `Aktify has ${name} instead of ${expected}`);
			},
		),
		step(
			'a second run of the list sends nothing, and fixed rows stay fixed',
			async (context) => {
				context.world.requests.length = 0;
				await runAgain(context);
				return await runList(context);
			},
			async (context) => {
				assertRequestCount(context, 0);
				const reopened = { ...inTable[1], todo: 'fix' };
				const expected = fixedRows.map((row, index) => (index === 1 ? reopened : row));
				assertSameRows(await context.leadsToFix.rows(), expected, FIELDS, 'the table');
			},
		),
	],
};

/** The example in which a person fixes failed rows. */
export const fixAndResendExamples = [fixAndResend];
