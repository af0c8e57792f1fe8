import type { IDataObject } from 'n8n-workflow';
import { assert } from '../checks';
import type { DemoLead } from '../../quickstart/demoLeads';
import { byButton, mustBeSame, step, type Example, type Scene } from './example';
import { campaigns, demoLeads, hasNumber, hasRealNumber, isOptedOut, optedOutRows } from './leads';

const listColumns = ['lead_id', 'first_name', 'last_name', 'phone', 'state', 'zip'] as const;
const fields = [...listColumns, 'outcome', 'todo'];

/** Whether the node can send it: a state is not needed where there is a ZIP code. */
const isFit = (lead: DemoLead) => hasNumber(lead) && !['XX', 'n/a'].includes(lead.state);

/** The rows that cannot be sent, and those with a number that Aktify does not believe. */
const toMend = demoLeads.filter(
	(lead) => !isOptedOut(lead) && !(isFit(lead) && hasRealNumber(lead)),
);
const refused = toMend.filter(isFit).length;
const inTable: IDataObject[] = toMend.map((lead) => ({
	...Object.fromEntries(listColumns.map((column) => [column, lead[column]])),
	outcome: isFit(lead) ? 'refused' : 'notSent',
	todo: 'fix',
}));

/** What a person does about three rows: one mended well, one not, and one of somebody who opted out. */
const mends = [
	{ phone: '(206) 555-0191', state: 'WA', outcome: 'created', todo: 'done' },
	{ phone: '12', state: 'WA', outcome: 'notSent', todo: 'fix' },
	{ phone: optedOutRows[0]?.phone ?? '', state: 'WA', outcome: 'notSent', todo: 'done' },
];
const mended = inTable.map((row, index) => ({ ...row, ...mends[index] }));

async function mend({ toMend: table }: Scene): Promise<void> {
	for (const [index, { phone, state }] of mends.entries()) {
		const leadId = String(inTable[index]?.lead_id);
		await table.change('lead_id', leadId, { phone, state, todo: 'send' });
	}
}

/** @throws Error unless Aktify was asked so many times: each lead is a request */
function mustHaveSent({ world }: Scene, count: number): void {
	const sent = world.requests.filter(({ vendor }) => vendor === 'aktify').length;
	assert(sent === count, `${sent} requests went to Aktify instead of ${count}`);
}

const list = byButton('ldFixResend00001', 'Run the List');
const again = byButton('ldFixResend00001', 'Run Again');

const mendAndRunAgain: Example = {
	file: 'fix-and-resend',
	prepare: async ({ doNotContact }) => await doNotContact.add(optedOutRows),
	steps: [
		step('rows that cannot be sent are in the table, with the reason', list, async (scene) => {
			const rows = await scene.toMend.rows();
			mustBeSame(rows, inTable, fields, 'the table');
			assert(
				rows.every(({ reason }) =>
					/^(Phone Number|State|Aktify refused)\b.{3}/.test(String(reason)),
				),
				'a row has no reason',
			);
			const numbers = new Set(demoLeads.filter((lead) => !toMend.includes(lead)));
			assert(scene.world.ledger('aktify').held > 0.9 * numbers.size, 'Aktify has too few leads');
		}),
		step(
			'mended rows are sent again',
			async (scene) => {
				await mend(scene);
				scene.world.requests.length = 0;
				return await again(scene);
			},
			async (scene) => {
				mustBeSame(await scene.toMend.rows(), mended, fields, 'the table');
				mustHaveSent(scene, 1);
				const lead = scene.world.aktify.find(campaigns.aktify, '+12065550191');
				const name = `${String(lead?.sent.firstName)} ${String(lead?.sent.lastName)}`;
				const due = `${toMend[0]?.first_name} ${toMend[0]?.last_name}`;
				assert(name === due, `Aktify has ${name} instead of ${due}`);
			},
		),
		step(
			'the list run again sends only what was refused, and what is mended stays so',
			async (scene) => {
				scene.world.requests.length = 0;
				await again(scene);
				return await list(scene);
			},
			async (scene) => {
				mustHaveSent(scene, refused);
				const reopened = { ...inTable[1], todo: 'fix' };
				const due = mended.map((row, index) => (index === 1 ? reopened : row));
				mustBeSame(await scene.toMend.rows(), due, fields, 'the table');
			},
		),
	],
};

/** The example in which failed rows are mended by a person. */
export const mending = [mendAndRunAgain];
