import type { IDataObject } from 'n8n-workflow';
import {
	aktifyAccounts,
	autocallsAccounts,
	closeAccounts,
	closeFields,
	closeStatuses,
	squadVoiceAccounts,
} from '../../sandbox';
import type { SandboxState } from '../../sandbox';
import { isRecord } from '../../sandbox/lib/guards';
import type { StoredCredentials } from '../support/engine';
import { contactOfColumns } from '../support/fixtures';
import type { Country, MessyRow } from './messyRows';

/** What a write did to one lead. */
export interface Effect {
	/** The row whose own data it has, where a write has such. */
	row?: number;
	/** The number that will be dialed, or the ID of the lead that was changed. */
	target: string | undefined;
	/** The data of the row that the vendor holds now. */
	data?: { email?: unknown; note?: unknown; day?: unknown };
}

/** A write that gets messy lists. */
export interface MessyWrite {
	name: string;
	node: 'squadVoice' | 'aktify' | 'autocalls' | 'close';
	credentials(url: string): StoredCredentials;
	/** The countries that Default Country may be, or that the vendor implies; undefined: none. */
	homes: Array<Country | undefined>;
	/** True where the home is the vendor's own, and not chosen in the options. */
	hasOwnHome?: true;
	/** Accepts numbers of every country in any clear spelling. */
	takesForeign?: true;
	parameters: IDataObject;
	/** The columns that a row needs to be readable. */
	reads: Array<keyof MessyRow['clarity']>;
	/** What a row means by: its number, or an ID. */
	targetIs: 'phone' | 'id';
	/** Several leads may have one target, such as people who share a number. */
	allowsTwo?: true;
	/** The columns that may be blank. */
	optional?: Array<keyof MessyRow['clarity']>;
	idOf(person: number): string;
	/** Leads that are there before. */
	prepare?(world: SandboxState): void;
	effects(world: SandboxState): Effect[];
}

const PEOPLE = 3;
const { standard, affiliate, v4 } = squadVoiceAccounts;

/** The row that a text of its own names. */
function rowOf(...texts: unknown[]): number | undefined {
	const match = /\brow ?(\d+)/i.exec(texts.map(String).join(' '));
	return match === null ? undefined : Number(match[1]);
}

/** A number without its plus is one of the United States where it can be. */
const heardInUs = (sent: string) =>
	sent.startsWith('+') ? sent : /^\d{10}$/.test(sent) ? `+1${sent}` : `+${sent}`;
const heardInIndia = (sent: string) => (/^\d{10}$/.test(sent) ? `+91${sent}` : heardInUs(sent));

const customFields = {
	customFieldsMode: 'define',
	customFields: { field: [{ name: 'note', value: '={{ $json.note }}' }] },
};

const squadCredentials = (more: IDataObject) => (url: string) => ({
	leadDispatchSquadVoiceApi: { apiVersion: 'v1', baseUrl: `${url}/squadvoice`, ...more },
});
const campaign = (value: string) => ({ __rl: true, mode: 'id', value });

const squadCreate = (campaignId: string): IDataObject => ({
	resource: 'lead',
	operation: 'create',
	campaign: campaign(campaignId),
	leadId: '={{ $json.id }}',
	phoneNumber: '={{ $json.phone }}',
	contactName: '={{ $json.name }}',
	state: '={{ $json.state }}',
	additionalFields: { ebrDate: '={{ $json.date }}' },
	...customFields,
});
const squadLeads = ({ squadVoice }: SandboxState, campaignId: string) =>
	[...squadVoice.leads.values()].filter((lead) => lead.campaignId === campaignId);

const squad = {
	node: 'squadVoice',
	hasOwnHome: true,
	idOf: (person: number) => String(70_010 + person),
} as const;

const squadVoiceCreates: MessyWrite[] = [
	{
		...squad,
		name: 'SquadVoice create',
		credentials: squadCredentials({ accessToken: standard.token }),
		homes: ['US'],
		parameters: squadCreate(standard.campaign),
		reads: ['phone', 'id', 'date'],
		targetIs: 'phone',
		// Two IDs with one number are two leads.
		allowsTwo: true,
		effects: (world) =>
			squadLeads(world, standard.campaign).map((lead) => ({
				row: rowOf(lead.contactName),
				target: heardInUs(lead.phoneNumber),
				data: { note: lead.customFields.note, day: lead.ebrDatetime },
			})),
	},
	{
		...squad,
		name: 'SquadVoice create (v4)',
		credentials: squadCredentials({ apiVersion: 'v4', accessToken: v4.token }),
		homes: ['IN'],
		parameters: squadCreate(v4.campaign),
		reads: ['phone', 'id', 'date'],
		targetIs: 'phone',
		allowsTwo: true,
		effects: (world) =>
			squadLeads(world, v4.campaign).map((lead) => ({
				row: rowOf(lead.contactName),
				target: heardInIndia(lead.phoneNumber),
				data: { note: lead.customFields.note },
			})),
	},
	{
		...squad,
		name: 'SquadVoice create (affiliate)',
		credentials: squadCredentials({
			accountKind: 'affiliate',
			affiliateId: affiliate.affiliateId,
			accessToken: affiliate.token,
		}),
		homes: ['US'],
		parameters: { ...squadCreate(affiliate.campaign), leadId: '' },
		reads: ['phone', 'date'],
		targetIs: 'phone',
		effects: (world) =>
			squadLeads(world, affiliate.campaign).map((lead) => ({
				row: rowOf(lead.contactName),
				target: heardInUs(lead.phoneNumber),
				data: { note: lead.customFields.note, day: lead.ebrDatetime },
			})),
	},
];

const squadById = (name: string, campaignId: string, parameters: IDataObject) =>
	({
		...squad,
		name,
		homes: [undefined],
		reads: ['id'],
		targetIs: 'id',
		parameters: {
			resource: 'lead',
			campaign: campaign(campaignId),
			leadId: '={{ $json.id }}',
			...parameters,
		},
		prepare: ({ squadVoice }: SandboxState) => {
			for (let person = 0; person <= PEOPLE; person++) {
				const leadId = squad.idOf(person);
				const lead = { leadId, phoneNumber: '+919899550000', contactName: 'Old', customFields: {} };
				squadVoice.accept(campaignId, lead, Date.now());
			}
		},
	}) as const;

const withV4 = squadCredentials({ apiVersion: 'v4', accessToken: v4.token });

const squadVoiceById: MessyWrite[] = [
	{
		...squadById('SquadVoice disable', standard.campaign, { operation: 'disable' }),
		reads: ['id'],
		homes: [undefined],
		credentials: squadCredentials({ accessToken: standard.token }),
		effects: (world) => [
			...squadLeads(world, standard.campaign)
				.filter(({ disabledAt }) => disabledAt !== undefined)
				.map(({ leadId }) => ({ target: String(leadId) })),
			...[...world.squadVoice.disabledUnknown.keys()].map((target) => ({ target })),
		],
	},
	{
		...squadById('SquadVoice update (v4)', v4.campaign, {
			operation: 'update',
			contactName: '={{ $json.name }}',
		}),
		reads: ['id'],
		homes: [undefined],
		credentials: withV4,
		effects: (world) =>
			squadLeads(world, v4.campaign)
				.filter(({ contactName }) => contactName !== 'Old')
				.map(({ leadId }) => ({ target: String(leadId) })),
	},
	{
		...squadById('SquadVoice delete (v4)', v4.campaign, { operation: 'delete' }),
		reads: ['id'],
		homes: [undefined],
		credentials: withV4,
		effects: (world) =>
			squadLeads(world, v4.campaign)
				.filter(({ erasedAt }) => erasedAt !== undefined)
				.map(({ leadId }) => ({ target: String(leadId) })),
	},
	{
		...squadById('SquadVoice convert (v4)', v4.campaign, {
			operation: 'convert',
			detail: 'purchase',
		}),
		reads: ['id'],
		homes: [undefined],
		credentials: withV4,
		effects: (world) =>
			squadLeads(world, v4.campaign)
				.filter(({ convertedWith }) => convertedWith !== undefined)
				.map(({ leadId }) => ({ target: String(leadId) })),
	},
];

const aktifyVendor = {
	node: 'aktify',
	hasOwnHome: true,
	homes: ['US' as const],
	idOf: (person: number) => `crm-${person}`,
	credentials: (url: string) => ({
		leadDispatchAktifyApi: { baseUrl: `${url}/aktify`, apiKey: aktifyAccounts.one.key },
	}),
	targetIs: 'phone',
} as const;

const aktifyWrites: MessyWrite[] = [
	{
		...aktifyVendor,
		name: 'Aktify create',
		homes: ['US'],
		optional: ['id'],
		reads: ['phone', 'id', 'date'],
		parameters: {
			resource: 'lead',
			operation: 'create',
			phoneNumber: '={{ $json.phone }}',
			state: '={{ $json.state }}',
			additionalFields: {
				externalLeadId: '={{ $json.id }}',
				firstName: '={{ $json.name }}',
				email: '={{ $json.email }}',
				externalCreated: '={{ $json.date }}',
			},
			...customFields,
		},
		effects: ({ aktify }) =>
			[...aktify.leads.values()].map(({ sent }) => ({
				row: rowOf(sent.firstName),
				target: heardInUs(String(sent.phoneNumber)),
				data: {
					email: sent.email,
					note: isRecord(sent.metadata) ? sent.metadata.note : undefined,
					day: sent.externalCreated,
				},
			})),
	},
	{
		...aktifyVendor,
		name: 'Aktify disable',
		homes: ['US'],
		reads: ['phone'],
		parameters: { resource: 'lead', operation: 'disable', phoneNumber: '={{ $json.phone }}' },
		effects: ({ aktify }) => [...aktify.ended.keys()].map((key) => ({ target: key.split('|')[1] })),
	},
];

const autocallsVendor = {
	node: 'autocalls',
	credentials: (url: string) => ({
		leadDispatchAutocallsApi: { baseUrl: `${url}/autocalls`, apiKey: autocallsAccounts.one.key },
	}),
	// The sandbox numbers its leads from 1.
	idOf: (person: number) => String(person + 11),
	prepare: ({ autocalls }: SandboxState) => void autocalls.seedLeads(1, 20),
} as const;
const byId = { reads: ['id' as const], homes: [undefined], targetIs: 'id' } as const;

const autocallsWrites: MessyWrite[] = [
	{
		...autocallsVendor,
		name: 'Autocalls create',
		homes: ['US', undefined, 'GB', 'IN'],
		takesForeign: true,
		reads: ['phone'],
		targetIs: 'phone',
		prepare: ({ autocalls }) => void (autocalls.rejectDuplicates = false),
		parameters: {
			resource: 'lead',
			operation: 'create',
			campaign: campaign('1'),
			phoneNumber: '={{ $json.phone }}',
			customFieldsMode: 'define',
			customFields: {
				field: ['name', 'note'].map((name) => ({ name, value: `={{ $json.${name} }}` })),
			},
		},
		effects: ({ autocalls }) =>
			[...autocalls.leads.values()].map(({ phoneNumber, variables }) => ({
				row: rowOf(variables.name),
				target: phoneNumber,
				data: { note: variables.note },
			})),
	},
	{
		...autocallsVendor,
		...byId,
		homes: [undefined],
		reads: ['id'],
		name: 'Autocalls update',
		parameters: {
			resource: 'lead',
			operation: 'update',
			leadId: '={{ $json.id }}',
			customFieldsMode: 'define',
			customFields: { field: [{ name: 'changed', value: 'yes' }] },
		},
		effects: ({ autocalls }) =>
			[...autocalls.leads.values()]
				.filter(({ variables }) => variables.changed !== undefined)
				.map(({ id }) => ({ target: String(id) })),
	},
	{
		...autocallsVendor,
		...byId,
		homes: [undefined],
		reads: ['id'],
		name: 'Autocalls disable',
		parameters: {
			resource: 'lead',
			operation: 'disable',
			findBy: 'id',
			leadId: '={{ $json.id }}',
			campaign: campaign('1'),
		},
		effects: ({ autocalls }) =>
			[...autocalls.leads.values()]
				.filter(({ status }) => status === 'completed')
				.map(({ id }) => ({ target: String(id) })),
	},
	{
		...autocallsVendor,
		...byId,
		homes: [undefined],
		reads: ['id'],
		name: 'Autocalls delete',
		parameters: { resource: 'lead', operation: 'delete', leadId: '={{ $json.id }}' },
		effects: ({ autocalls }) =>
			Array.from({ length: 20 }, (_, index) => index + 1)
				.filter((id) => !autocalls.leads.has(id))
				.map((id) => ({ target: String(id) })),
	},
];

const closeVendor = {
	node: 'close',
	credentials: (url: string) => ({
		leadDispatchCloseApi: { baseUrl: `${url}/close`, apiKey: closeAccounts.one.key },
	}),
	idOf: (person: number) => `lead_Fuzz${person}`,
} as const;

const closeLeadOf = {
	authentication: 'apiKey',
	resource: 'lead',
	contacts: contactOfColumns,
	additionalFields: { description: '={{ $json.note }}' },
	customFields: {
		mappingMode: 'defineBelow',
		value: { [closeFields.datetime.id]: '={{ $json.date }}' },
		schema: [{ id: closeFields.datetime.id, displayName: 'Last Seen At', type: 'dateTime' }],
	},
};
const closeEffects = ({ close }: SandboxState): Effect[] =>
	[...close.leads.values()].map(({ contacts: [contact], description, custom }) => ({
		row: rowOf(contact?.name, description),
		target: contact?.phones[0]?.phone,
		data: {
			email: contact?.emails[0]?.email,
			note: description,
			day: custom[closeFields.datetime.id],
		},
	}));

const closeById = {
	...closeVendor,
	...byId,
	homes: [undefined],
	prepare: ({ close }: SandboxState) => {
		for (const [person, lead] of close.seedLeads(PEOPLE + 2).entries()) {
			close.leads.delete(lead.id);
			const id = person > PEOPLE ? 'lead_Keep' : closeVendor.idOf(person);
			for (const contact of lead.contacts) contact.leadId = id;
			close.leads.set(id, Object.assign(lead, { id, description: null }));
		}
	},
};
const closeIds = Array.from({ length: PEOPLE + 1 }, (_, person) => closeVendor.idOf(person));
const missing = ({ close }: SandboxState) =>
	closeIds.filter((id) => !close.leads.has(id)).map((target) => ({ target }));
const aboutOne = { authentication: 'apiKey', resource: 'lead', leadId: '={{ $json.id }}' };

const closeWrites: MessyWrite[] = [
	{
		...closeVendor,
		name: 'Close create',
		homes: ['US', undefined, 'GB', 'IN'],
		takesForeign: true,
		allowsTwo: true,
		optional: ['phone'],
		reads: ['phone', 'date'],
		targetIs: 'phone',
		parameters: { ...closeLeadOf, operation: 'create' },
		effects: closeEffects,
	},
	{
		...closeVendor,
		name: 'Close create or update',
		homes: ['US', undefined],
		takesForeign: true,
		allowsTwo: true,
		reads: ['phone', 'date'],
		targetIs: 'phone',
		parameters: {
			...closeLeadOf,
			operation: 'upsert',
			matchBy: { key: [{ by: 'phone' }] },
			ifFound: 'replace',
		},
		effects: closeEffects,
	},
	{
		...closeById,
		name: 'Close update',
		reads: ['id'],
		parameters: { ...aboutOne, operation: 'update', updateFields: { description: 'changed' } },
		effects: ({ close }) =>
			[...close.leads.values()]
				.filter(({ description }) => description === 'changed')
				.map(({ id }) => ({ target: id })),
	},
	{
		...closeById,
		name: 'Close disable',
		reads: ['id'],
		parameters: { ...aboutOne, operation: 'disable', status: campaign(closeStatuses.badFit.id) },
		effects: ({ close }) =>
			[...close.leads.values()]
				.filter(({ statusId }) => statusId === closeStatuses.badFit.id)
				.map(({ id }) => ({ target: id })),
	},
	{
		...closeById,
		name: 'Close delete',
		reads: ['id'],
		parameters: { ...aboutOne, operation: 'delete' },
		effects: missing,
	},
	{
		...closeById,
		name: 'Close merge',
		reads: ['id'],
		parameters: {
			authentication: 'apiKey',
			resource: 'lead',
			operation: 'merge',
			sourceLeadId: '={{ $json.id }}',
			destinationLeadId: 'lead_Keep',
		},
		effects: missing,
	},
	{
		...closeById,
		name: 'Close note create',
		reads: ['id'],
		allowsTwo: true,
		parameters: {
			authentication: 'apiKey',
			resource: 'note',
			operation: 'create',
			leadId: '={{ $json.id }}',
			note: '={{ $json.note }}',
		},
		effects: ({ close }) =>
			[...close.notes.values()].map(({ leadId, note }) => ({
				row: rowOf(note),
				target: leadId,
				data: { note },
			})),
	},
];

/** All writes of all vendors. */
export const messyWrites: MessyWrite[] = [
	...squadVoiceCreates,
	...squadVoiceById,
	...aktifyWrites,
	...autocallsWrites,
	...closeWrites,
];
