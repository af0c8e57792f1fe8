import { autocallsAccounts } from '../../../sandbox';
import type { Sandbox, SandboxState } from '../../../sandbox';
import { leads } from '../../support/fixtures';
import { countBy, type Write } from '../write';

const campaignId = 1;
const campaign = { __rl: true, mode: 'id', value: String(campaignId) };

const vendor = {
	vendor: 'autocalls',
	node: 'autocalls',
	reconciledBy: ['resend'],
	credentials: ({ url }: Sandbox) => ({
		leadDispatchAutocallsApi: {
			baseUrl: `${url}/autocalls`,
			apiKey: autocallsAccounts.one.key,
		},
	}),
} as const;

/** Leads that exist at the vendor, for the writes that change one. */
const existingLeads: Write['prepare'] = ({ autocalls }, count) =>
	autocalls
		.seedLeads(campaignId, count)
		.map(({ id, phoneNumber }) => ({ id, phone: phoneNumber, name: `New Name ${id}` }));

const leadOf = ({ autocalls }: SandboxState, id: unknown) => autocalls.leads.get(Number(id));

export const autocallsWrites: Write[] = [
	{
		...vendor,
		name: 'Autocalls create',
		reconciledBy: ['lookUp'],
		parameters: {
			resource: 'lead',
			operation: 'create',
			campaign,
			phoneNumber: '={{ $json.phone }}',
		},
		prepare: ({ autocalls }, count) => {
			// Stricter than the assumed vendor: a second create of a number creates a second lead.
			autocalls.rejectDuplicates = false;
			return leads(count);
		},
		countWrites: ({ autocalls }, items) => {
			const counts = countBy([...autocalls.leads.values()].map(({ phoneNumber }) => phoneNumber));
			return items.map(({ phone }) => counts.get(String(phone)) ?? 0);
		},
	},
	{
		...vendor,
		name: 'Autocalls update',
		parameters: {
			resource: 'lead',
			operation: 'update',
			leadId: '={{ $json.id }}',
			customFieldsMode: 'define',
			customFields: { field: [{ name: 'customer_name', value: '={{ $json.name }}' }] },
		},
		prepare: existingLeads,
		countWrites: (world, items) =>
			items.map(({ id, name }) => Number(leadOf(world, id)?.variables.customer_name === name)),
	},
	{
		...vendor,
		name: 'Autocalls disable',
		parameters: {
			resource: 'lead',
			operation: 'disable',
			findBy: 'phone',
			phoneNumber: '={{ $json.phone }}',
			campaign,
		},
		prepare: existingLeads,
		countWrites: (world, items) =>
			items.map(({ id }) => Number(leadOf(world, id)?.status === 'completed')),
	},
	{
		...vendor,
		name: 'Autocalls delete',
		parameters: { resource: 'lead', operation: 'delete', leadId: '={{ $json.id }}' },
		prepare: existingLeads,
		countWrites: (world, items) => items.map(({ id }) => Number(leadOf(world, id) === undefined)),
	},
];
