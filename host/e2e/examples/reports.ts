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

const day = 86_400_000;

/** Gives SquadVoice a lead and, unless `outcome` is undefined, calls it so many days ago. */
function called(
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
	world.squadVoice.accept(campaigns.squadVoice, lead, Date.now() - 20 * day);
	if (outcome === undefined) return;
	const at = Date.now() - daysAgo * day;
	world.squadVoice.process(campaigns.squadVoice, leadId, { outcome, at });
}

const reEngage = byButton('ldReEngage000001', 'Run');

const reEngagement: Example = {
	file: 're-engagement',
	prepare: async ({ world, doNotContact }) => {
		called(world, 1, 'Not Connected : No Answer');
		called(world, 2, 'Busy');
		called(world, 3, 'Connected : Objective Met');
		called(world, 4, 'Wrong Number');
		called(world, 5, 'DO NOT CALL again');
		called(world, 6, 'No Answer', 10);
		called(world, 7);
		called(world, 8, 'No Answer');
		called(world, 2, 'No Answer', 2, 'S-2-again');
		called(world, 9, 'connected : call back');
		await doNotContact.add([{ phone: tenDigits(numberOf(8)) }]);
	},
	steps: [
		step('gives the unreached to Autocalls, once each', reEngage, ({ world }, execution) => {
			const held = [...world.autocalls.leads.values()].map(
				({ phoneNumber, variables, ...lead }) => ({
					phone: phoneNumber,
					campaign: lead.campaignId,
					name: String(variables.customer_name),
				}),
			);
			const due = [1, 2].map((nth) => ({ phone: numberOf(nth), campaign: 5, name: `Zoë ${nth}` }));
			assertSameRows(held, due, ['phone', 'campaign', 'name'], 'the campaign');
			const left = rowsOf(execution, 'Left Out').map(({ leadId }) => leadId);
			assert(left.join() === 'S-8', `left out: ${left.join()}`);
			const outcomes = rowsOf(execution, 'At Autocalls').map(({ outcome }) => outcome);
			assert(outcomes.sort().join() === 'created,created,duplicate', outcomes.join());
		}),
		step(
			'the next day, nobody is added again',
			async (context) => {
				context.world.requests.length = 0;
				return await reEngage(context);
			},
			({ world }, execution) => {
				const sent = world.requests.filter(({ vendor }) => vendor === 'autocalls').length;
				assert(sent === 0, `${sent} requests went to Autocalls`);
				assert(rowsOf(execution, 'At Autocalls').length === 3, 'not all of them came out again');
			},
		),
	],
};

const weekly = byButton('ldWeekly00000001', 'Run');
const columns = ['where', 'what', 'leads'];
const entry = (where: string, what: string, leads: number) => ({ where, what, leads: `${leads}` });
const oddOutcome = 'Call back, "later" <b>';

const weeklySummary: Example = {
	file: 'weekly-summary',
	prepare: async ({ world, doNotContact }) => {
		for (const nth of [1, 2, 3]) called(world, nth, 'Connected : Objective Met', nth);
		called(world, 4, oddOutcome, 6);
		called(world, 5, 'Busy', 8);
		called(world, 6);
		const [first, second, old] = world.autocalls.seedLeads(1, 5);
		for (const lead of [first, second]) if (lead) world.autocalls.setStatus(lead.id, 'completed');
		if (old) old.createdAt -= 20 * day;
		const long = Date.now() - 20 * day;
		for (const nth of [1, 2]) addToClose(world, `New ${nth}`, [numberOf(nth)]);
		addToClose(world, 'Bought', [numberOf(3)], closeStatuses.customer.id);
		addToClose(world, 'Old', [numberOf(4)], closeStatuses.potential.id, long);
		await doNotContact.add([
			{ phone: '2065550101', heard_from: 'Aktify' },
			{ phone: '2065550102', heard_from: 'Aktify' },
			{ phone: '2065550103', heard_from: 'opt-out webhook' },
		]);
	},
	steps: [
		step('counts the last seven days of every vendor', weekly, async ({ n8n }, execution) => {
			const due = [
				entry('SquadVoice', 'Connected : Objective Met', 3),
				entry('SquadVoice', oddOutcome, 1),
				entry('Autocalls', 'completed', 2),
				entry('Autocalls', 'created', 2),
				entry('Close', 'Potential', 2),
				entry('Close', 'Customer', 1),
				entry('do-not-contact list', 'Aktify', 2),
				entry('do-not-contact list', 'opt-out webhook', 1),
			];
			const file = await rowsOfFile(n8n, execution, 'As CSV', 'weekly-summary.csv');
			assertSameRows(file, due, columns, 'the summary');
			const [item] = itemsOf(execution, 'As a Table');
			const table = String(item?.json.table);
			assert(table.split('<tr').length === due.length + 2, `the table is ${table}`);
			assert(!table.includes('<b>'), `the table holds what a vendor wrote as HTML: ${table}`);
		}),
		step(
			'vendors without news are left out, and the rest is counted',
			async (context) => {
				context.world.close.reset();
				context.world.squadVoice.reset();
				return await weekly(context);
			},
			async ({ n8n }, execution) => {
				const file = await rowsOfFile(n8n, execution, 'As CSV', 'weekly-summary.csv');
				const left = file.map(({ where }) => String(where)).sort();
				const due = ['Autocalls', 'Autocalls', 'do-not-contact list', 'do-not-contact list'];
				assert(left.join() === due.join(), `the summary holds ${left.join()}`);
			},
		),
	],
};

/** The examples that look back at what became of leads. */
export const reports = [reEngagement, weeklySummary];
