import { aktifyAccounts } from '../../../sandbox';
import { assert } from '../checks';
import { step, type Example, type ExampleContext } from './example';
import { disabledAt, optOutLead, addToAllVendors, tenDigits } from './leads';
import { waitForCount } from './waitForCount';

const byWebhook =
	(body: object) =>
	async ({ url }: ExampleContext): Promise<string> => {
		const response = await fetch(`${url}/webhook/lead-dispatch-opt-out`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(body),
		});
		return await response.text();
	};

const responseBody = (doNotContact: string, outcomes: Record<string, string>) =>
	JSON.stringify({
		doNotContact,
		...Object.fromEntries(
			Object.entries(outcomes).map(([vendor, outcome]) => [vendor, { outcome }]),
		),
	});

const disabledEverywhere = {
	squadVoice: 'disabled',
	aktify: 'disabled',
	autocalls: 'disabled',
	close: 'disabled',
};

function assertDisabledEverywhere({ world }: ExampleContext): void {
	const vendors = disabledAt(world);
	assert(vendors.length === 4, `it is disabled only at ${vendors.join(', ')}`);
}

/** @throws Error unless the table has exactly one row, the lead of `addToAllVendors` */
async function assertInTable({ doNotContact }: ExampleContext, heardFrom: string): Promise<void> {
	const found = (await doNotContact.rows()).map(({ phone, lead_id: leadId, heard_from: from }) =>
		JSON.stringify([phone, leadId, from]),
	);
	const expected = JSON.stringify([tenDigits(optOutLead.phone), optOutLead.leadId, heardFrom]);
	assert(found.length === 1 && found[0] === expected, `the table has ${found.join(' ')}`);
}

const optOutEverywhere: Example = {
	file: 'opt-out-everywhere',
	published: true,
	prepare: ({ world }) => addToAllVendors(world),
	steps: [
		step(
			'disables the lead at all four vendors and enters the number',
			byWebhook({ phone: '(617) 555-0100 ext. 4', leadId: optOutLead.leadId }),
			async (context, text) => {
				assert(text === responseBody('entered', disabledEverywhere), `it responded ${text}`);
				assertDisabledEverywhere(context);
				await assertInTable(context, 'opt-out webhook');
			},
		),
		step(
			'the same number in another spelling adds no row',
			byWebhook({ phone: 'tel:+1-617-555-0100', leadId: optOutLead.leadId }),
			async (context, text) => {
				assert(text === responseBody('entered', disabledEverywhere), `it responded ${text}`);
				await assertInTable(context, 'opt-out webhook');
			},
		),
		step(
			'without a number it reports what was not done',
			byWebhook({ phone: 'n/a', leadId: optOutLead.leadId }),
			async (context, text) => {
				assert(text.startsWith('{"doNotContact":"not entered",'), `it responded ${text}`);
				assert(text.includes('"squadVoice":{"outcome":"disabled"}'), `it responded ${text}`);
				assert(text.includes('"aktify":{"outcome":"notSent","error":"Phone Number'), text);
				await assertInTable(context, 'opt-out webhook');
			},
		),
		step(
			'without the table the lead is still disabled at the vendors',
			async (context) => {
				context.world.reset();
				addToAllVendors(context.world);
				await context.doNotContact.remove();
				const text = await byWebhook(optOutLead)(context);
				await context.n8n.execute('ldMakeTables0001', 'Run');
				return text;
			},
			(context, text) => {
				assert(text === responseBody('not entered', disabledEverywhere), `it responded ${text}`);
				assertDisabledEverywhere(context);
			},
		),
	],
};

const aktifyOptOut: Example = {
	file: 'aktify-opt-out-everywhere',
	published: true,
	prepare: ({ world, url }) => {
		addToAllVendors(world);
		world.aktify.webhooks.configureWebhook('account', {
			url: `${url}/webhook/6f0d7c1e-5a43-4d52-9a52-1d6f2a7c0005/aktify`,
			clientSecret: aktifyAccounts.one.clientSecret,
			version: 'v2',
			signature: 'v2',
			events: ['lead.carrier_optout_received'],
		});
	},
	steps: [
		step(
			'a STOP at Aktify disables the lead at all four vendors and enters the number',
			async ({ world }) => {
				world.aktify.play('one', optOutLead.phone, 'lead.carrier_optout_received');
				await world.deliveries.settled();
				await waitForCount(4, () => disabledAt(world).length, 'vendors have disabled it');
			},
			async (context) => await assertInTable(context, 'Aktify'),
		),
	],
};

/** The examples of opting out. */
export const optOuts = [optOutEverywhere, aktifyOptOut];
