import type { IDataObject } from 'n8n-workflow';
import {
	aktifyAccounts,
	autocallsAccounts,
	closeAccounts,
	squadVoiceAccounts,
} from '../../sandbox';
import type { FaultRule, SandboxState, VendorName } from '../../sandbox';
import type { StoredCredentials } from '../support/engine';
import { contactOfColumns, phoneOf } from '../support/fixtures';

/** Who a row is about; rows share a number, an email or both. Its name is its own. */
export interface FaultyRow {
	phone: number;
	email: number;
}

/** A lead that a vendor holds. */
interface HeldLead {
	/** The row whose data it has. */
	row: number;
	/** How often it was accepted. */
	times: number;
}

/** A create that is run under faults. */
export interface FaultyWrite {
	name: string;
	node: VendorName;
	/** The requests that write, as a method and a path. */
	writes: { method: string; path: RegExp };
	/** What became of a lost write cannot be asked. */
	cannotAsk?: true;
	/** The vendor says that it has a lead, but shows none of its data: it may be that of another row. */
	showsNoData?: true;
	credentials(url: string): StoredCredentials;
	parameters: IDataObject;
	options?: IDataObject;
	prepare?(world: SandboxState): void;
	held(world: SandboxState): HeldLead[];
	/** Whether two rows are about the same lead. */
	isSame(one: FaultyRow, other: FaultyRow): boolean;
}

const samePhone = (one: FaultyRow, other: FaultyRow) => one.phone === other.phone;

/** The columns of a row. */
export const itemOf = ({ phone, email }: FaultyRow, index: number): IDataObject => ({
	id: `L${phone}`,
	phone: phoneOf(phone),
	email: `person${email}@example.com`,
	name: nameOf(index),
	state: 'CA',
});
const nameOf = (index: number) => `Row ${index}`;
const rowOf = (name: unknown) => Number(String(name).replace('Row ', ''));

const squadCreate = (campaignId: string): IDataObject => ({
	resource: 'lead',
	operation: 'create',
	campaign: { __rl: true, mode: 'id', value: campaignId },
	leadId: '={{ $json.id }}',
	phoneNumber: '={{ $json.phone }}',
	contactName: '={{ $json.name }}',
	state: '={{ $json.state }}',
});
const { standard, affiliate } = squadVoiceAccounts;
const squadCredentials = (more: IDataObject) => (url: string) => ({
	leadDispatchSquadVoiceApi: { apiVersion: 'v1', baseUrl: `${url}/squadvoice`, ...more },
});
const heldBySquadVoice = ({ squadVoice }: SandboxState): HeldLead[] =>
	[...squadVoice.leads.values()].map(({ contactName, arrivals }) => ({
		row: rowOf(contactName),
		times: arrivals,
	}));
const squadWrites = { method: 'POST', path: /\/leads\/create\// };

const closeCreate: Omit<FaultyWrite, 'name' | 'isSame'> = {
	node: 'close',
	writes: { method: 'POST', path: /^\/lead\/$/ },
	credentials: (url) => ({
		leadDispatchCloseApi: { baseUrl: `${url}/close`, apiKey: closeAccounts.one.key },
	}),
	parameters: {
		authentication: 'apiKey',
		resource: 'lead',
		operation: 'create',
		contacts: contactOfColumns,
	},
	prepare: ({ close }) => void (close.indexLagMs = 5_000),
	held: ({ close }) =>
		[...close.leads.values()].map(({ contacts: [contact] }) => ({
			row: rowOf(contact?.name),
			times: 1,
		})),
};

/** The creates of all vendors. */
export const faultyWrites: FaultyWrite[] = [
	{
		name: 'SquadVoice create',
		node: 'squadVoice',
		writes: squadWrites,
		credentials: squadCredentials({ accessToken: standard.token }),
		parameters: squadCreate(standard.campaign),
		held: heldBySquadVoice,
		isSame: samePhone,
	},
	{
		name: 'SquadVoice create (affiliate)',
		node: 'squadVoice',
		writes: squadWrites,
		cannotAsk: true,
		credentials: squadCredentials({
			accountKind: 'affiliate',
			affiliateId: affiliate.affiliateId,
			accessToken: affiliate.token,
		}),
		parameters: { ...squadCreate(affiliate.campaign), leadId: '' },
		held: heldBySquadVoice,
		isSame: samePhone,
	},
	{
		name: 'Aktify create',
		showsNoData: true,
		node: 'aktify',
		writes: { method: 'POST', path: /\/leads$/ },
		credentials: (url) => ({
			leadDispatchAktifyApi: { baseUrl: `${url}/aktify`, apiKey: aktifyAccounts.one.key },
		}),
		parameters: {
			resource: 'lead',
			operation: 'create',
			phoneNumber: '={{ $json.phone }}',
			state: '={{ $json.state }}',
			additionalFields: { firstName: '={{ $json.name }}' },
		},
		held: ({ aktify }) =>
			[...aktify.leads.values()].map(({ sent, arrivals }) => ({
				row: rowOf(sent.firstName),
				times: arrivals,
			})),
		isSame: samePhone,
	},
	{
		name: 'Autocalls create',
		node: 'autocalls',
		writes: { method: 'POST', path: /\/lead$/ },
		credentials: (url) => ({
			leadDispatchAutocallsApi: { baseUrl: `${url}/autocalls`, apiKey: autocallsAccounts.one.key },
		}),
		parameters: {
			resource: 'lead',
			operation: 'create',
			campaign: { __rl: true, mode: 'id', value: '1' },
			phoneNumber: '={{ $json.phone }}',
			customFieldsMode: 'define',
			customFields: { field: [{ name: 'name', value: '={{ $json.name }}' }] },
		},
		// Stricter than the assumed vendor: a second create of a number creates a second lead.
		prepare: ({ autocalls }) => void (autocalls.rejectDuplicates = false),
		held: ({ autocalls }) =>
			[...autocalls.leads.values()].map(({ variables }) => ({
				row: rowOf(variables.name),
				times: 1,
			})),
		isSame: samePhone,
	},
	{
		...closeCreate,
		name: 'Close create',
		isSame: (one, other) => one.phone === other.phone && one.email === other.email,
	},
	{
		...closeCreate,
		name: 'Close create (any shared value)',
		options: { samePerson: 'sharedValue' },
		isSame: (one, other) => one.phone === other.phone || one.email === other.email,
	},
];

/** What happens to one request; `lost`: the vendor may have carried it out, and nobody says so. */
interface RequestFault {
	rule: FaultRule | undefined;
	isLost: boolean;
}

const rejected = (status: number): RequestFault => ({
	rule: { kind: 'status', status },
	isLost: false,
});
const lost = (rule: FaultRule): RequestFault => ({ rule, isLost: true });
const later = { 'retry-after': '1' };

/** Faults of a request that writes, by name. */
export const writeFaults: Record<string, RequestFault> = {
	none: { rule: undefined, isLost: false },
	'400': rejected(400),
	'402': rejected(402),
	'422': rejected(422),
	'429': { rule: { kind: 'status', status: 429, headers: later }, isLost: false },
	'503 with Retry-After': lost({ kind: 'status', status: 503, headers: later }),
	'500': lost({ kind: 'status', status: 500 }),
	'500 after the write': lost({ kind: 'htmlPage', status: 500 }),
	'cut before the write': lost({ kind: 'resetBefore' }),
	'cut after the write': lost({ kind: 'resetAfter' }),
	'reply cut off': lost({ kind: 'cutOff' }),
	'broken JSON': lost({ kind: 'brokenJson' }),
	'half of a list, then 400': lost({ kind: 'halfWritten' }),
	'empty success without effect': lost({ kind: 'status', status: 201, body: [] }),
	'empty success after the write': lost({ kind: 'otherReply', status: 201, body: [] }),
	'success that reports an error': lost({
		kind: 'status',
		status: 200,
		body: { status: 'error', message: 'down for maintenance' },
	}),
};

/** Faults of a request that asks, by name. */
export const readFaults: Record<string, RequestFault> = {
	none: { rule: undefined, isLost: false },
	'403': rejected(403),
	'500': rejected(500),
	'cut before': { rule: { kind: 'resetBefore' }, isLost: false },
};
