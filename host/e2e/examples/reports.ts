import { closeStatuses, type SandboxState } from '../../../sandbox';
import { assert } from '../checks';
import {
	byButton,
	itemsOf,
	assertSameRows,
	rowsOf,
	rowsOfFile,
	step,
	type Example,
} from './example';
import { addToClose, campaigns, numberOf, tenDigits } from './leads';

const DAY_MS = 86_400_000;

/** Creates a lead at SquadVoice and, with an outcome, a call of it `daysAgo`. */
function addCalledLead(
	world: SandboxState,
	nth: number,
	outcome?: string,
	daysAgo = 1,
	leadId = `S-${nth}`,
) {
	const phoneNumber = numberOf(nth);
	const lead = {
		leadId,
		phoneNumber,
		contactName: `Zoë ${nth}`,
		stateCode: 'WA',
		customFields: {},
	};
	world.squadVoice.accept(campaigns.squadVoice, lead, Date.now() - 20 * DAY_MS);
	if (outcome === undefined) return;
	const at = Date.now() - daysAgo * DAY_MS;
	world.squadVoice.process(campaigns.squadVoice, leadId, { outcome, at });
}

const reEngage = byButton('ldReEngage000001', 'Run');

const reEngagement: Example = {
	file: 're-engagement',
	prepare: async ({ world, doNotContact }) => {
		addCalledLead(world, 1, 'Not Connected : No Answer');
		addCalledLead(world, 2, 'Busy');
		addCalledLead(world, 3, 'Connected : Objective Met');
		addCalledLead(world, 4, 'Wrong Number');
		addCalledLead(world, 5, 'DO NOT CALL again');
		addCalledLead(world, 6, 'No Answer', 10);
		addCalledLead(world, 7);
		addCalledLead(world, 8, 'No Answer');
		addCalledLead(world, 2, 'No Answer', 2, 'S-2-again');
		addCalledLead(world, 9, 'connected : call back');
		await doNotContact.add([{ phone: tenDigits(numberOf(8)) }]);
	},
	steps: [
		step(
			'sends unreached leads to Autocalls, each number once',
			reEngage,
			({ world }, execution) => {
				const held = [...world.autocalls.leads.values()].map(
					({ phoneNumber, variables, ...lead }) => ({
						phone: phoneNumber,
						campaign: lead.campaignId,
						name: String(variables.customer_name),
					}),
				);
				const expected = [1, 2].map((nth) => ({
					phone: numberOf(nth),
					campaign: 5,
					name: `Zoë ${nth}`,
				}));
				assertSameRows(held, expected, ['phone', 'campaign', 'name'], 'the campaign');
				const left = rowsOf(execution, 'Left Out').map(({ leadId }) => leadId);
				assert(left.join() === 'S-8', `left out: ${left.join()}`);
				const outcomes = rowsOf(execution, 'At Autocalls').map(({ outcome }) => outcome);
				assert(outcomes.sort().join() === 'created,created,duplicate', outcomes.join());
			},
		),
		step(
			'a run on the next day adds no lead again',
			async (context) => {
				context.world.requests.length = 0;
				return await reEngage(context);
			},
			({ world }, execution) => {
				const sent = world.requests.filter(({ vendor }) => vendor === 'autocalls').length;
				assert(sent === 0, `${sent} requests went to Autocalls`);
				assert(rowsOf(execution, 'At Autocalls').length === 3, 'not all of them were output again');
			},
		),
	],
};

const weekly = byButton('ldWeekly00000001', 'Run');
const COLUMNS = ['where', 'what', 'leads'];
const entry = (where: string, what: string, leads: number) => ({ where, what, leads: `${leads}` });
const ODD_OUTCOME = 'Call back, "later" <b>';

const weeklySummary: Example = {
	file: 'weekly-summary',
	prepare: async ({ world, doNotContact }) => {
		for (const nth of [1, 2, 3]) addCalledLead(world, nth, 'Connected : Objective Met', nth);
		addCalledLead(world, 4, ODD_OUTCOME, 6);
		addCalledLead(world, 5, 'Busy', 8);
		addCalledLead(world, 6);
		const [first, second, old] = world.autocalls.seedLeads(1, 5);
		for (const lead of [first, second]) if (lead) world.autocalls.setStatus(lead.id, 'completed');
		if (old) old.createdAt -= 20 * DAY_MS;
		const longAgo = Date.now() - 20 * DAY_MS;
		for (const nth of [1, 2]) addToClose(world, `New ${nth}`, [numberOf(nth)]);
		addToClose(world, 'Bought', [numberOf(3)], closeStatuses.customer.id);
		addToClose(world, 'Old', [numberOf(4)], closeStatuses.potential.id, longAgo);
		await doNotContact.add([
			{ phone: '2065550101', heard_from: 'Aktify' },
			{ phone: '2065550102', heard_from: 'Aktify' },
			{ phone: '2065550103', heard_from: 'opt-out webhook' },
		]);
	},
	steps: [
		step('counts the last seven days of every vendor', weekly, async ({ n8n }, execution) => {
			const expected = [
				entry('SquadVoice', 'Connected : Objective Met', 3),
				entry('SquadVoice', ODD_OUTCOME, 1),
				entry('Autocalls', 'completed', 2),
				entry('Autocalls', 'created', 2),
				entry('Close', 'Potential', 2),
				entry('Close', 'Customer', 1),
				entry('do-not-contact list', 'Aktify', 2),
				entry('do-not-contact list', 'opt-out webhook', 1),
			];
			const file = await rowsOfFile(n8n, execution, 'As CSV', 'weekly-summary.csv');
			assertSameRows(file, expected, COLUMNS, 'the summary');
			const [item] = itemsOf(execution, 'As a Table');
			const table = String(item?.json.table);
			assert(table.split('<tr').length === expected.length + 2, `the table is ${table}`);
			assert(!table.includes('<b>'), `the table contains a vendor's text as HTML: ${table}`);
		}),
		step(
			'vendors without events are left out, and the others are counted',
			async (context) => {
				context.world.close.reset();
				context.world.squadVoice.reset();
				return await weekly(context);
			},
			async ({ n8n }, execution) => {
				const file = await rowsOfFile(n8n, execution, 'As CSV', 'weekly-summary.csv');
				const left = file.map(({ where }) => String(where)).sort();
				const expected = ['Autocalls', 'Autocalls', 'do-not-contact list', 'do-not-contact list'];
				assert(left.join() === expected.join(), `the summary has ${left.join()}`);
			},
		),
	],
};

/** The examples that evaluate the outcomes of earlier calls. */
export const reports = [reEngagement, weeklySummary];
