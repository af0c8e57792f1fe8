import type { IDataObject } from 'n8n-workflow';
import { squadVoiceAccounts } from '../../../sandbox';
import type { Sandbox, SandboxState } from '../../../sandbox';
import type { StoredCredentials } from '../../support/engine';
import { leads } from '../../support/fixtures';
import { countBy, numbered, type ExpiringCredential, type Write } from '../write';

const { standard, affiliate, v4, login } = squadVoiceAccounts;

function credentials({ url }: Sandbox, more: IDataObject): StoredCredentials {
	return { leadDispatchSquadVoiceApi: { baseUrl: `${url}/squadvoice`, apiVersion: 'v1', ...more } };
}

const withStandard = (sandbox: Sandbox) => credentials(sandbox, { accessToken: standard.token });
const withV4 = (sandbox: Sandbox) =>
	credentials(sandbox, { apiVersion: 'v4', accessToken: v4.token });

/** The login of v1: n8n fetches another token when it has expired. */
function withLogin(sandbox: Sandbox): ExpiringCredential {
	return {
		credentials: credentials(sandbox, {
			authentication: 'login',
			clientId: login.clientId,
			clientSecret: login.clientSecret,
			username: login.username,
			password: login.password,
			sessionToken: '',
			refreshToken: '',
		}),
		expire: () => sandbox.world.squadVoice.tokens.expireAll(),
	};
}

const campaign = (value: string) => ({ __rl: true, mode: 'id', value });

const create = {
	resource: 'lead',
	operation: 'create',
	leadId: '={{ $json.id }}',
	phoneNumber: '={{ $json.phone }}',
	contactName: '={{ $json.name }}',
	state: '={{ $json.state }}',
};

/** A valid Indian number for each index. */
const indian = (index: number) => `+91${9_899_550_000 + index}`;
const indians = (count: number): IDataObject[] =>
	leads(count).map((lead, index) => ({ ...lead, phone: indian(index) }));

/** Leads that exist at the vendor, for the writes that change one. */
function existingLeads(campaignId: string): Write['prepare'] {
	return ({ squadVoice }, count) => {
		for (const index of numbered(count, (number) => number)) {
			const lead = { leadId: `L${index}`, phoneNumber: indian(index), contactName: 'Old Name' };
			squadVoice.accept(campaignId, { ...lead, customFields: {} }, Date.now());
		}
		return indians(count);
	};
}

const leadOf = ({ squadVoice }: SandboxState, campaignId: string, id: unknown) =>
	squadVoice.leads.get(`${campaignId}|${String(id)}`);

/** How often the create of each lead was accepted. */
const arrivals =
	(campaignId: string, idOf = ({ id }: IDataObject) => id): Write['countWrites'] =>
	(world, items) =>
		items.map((item) => leadOf(world, campaignId, idOf(item))?.arrivals ?? 0);

/** How often each lead was converted, by the requests that took effect. */
const conversions: Write['countWrites'] = (world, items) => {
	const done = world.requests.filter(({ path, effect }) => effect && path.includes('/convert/'));
	const counts = countBy(done.map(({ body }) => JSON.stringify(body)));
	return items.map(
		({ id }) => counts.get(JSON.stringify({ lead_id: id, detail: 'purchase' })) ?? 0,
	);
};

const vendor = { vendor: 'squadVoice', node: 'squadVoice', reconciledBy: ['resend'] } as const;
const inV4 = { ...vendor, credentials: withV4, prepare: existingLeads(v4.campaign) } as const;
const aboutOne = {
	resource: 'lead',
	campaign: campaign(v4.campaign),
	leadId: '={{ $json.id }}',
};

export const squadVoiceWrites: Write[] = [
	{
		...vendor,
		name: 'SquadVoice create',
		reconciledBy: ['lookUp'],
		parameters: { ...create, campaign: campaign(standard.campaign) },
		isBatched: true,
		credentials: withStandard,
		withExpiringToken: withLogin,
		prepare: (_world, count) => leads(count),
		countWrites: arrivals(standard.campaign),
	},
	{
		...vendor,
		name: 'SquadVoice create (v4)',
		reconciledBy: ['lookUp'],
		parameters: { ...create, campaign: campaign(v4.campaign) },
		isBatched: true,
		credentials: withV4,
		prepare: (_world, count) => indians(count),
		countWrites: arrivals(v4.campaign),
	},
	{
		...vendor,
		name: 'SquadVoice create (affiliate)',
		parameters: { ...create, leadId: '', campaign: campaign(affiliate.campaign) },
		reconciledBy: [],
		credentials: (sandbox) =>
			credentials(sandbox, {
				accountKind: 'affiliate',
				affiliateId: affiliate.affiliateId,
				accessToken: affiliate.token,
			}),
		prepare: (_world, count) => leads(count),
		// The ID of an affiliate's lead is its phone number.
		countWrites: arrivals(affiliate.campaign, ({ phone }) => String(phone).slice(1)),
	},
	{
		...vendor,
		name: 'SquadVoice disable',
		parameters: { ...aboutOne, operation: 'disable', campaign: campaign(standard.campaign) },
		isBatched: true,
		credentials: withStandard,
		withExpiringToken: withLogin,
		prepare: existingLeads(standard.campaign),
		countWrites: (world, items) =>
			items.map(({ id }) => Number(leadOf(world, standard.campaign, id)?.disabledAt !== undefined)),
	},
	{
		...inV4,
		name: 'SquadVoice update (v4)',
		parameters: { ...aboutOne, operation: 'update', contactName: '={{ $json.name }}' },
		countWrites: (world, items) =>
			items.map(({ id, name }) =>
				Number(leadOf(world, v4.campaign, id)?.contactName === String(name)),
			),
	},
	{
		...inV4,
		name: 'SquadVoice delete (v4)',
		parameters: { ...aboutOne, operation: 'delete' },
		countWrites: (world, items) =>
			items.map(({ id }) => Number(leadOf(world, v4.campaign, id)?.erasedAt !== undefined)),
	},
	{
		...inV4,
		name: 'SquadVoice convert (v4)',
		parameters: { ...aboutOne, operation: 'convert', detail: 'purchase' },
		reconciledBy: [],
		countWrites: conversions,
	},
];
