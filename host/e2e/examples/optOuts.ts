import { aktifyAccounts } from '../../../sandbox';
import { assert } from '../checks';
import { step, type Example, type ExampleContext } from './example';
import { disabledAt, everywhere, addToAllVendors, tenDigits } from './leads';
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

const answer = (doNotContact: string, outcomes: Record<string, string>) =>
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
	assert(vendors.length === 4, `it is disabled at ${vendors.join(', ')} only`);
}

/** @throws Error unless the table holds the lead of `putEverywhere` once, and nothing else */
async function assertInTable({ doNotContact }: ExampleContext, heardFrom: string): Promise<void> {
	const found = (await doNotContact.rows()).map(({ phone, lead_id: leadId, heard_from: from }) =>
		JSON.stringify([phone, leadId, from]),
	);
	const due = JSON.stringify([tenDigits(everywhere.phone), everywhere.leadId, heardFrom]);
	assert(found.length === 1 && found[0] === due, `the table holds ${found.join(' ')}`);
}

const optOutEverywhere: Example = {
	file: 'opt-out-everywhere',
	published: true,
	prepare: ({ world }) => addToAllVendors(world),
	steps: [
		step(
			'disables at all four and enters the number',
			byWebhook({ phone: '(617) 555-0100 ext. 4', leadId: everywhere.leadId }),
			async (context, text) => {
				assert(text === answer('entered', disabledEverywhere), `it answered ${text}`);
				assertDisabledEverywhere(context);
				await assertInTable(context, 'opt-out webhook');
			},
		),
		step(
			'once more, in another spelling, is one row',
			byWebhook({ phone: 'tel:+1-617-555-0100', leadId: everywhere.leadId }),
			async (context, text) => {
				assert(text === answer('entered', disabledEverywhere), `it answered ${text}`);
				await assertInTable(context, 'opt-out webhook');
			},
		),
		step(
			'without a number it says what was not done',
			byWebhook({ phone: 'n/a', leadId: everywhere.leadId }),
			async (context, text) => {
				assert(text.startsWith('{"doNotContact":"not entered",'), `it answered ${text}`);
				assert(text.includes('"squadVoice":{"outcome":"disabled"}'), `it answered ${text}`);
				assert(text.includes('"aktify":{"outcome":"notSent","error":"Phone Number'), text);
				await assertInTable(context, 'opt-out webhook');
			},
		),
		step(
			'without the table the vendors are told all the same',
			async (context) => {
				context.world.reset();
				addToAllVendors(context.world);
				await context.doNotContact.remove();
				const text = await byWebhook(everywhere)(context);
				await context.n8n.execute('ldMakeTables0001', 'Run');
				return text;
			},
			(context, text) => {
				assert(text === answer('not entered', disabledEverywhere), `it answered ${text}`);
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
			'a STOP at Aktify disables at all four and enters the number',
			async ({ world }) => {
				world.aktify.play('one', everywhere.phone, 'lead.carrier_optout_received');
				await world.deliveries.settled();
				await waitForCount(4, () => disabledAt(world).length, 'vendors have disabled it');
			},
			async (context) => await assertInTable(context, 'Aktify'),
		),
	],
};

/** The examples in which somebody asks not to be contacted. */
export const optOuts = [optOutEverywhere, aktifyOptOut];
