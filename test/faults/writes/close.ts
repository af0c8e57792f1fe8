import { closeAccounts, closeStatuses } from '../../../sandbox';
import type { Sandbox, SandboxState } from '../../../sandbox';
import { leads } from '../../support/fixtures';
import { countBy, type Expiring, type Write } from '../write';

/** The OAuth2 credential, connected: n8n refreshes its token when it has run out. */
function withOAuth2({ url, world }: Sandbox): Expiring {
	const { clientId, clientSecret } = closeAccounts.oauth;
	const { accessToken, refreshToken } = world.close.tokens.issue(3_600_000);
	return {
		credentials: {
			leadDispatchCloseOAuth2Api: {
				baseUrl: `${url}/close`,
				accessTokenUrl: `${url}/close/oauth2/token/`,
				clientId,
				clientSecret,
				oauthTokenData: { access_token: accessToken, refresh_token: refreshToken },
			},
		},
		parameters: { authentication: 'oAuth2' },
		expire: () => world.close.tokens.expireAll(),
	};
}

const vendor = {
	vendor: 'close',
	node: 'close',
	clearedUpBy: ['repeating'],
	credentials: ({ url }: Sandbox) => ({
		leadDispatchCloseApi: { baseUrl: `${url}/close`, apiKey: closeAccounts.one.key },
	}),
	expiring: withOAuth2,
} as const;

const about = { authentication: 'apiKey', resource: 'lead' };
const aboutOne = { ...about, leadId: '={{ $json.id }}' };
const contacts = {
	contact: [
		{
			name: '={{ $json.name }}',
			phones: { phone: [{ phone: '={{ $json.phone }}', type: 'mobile' }] },
		},
	],
};

/** Leads that the vendor has already, for the writes that change one. */
const held: Write['begin'] = ({ close }, count) =>
	close.seedLeads(count).map(({ id, contacts: [contact] }, index) => ({
		id,
		phone: contact?.phones[0]?.phone ?? '',
		text: `New text ${index}`,
	}));

const leadOf = ({ close }: SandboxState, id: unknown) => close.leads.get(String(id));

/** How many leads have each phone number. */
function heldByPhone({ close }: SandboxState): Map<string, number> {
	const everyContact = [...close.leads.values()].flatMap((lead) => lead.contacts);
	return countBy(everyContact.flatMap(({ phones }) => phones.map(({ phone }) => phone)));
}

export const closeWrites: Write[] = [
	{
		...vendor,
		name: 'Close create',
		clearedUpBy: ['asking'],
		parameters: { ...about, operation: 'create', contacts },
		begin: ({ close }, count) => {
			// Search shows a new lead only after a while.
			close.indexLagMs = 5_000;
			return leads(count);
		},
		done: (world, items) => {
			const counts = heldByPhone(world);
			return items.map(({ phone }) => counts.get(String(phone)) ?? 0);
		},
	},
	{
		...vendor,
		name: 'Close create or update',
		// Asked for a lead that it creates; a lead that it changes is changed once more.
		clearedUpBy: ['asking', 'repeating'],
		parameters: {
			...about,
			operation: 'upsert',
			matchBy: { key: [{ by: 'phone' }] },
			ifFound: 'replace',
			contacts,
			additionalFields: { description: '={{ $json.text }}' },
		},
		// Every second lead is there already.
		begin: (world, count) => {
			const known = held(world, Math.floor(count / 2));
			return leads(count).map((lead, index) => ({
				...lead,
				text: `New text ${index}`,
				phone: (index % 2 === 1 ? known[(index - 1) / 2]?.phone : undefined) ?? lead.phone,
			}));
		},
		done: (world, items) => {
			const counts = heldByPhone(world);
			const texts = new Set([...world.close.leads.values()].map(({ description }) => description));
			return items.map(({ phone, text }) => {
				const copies = counts.get(String(phone)) ?? 0;
				return copies > 1 ? copies : Number(texts.has(String(text)));
			});
		},
	},
	{
		...vendor,
		name: 'Close update',
		parameters: {
			...aboutOne,
			operation: 'update',
			updateFields: { description: '={{ $json.text }}' },
		},
		begin: held,
		done: (world, items) =>
			items.map(({ id, text }) => Number(leadOf(world, id)?.description === text)),
	},
	{
		...vendor,
		name: 'Close disable',
		parameters: {
			...aboutOne,
			operation: 'disable',
			status: { __rl: true, mode: 'id', value: closeStatuses.badFit.id },
		},
		begin: held,
		done: (world, items) =>
			items.map(({ id }) => Number(leadOf(world, id)?.statusId === closeStatuses.badFit.id)),
	},
	{
		...vendor,
		name: 'Close delete',
		parameters: { ...aboutOne, operation: 'delete' },
		begin: held,
		done: (world, items) => items.map(({ id }) => Number(leadOf(world, id) === undefined)),
	},
	{
		...vendor,
		name: 'Close merge',
		clearedUpBy: ['asking'],
		parameters: {
			...about,
			operation: 'merge',
			sourceLeadId: '={{ $json.id }}',
			destinationLeadId: '={{ $json.into }}',
		},
		begin: (world, count) => {
			const all = held(world, 2 * count);
			return all.slice(0, count).map((lead, index) => ({ ...lead, into: all[count + index]?.id }));
		},
		done: (world, items) =>
			items.map(({ id, into }) => {
				const merged = leadOf(world, id) === undefined;
				return Number(merged && leadOf(world, into)?.contacts.length === 2);
			}),
	},
	{
		...vendor,
		name: 'Close note create',
		parameters: {
			authentication: 'apiKey',
			resource: 'note',
			operation: 'create',
			leadId: '={{ $json.id }}',
			note: '={{ $json.text }}',
		},
		clearedUpBy: [],
		begin: held,
		done: ({ close }, items) => {
			const counts = countBy([...close.notes.values()].map(({ note }) => note));
			return items.map(({ text }) => counts.get(String(text)) ?? 0);
		},
	},
];
