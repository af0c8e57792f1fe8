import { closeAccounts, closeStatuses } from '../../../sandbox';
import type { Sandbox, SandboxState } from '../../../sandbox';
import { leads } from '../../support/fixtures';
import { countBy, type ExpiringCredential, type Write } from '../write';

/** The connected OAuth2 credential: n8n refreshes its expired token. */
function withOAuth2({ url, world }: Sandbox): ExpiringCredential {
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
	reconciledBy: ['resend'],
	credentials: ({ url }: Sandbox) => ({
		leadDispatchCloseApi: { baseUrl: `${url}/close`, apiKey: closeAccounts.one.key },
	}),
	withExpiringToken: withOAuth2,
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

/** Leads that exist at the vendor, for the writes that change one. */
const existingLeads: Write['prepare'] = ({ close }, count) =>
	close.seedLeads(count).map(({ id, contacts: [contact] }, index) => ({
		id,
		name: contact?.name,
		phone: contact?.phones[0]?.phone ?? '',
		text: `New text ${index}`,
	}));

const leadOf = ({ close }: SandboxState, id: unknown) => close.leads.get(String(id));

/** How many leads have each phone number. */
function heldByPhone({ close }: SandboxState): Map<string, number> {
	const everyContact = [...close.leads.values()].flatMap((lead) => lead.contacts);
	return countBy(everyContact.flatMap(({ phones }) => phones.map(({ phone }) => phone)));
}

/** The same write, where Close leaves out of its replies what it has declared deprecated. */
const withoutContacts = (write: Write): Write => ({
	...write,
	name: `${write.name} (no contacts in replies)`,
	prepare(world, count) {
		const items = write.prepare(world, count);
		world.close.omitsDeprecatedFields = true;
		return items;
	},
});

const creates: Write[] = [
	{
		...vendor,
		name: 'Close create',
		reconciledBy: ['lookUp'],
		parameters: { ...about, operation: 'create', contacts },
		prepare: ({ close }, count) => {
			// Search shows a new lead only after a while.
			close.indexLagMs = 5_000;
			return leads(count);
		},
		countWrites: (world, items) => {
			const counts = heldByPhone(world);
			return items.map(({ phone }) => counts.get(String(phone)) ?? 0);
		},
	},
	{
		...vendor,
		name: 'Close create or update',
		// A created lead is looked up; a changed lead is changed again.
		reconciledBy: ['lookUp', 'resend'],
		parameters: {
			...about,
			operation: 'upsert',
			matchBy: { key: [{ by: 'phone' }] },
			ifFound: 'replace',
			contacts,
			additionalFields: { description: '={{ $json.text }}' },
		},
		// Every second lead exists.
		prepare: (world, count) => {
			const known = existingLeads(world, Math.floor(count / 2));
			return leads(count).map((lead, index) => {
				const existing = index % 2 === 1 ? known[(index - 1) / 2] : undefined;
				return { ...lead, ...existing, text: `New text ${index}` };
			});
		},
		countWrites: (world, items) => {
			const counts = heldByPhone(world);
			const texts = new Set([...world.close.leads.values()].map(({ description }) => description));
			return items.map(({ phone, text }) => {
				const copies = counts.get(String(phone)) ?? 0;
				return copies > 1 ? copies : Number(texts.has(String(text)));
			});
		},
	},
];

export const closeWrites: Write[] = [
	...creates,
	...creates.map(withoutContacts),
	{
		...vendor,
		name: 'Close update',
		parameters: {
			...aboutOne,
			operation: 'update',
			updateFields: { description: '={{ $json.text }}' },
		},
		prepare: existingLeads,
		countWrites: (world, items) =>
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
		prepare: existingLeads,
		countWrites: (world, items) =>
			items.map(({ id }) => Number(leadOf(world, id)?.statusId === closeStatuses.badFit.id)),
	},
	{
		...vendor,
		name: 'Close delete',
		parameters: { ...aboutOne, operation: 'delete' },
		prepare: existingLeads,
		countWrites: (world, items) => items.map(({ id }) => Number(leadOf(world, id) === undefined)),
	},
	{
		...vendor,
		name: 'Close merge',
		reconciledBy: ['lookUp'],
		parameters: {
			...about,
			operation: 'merge',
			sourceLeadId: '={{ $json.id }}',
			destinationLeadId: '={{ $json.into }}',
		},
		prepare: (world, count) => {
			const all = existingLeads(world, 2 * count);
			return all.slice(0, count).map((lead, index) => ({ ...lead, into: all[count + index]?.id }));
		},
		countWrites: (world, items) =>
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
		reconciledBy: [],
		prepare: existingLeads,
		countWrites: ({ close }, items) => {
			const counts = countBy([...close.notes.values()].map(({ note }) => note));
			return items.map(({ text }) => counts.get(String(text)) ?? 0);
		},
	},
];
