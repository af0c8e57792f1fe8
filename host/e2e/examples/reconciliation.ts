import { closeStatuses, type SandboxState } from '../../../sandbox';
import { assert } from '../checks';
import type { Execution } from '../../n8n/restApi';
import {
	byButton,
	itemsOf,
	assertSameRows,
	rowsOfFile,
	step,
	type Example,
	type ExampleContext,
} from './example';
import { addToClose, numberOf, tenDigits } from './leads';

const CAMPAIGN = 2;
const LEADS = 60;
const run = byButton('ldReconcile00001', 'Run');

/** The nth lead in Close, found by its number. @throws Error if there is none */
function atClose({ close }: SandboxState, nth: number) {
	const [lead] = close.findByPhone(numberOf(nth));
	if (lead === undefined) throw new Error(`Close has no lead ${nth}`);
	return lead;
}

function atAutocalls({ autocalls }: SandboxState, nth: number) {
	const lead = autocalls.find(CAMPAIGN, numberOf(nth));
	if (lead === undefined) throw new Error(`Autocalls has no lead ${nth}`);
	return lead;
}

/** Creates 60 leads at both vendors, then some differences. */
async function addDifferences({ world, doNotContact }: ExampleContext): Promise<void> {
	world.close.seedLeads(LEADS);
	world.autocalls.seedLeads(CAMPAIGN, LEADS);
	// missing in the campaign; lead 7 has opted out, so it must stay missing
	for (const nth of [3, 4, 7]) world.autocalls.remove(atAutocalls(world, nth));
	// must no longer be called: another status, deleted, opted out
	atClose(world, 5).statusId = closeStatuses.badFit.id;
	world.close.dropLead(atClose(world, 6));
	await doNotContact.add([7, 9].map((nth) => ({ phone: tenDigits(numberOf(nth)) })));
	// called already, so nothing needs to be done
	atClose(world, 8).statusId = closeStatuses.qualified.id;
	world.autocalls.setStatus(atAutocalls(world, 8).id, 'completed');
	// no number, the number of another lead, a new lead
	addToClose(world, 'No number', []);
	addToClose(world, 'Duplicate of 1', [numberOf(1)]);
	addToClose(world, 'New lead', [numberOf(99)]);
}

const missing = (nth: number) => ({
	phone: numberOf(nth),
	found: 'missing in the campaign',
	outcome: 'created',
	reason: '',
});
const superfluous = (nth: number) => ({
	phone: numberOf(nth),
	found: 'not in Close any more',
	outcome: 'disabled',
	reason: '',
});
const expectedReport = [
	missing(3),
	missing(4),
	missing(99),
	superfluous(5),
	superfluous(6),
	superfluous(9),
];

function completed({ autocalls }: SandboxState): string {
	const done = [...autocalls.leads.values()].filter(({ status }) => status === 'completed');
	return done.map(({ phoneNumber }) => Number(phoneNumber.slice(-3))).join();
}

function assertNoWrites({ world }: ExampleContext): void {
	const writes = world.requests.filter(({ effect }) => effect);
	assert(writes.length === 0, `${writes.length} writes, such as ${writes[0]?.path}`);
}

const reconciliation: Example = {
	file: 'nightly-reconciliation',
	prepare: addDifferences,
	steps: [
		step('adds missing leads and disables superfluous ones', run, async (context, execution) => {
			const { n8n, world } = context;
			const report = await rowsOfFile(n8n, execution, 'Report as CSV', 'reconciliation.csv');
			assertSameRows(report, expectedReport, ['phone', 'found', 'outcome', 'reason'], 'the report');
			assert(completed(world) === '5,6,8,9', `disabled: ${completed(world)}`);
			for (const nth of [3, 4, 99]) {
				const { close_lead_id: closeId } = atAutocalls(world, nth).variables;
				assert(closeId === atClose(world, nth).id, `lead ${nth} has the ID ${String(closeId)}`);
			}
			assert(
				world.autocalls.find(CAMPAIGN, numberOf(7)) === undefined,
				'a lead that opted out was added',
			);
			assert(
				world.ledger('autocalls').held === LEADS - 3 + 3,
				'the campaign does not have 60 leads',
			);
		}),
		step(
			'a second run has nothing to do and writes no report',
			async (context) => {
				context.world.requests.length = 0;
				return await run(context);
			},
			(context, execution) => {
				assertNoWrites(context);
				assert(itemsOf(execution, 'Report as CSV').length === 0, 'there is a report');
			},
		),
		step(
			'with too many leads to disable at once it disables none',
			async ({ world, n8n }): Promise<Execution> => {
				for (const lead of world.close.leads.values()) lead.statusId = closeStatuses.customer.id;
				world.requests.length = 0;
				return await n8n.execute('ldReconcile00001', 'Run');
			},
			(context, { status, data }) => {
				const message = data.resultData.error?.message ?? '';
				assert(status === 'error', `the execution ended as ${status}`);
				assert(/^Close no longer wants 5\d leads/.test(message), `the message is: ${message}`);
				assertNoWrites(context);
			},
		),
		step(
			'with too many leads to add at once it adds none',
			async ({ world, n8n }): Promise<Execution> => {
				for (const lead of world.close.leads.values()) lead.statusId = closeStatuses.potential.id;
				for (let nth = 101; nth <= 151; nth++) addToClose(world, `New ${nth}`, [numberOf(nth)]);
				world.requests.length = 0;
				return await n8n.execute('ldReconcile00001', 'Run');
			},
			({ world }, { status, data }) => {
				const message = data.resultData.error?.message ?? '';
				assert(status === 'error', `the execution ended as ${status}`);
				assert(/^Close wants 5\d leads called/.test(message), `the message is: ${message}`);
				const added = world.requests.filter(({ path }) => path === '/user/lead');
				assert(added.length === 0, `${added.length} leads were added`);
			},
		),
	],
};

/** The example that compares a campaign with Close. */
export const reconciliations = [reconciliation];
