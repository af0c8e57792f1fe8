import { closeStatuses, type SandboxState } from '../../../sandbox';
import { assert } from '../checks';
import { byButton, itemsOf, assertSameRows, rowsOf, step, type Example } from './example';
import {
	addToClose,
	demoLeads,
	hasNumber,
	isOptedOut,
	numberOf,
	optedOutRows,
	tenDigits,
} from './leads';
import { waitForCount } from './waitForCount';

/** Each call starts an execution, which costs n8n (2.41) about 0.1 s. */
const MAX_CALLS = 60;
/** With more, n8n on a busy machine responds after the vendor's timeout, and the vendor retries. */
const CONCURRENT_CALLS = 10;

const leadsOf = ({ autocalls }: SandboxState, campaign: number) =>
	[...autocalls.leads.values()].filter(({ campaignId }) => campaignId === campaign);

const closeIdOf = ({ variables }: { variables: Record<string, unknown> }) =>
	String(variables.close_lead_id);

/**
 * Calls the first leads of a campaign, every third without success, and waits for the results.
 * @throws Error unless each lead has one note in Close and the status of its call
 */
async function callAndCompare(world: SandboxState, campaign: number): Promise<void> {
	const leads = leadsOf(world, campaign).slice(0, MAX_CALLS);
	const isQualified = ({ id }: { id: number }) => id % 3 !== 0;
	assert(leads.length > 0, 'the campaign has no leads');
	for (let start = 0; start < leads.length; start += CONCURRENT_CALLS) {
		for (const lead of leads.slice(start, start + CONCURRENT_CALLS)) {
			const extracted = { status: isQualified(lead), summary: `Said "${lead.id}"` };
			world.autocalls.call(lead.id, { extracted });
		}
		await world.deliveries.settled();
	}
	await waitForCount(leads.length, () => world.close.notes.size, 'calls have a note in Close');
	const hasStatus = (lead: (typeof leads)[number]) => {
		const expected = isQualified(lead) ? closeStatuses.qualified.id : closeStatuses.badFit.id;
		return world.close.leads.get(closeIdOf(lead))?.statusId === expected;
	};
	await waitForCount(leads.length, () => leads.filter(hasStatus).length, 'leads have their status');
	const notes = [...world.close.notes.values()].map(({ leadId, note }) => ({ leadId, note }));
	const expected = leads.map((lead) => ({
		leadId: closeIdOf(lead),
		note: `Autocalls: completed after 125 s. Said "${lead.id}"`,
	}));
	assertSameRows(notes, expected, ['leadId', 'note'], 'the notes');
}

const statusRun = byButton('ldCloseToCalls01', 'Run');

/**
 * Leads 1 to 40, three of them opted out, and 41 with another status; one lead has no number, and
 * one has the number of lead 1.
 */
const closeStatus: Example = {
	file: 'close-status-to-autocalls',
	published: true,
	prepare: async ({ world, doNotContact }) => {
		world.close.seedLeads(40);
		addToClose(world, 'Qualified before', [numberOf(41)], closeStatuses.qualified.id);
		addToClose(world, 'No number', []);
		addToClose(world, 'Duplicate of 1', [numberOf(1)]);
		await doNotContact.add([5, 6, 7].map((nth) => ({ phone: tenDigits(numberOf(nth)) })));
	},
	steps: [
		step(
			'the leads with the status are in the campaign once',
			statusRun,
			({ world }, execution) => {
				const expected = Array.from({ length: 40 }, (_, index) => index + 1)
					.filter((nth) => ![5, 6, 7].includes(nth))
					.map((nth) => ({ phone: numberOf(nth) }));
				const held = leadsOf(world, 2).map(({ phoneNumber: phone }) => ({ phone }));
				assertSameRows(held, expected, ['phone'], 'the campaign');
				const wrong = leadsOf(world, 2).filter(
					(lead) =>
						!world.close.findByPhone(lead.phoneNumber).some(({ id }) => id === closeIdOf(lead)),
				);
				assert(wrong.length === 0, `${wrong.length} leads have the ID of another lead`);
				assert(
					rowsOf(execution, 'Left Out').length === 3,
					'the number of leads left out is not three',
				);
				const [left, ...more] = rowsOf(execution, 'Not at Autocalls');
				assert(
					more.length === 0 && left?.name === 'No number',
					`not sent: ${JSON.stringify(left)}`,
				);
				assert(
					world.autocalls.campaigns.get(2)?.status === 'in-progress',
					'the campaign is not started',
				);
			},
		),
		step(
			'a second run adds no lead',
			async (context) => {
				context.world.requests.length = 0;
				return await statusRun(context);
			},
			({ world }, execution) => {
				const writes = world.requests.filter(
					({ path, method }) => method === 'POST' && /lead$/.test(path),
				);
				assert(writes.length === 0, `${writes.length} leads were sent again`);
				const outcomes = new Set(rowsOf(execution, 'Autocalls').map(({ outcome }) => outcome));
				assert([...outcomes].join() === 'duplicate', `outcomes: ${[...outcomes].join()}`);
			},
		),
		step(
			'calls become notes and statuses in Close, and called leads are not called again',
			async (context) => {
				await callAndCompare(context.world, 2);
				return await statusRun(context);
			},
			(_context, execution) => {
				// Close lists the newest first, so the duplicate of lead 1 was called in its place.
				const remaining = rowsOf(execution, 'Leads of a Status').map(({ name }) => ({ name }));
				const expected = ['No number', 'Seed Lead 1', 'Seed Lead 5', 'Seed Lead 6', 'Seed Lead 7'];
				assertSameRows(
					remaining,
					expected.map((name) => ({ name })),
					['name'],
					'leads with the status',
				);
			},
		),
	],
};

const callsBack: Example = {
	file: 'calls-back-to-close',
	published: true,
	prepare: async ({ doNotContact }) => await doNotContact.add(optedOutRows),
	steps: [
		step(
			'every row with a number is in Close and in the campaign',
			byButton('ldCallsToClose01', 'Run'),
			({ world }, execution) => {
				const numbers = new Set(
					demoLeads
						.filter((lead) => hasNumber(lead) && !isOptedOut(lead))
						.map(({ phone }) => tenDigits(phone)),
				);
				const expected = [...numbers].map((phone) => ({ phone }));
				const held = leadsOf(world, 4).map((lead) => ({ phone: tenDigits(lead.phoneNumber) }));
				assertSameRows(held, expected, ['phone'], 'the campaign');
				assert(
					world.close.leads.size === expected.length,
					`Close has ${world.close.leads.size} leads`,
				);
				const left = rowsOf(execution, 'Left Out').length;
				assert(left === demoLeads.filter(isOptedOut).length, `${left} rows were left out`);
				const notSent = itemsOf(execution, 'Not Accepted').length;
				const without = demoLeads.filter((lead) => !hasNumber(lead)).length;
				assert(notSent === without, `${notSent} of ${without} rows without a number are reported`);
				const assistant = world.autocalls.assistants.get(504);
				assert(assistant?.isWebhookActive === true, 'the webhook of the assistant is not set');
			},
		),
		step(
			'calls become notes and statuses in Close',
			async ({ world }) => await callAndCompare(world, 4),
			() => undefined,
		),
		step(
			'unpublishing removes its webhook',
			async ({ n8n }) => await n8n.unpublish('ldCallsToClose01'),
			({ world }) => {
				const url = world.autocalls.assistants.get(504)?.webhookUrl;
				assert(url === null, `the webhook is still ${url}`);
			},
		),
	],
};

/** The examples between Close and an Autocalls campaign. */
export const closeAndAutocalls = [closeStatus, callsBack];
