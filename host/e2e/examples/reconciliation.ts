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

const campaign = 2;
const leads = 60;
const run = byButton('ldReconcile00001', 'Run');

/** A lead that is in Close under its number. @throws Error if there is none */
function atClose({ close }: SandboxState, nth: number) {
	const [lead] = close.findByPhone(numberOf(nth));
	if (lead === undefined) throw new Error(`Close holds no lead ${nth}`);
	return lead;
}

function atAutocalls({ autocalls }: SandboxState, nth: number) {
	const lead = autocalls.find(campaign, numberOf(nth));
	if (lead === undefined) throw new Error(`Autocalls holds no lead ${nth}`);
	return lead;
}

/** Sixty leads that agree, and then: */
async function disagree({ world, doNotContact }: ExampleContext): Promise<void> {
	world.close.seedLeads(leads);
	world.autocalls.seedLeads(campaign, leads);
	// missing in the campaign; 7 has opted out, so that it is not missed
	for (const nth of [3, 4, 7]) world.autocalls.remove(atAutocalls(world, nth));
	// no longer to be called: another status, deleted, opted out
	atClose(world, 5).statusId = closeStatuses.badFit.id;
	world.close.dropLead(atClose(world, 6));
	await doNotContact.add([7, 9].map((nth) => ({ phone: tenDigits(numberOf(nth)) })));
	// called already, so that nothing is to be done
	atClose(world, 8).statusId = closeStatuses.qualified.id;
	world.autocalls.setStatus(atAutocalls(world, 8).id, 'completed');
	// no number; the number of another lead; a lead that is new
	addToClose(world, 'No number', []);
	addToClose(world, 'Twin of 1', [numberOf(1)]);
	addToClose(world, 'New lead', [numberOf(99)]);
}

const missing = (nth: number) => ({
	phone: numberOf(nth),
	found: 'missing in the campaign',
	outcome: 'created',
	reason: '',
});
const tooMuch = (nth: number) => ({
	phone: numberOf(nth),
	found: 'not in Close any more',
	outcome: 'disabled',
	reason: '',
});
const dueReport = [missing(3), missing(4), missing(99), tooMuch(5), tooMuch(6), tooMuch(9)];

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
	prepare: disagree,
	steps: [
		step('adds what is missing and takes off what is too much', run, async (context, execution) => {
			const { n8n, world } = context;
			const report = await rowsOfFile(n8n, execution, 'Report as CSV', 'reconciliation.csv');
			assertSameRows(report, dueReport, ['phone', 'found', 'outcome', 'reason'], 'the report');
			assert(completed(world) === '5,6,8,9', `taken off: ${completed(world)}`);
			for (const nth of [3, 4, 99]) {
				const { close_lead_id: closeId } = atAutocalls(world, nth).variables;
				assert(closeId === atClose(world, nth).id, `lead ${nth} has the ID ${String(closeId)}`);
			}
			assert(world.autocalls.find(campaign, numberOf(7)) === undefined, 'who opted out was added');
			assert(world.ledger('autocalls').held === leads - 3 + 3, 'the campaign has not 60 leads');
		}),
		step(
			'run again, there is nothing to do and no report',
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
			'the brake: too many at once, and none is taken off',
			async ({ world, n8n }): Promise<Execution> => {
				for (const lead of world.close.leads.values()) lead.statusId = closeStatuses.customer.id;
				world.requests.length = 0;
				return await n8n.execute('ldReconcile00001', 'Run');
			},
			(context, { status, data }) => {
				const message = data.resultData.error?.message ?? '';
				assert(status === 'error', `the execution ended as ${status}`);
				assert(/^Close no longer wants 5\d leads/.test(message), `it says: ${message}`);
				assertNoWrites(context);
			},
		),
	],
};

/** The example that compares a campaign with Close. */
export const reconciliations = [reconciliation];
