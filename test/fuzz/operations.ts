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
import type { StoredCredentials } from '../support/engine';
import type { Field } from './fields';
import type { Value } from './values';
import { phoneOf } from '../support/fixtures';

/** An operation, and all that it may ask of its vendor. */
export interface Operation {
	node: 'squadVoice' | 'aktify' | 'autocalls' | 'close';
	/** Resource and operation, such as `lead.create`. */
	name: string;
	/** `METHOD /path` as they go over the wire, from the vendor's part of the sandbox on. */
	sends: RegExp;
	/** One item may yield several, or none. */
	yieldsMany?: boolean;
	/** Of SquadVoice. */
	version?: 'v1' | 'v4';
}

const squad = (name: string, version: 'v1' | 'v4', calls: string, yieldsMany = false) => ({
	node: 'squadVoice' as const,
	name: `lead.${name}`,
	version,
	sends: new RegExp(`^(${calls})/[\\w-]{1,100}/$`),
	yieldsMany,
});
const v1 = (method: string, call: string) => `${method} /squadvoice/api/v1/leads/${call}`;
const v4 = (method: string, call: string) => `${method} /squadvoice/api/v4/leads/${call}`;
const aktify = (name: string, path: string) => ({
	node: 'aktify' as const,
	name: `lead.${name}`,
	sends: new RegExp(`^POST /aktify/api/v1/${path}$`),
});
const autocalls = (name: string, calls: string, yieldsMany = false) => ({
	node: 'autocalls' as const,
	name,
	sends: new RegExp(`^(${calls})$`.replace(/@/g, '/autocalls/user').replace(/#/g, '\\d{1,15}')),
	yieldsMany,
});
/** Read before the first item, where a node uses custom fields. */
const FIELDS = 'GET @/custom_field_schema/lead/';

const close = (name: string, calls: string, yieldsMany = false) => ({
	node: 'close' as const,
	name,
	sends: new RegExp(`^(${calls})$`.replace(/@/g, '/close').replace(/#/g, 'lead_[A-Za-z0-9]{1,80}')),
	yieldsMany,
});

export const operations: Operation[] = [
	squad('create', 'v1', `${v1('POST', 'create')}|${v1('GET', 'responses')}`),
	squad('create', 'v4', `${v4('POST', 'create')}|${v4('PATCH', 'update')}`),
	squad('get', 'v1', v1('GET', 'responses')),
	squad('getAll', 'v1', v1('GET', 'responses'), true),
	squad('disable', 'v1', `${v1('POST', 'disable')}|${v1('GET', 'responses')}`),
	squad('update', 'v4', v4('PATCH', 'update')),
	squad('delete', 'v4', v4('POST', 'delete')),
	squad('convert', 'v4', v4('POST', 'convert')),
	aktify('create', 'leads'),
	aktify('disable', 'leads/end-contact'),
	autocalls('lead.create', 'POST @/lead|GET @/leads'),
	autocalls('lead.get', 'GET @/leads', true),
	autocalls('lead.getAll', 'GET @/leads', true),
	autocalls('lead.update', 'GET @/leads|PUT @/leads/#'),
	autocalls('lead.disable', 'GET @/leads|PUT @/leads/#'),
	autocalls('lead.delete', 'GET @/leads|DELETE @/leads/#'),
	autocalls('campaign.getAll', 'GET @/campaigns', true),
	autocalls('campaign.start', 'POST @/campaigns/update-status'),
	autocalls('campaign.stop', 'POST @/campaigns/update-status'),
	close('lead.create', `${FIELDS}|POST @/lead/|GET @/lead/|POST @/data/search/|GET @/lead/#/`),
	close(
		'lead.upsert',
		`${FIELDS}|POST @/lead/|GET @/lead/|POST @/data/search/|GET @/lead/#/|PUT @/lead/#/`,
		true,
	),
	close('lead.get', 'GET @/lead/#/'),
	close('lead.getAll', 'GET @/lead/', true),
	close('lead.search', 'POST @/data/search/', true),
	close('lead.update', `${FIELDS}|PUT @/lead/#/`),
	close('lead.disable', 'PUT @/lead/#/'),
	close('lead.delete', 'DELETE @/lead/#/'),
	close('lead.merge', 'POST @/lead/merge/|GET @/lead/#/'),
	close('note.create', 'POST @/activity/note/'),
];

/** The operations with a title each, for `describe.each`. */
export const titled = operations.map((operation) => ({
	title: [operation.node, operation.version, operation.name].filter(Boolean).join(' '),
	operation,
}));

/** What the vendors' questions may ask for. */
export const queryNames: ReadonlySet<string> = new Set([
	...['lead_id', 'processed_after', 'processed_before', 'page', 'page_size'],
	...['campaign_id', 'status', 'phone_number', 'date_from', 'date_to', 'per_page'],
	...['_skip', '_limit', '_fields'],
]);

/** The headers of a request by n8n's helper. */
export const headerNames: ReadonlySet<string> = new Set([
	...['accept', 'accept-encoding', 'authorization', 'connection', 'content-length'],
	...['content-type', 'host', 'user-agent', 'x-api-key'],
]);

/** A credential that is good for an operation, and the secrets in it. */
export function credentialsFor({ node, version }: Operation, url: string) {
	const stored: Record<Operation['node'], StoredCredentials> = {
		squadVoice: {
			leadDispatchSquadVoiceApi: {
				apiVersion: version ?? 'v1',
				baseUrl: `${url}/squadvoice`,
				accessToken: squadVoiceAccounts[version === 'v4' ? 'v4' : 'standard'].token,
			},
		},
		aktify: {
			leadDispatchAktifyApi: { baseUrl: `${url}/aktify`, apiKey: aktifyAccounts.one.key },
		},
		autocalls: {
			leadDispatchAutocallsApi: { baseUrl: `${url}/autocalls`, apiKey: autocallsAccounts.one.key },
		},
		close: {
			leadDispatchCloseApi: { baseUrl: `${url}/close`, apiKey: closeAccounts.one.key },
		},
	};
	const secrets = [
		squadVoiceAccounts.standard.token,
		squadVoiceAccounts.v4.token,
		aktifyAccounts.one.key,
		autocallsAccounts.one.key,
		closeAccounts.one.key,
	];
	return { credentials: stored[node], secrets };
}

/** IDs of leads that are at the vendor, so that an item can mean one of its own. */
export function seed(world: SandboxState, { node, version }: Operation, count: number): Value[] {
	if (node === 'autocalls') return world.autocalls.seedLeads(1, count).map(({ id }) => id);
	if (node === 'close') return world.close.seedLeads(count).map(({ id }) => id);
	const ids = Array.from({ length: count }, (_, index) => `seed-${index + 1}`);
	if (node === 'squadVoice') {
		const { campaign } = squadVoiceAccounts[version === 'v4' ? 'v4' : 'standard'];
		world.squadVoice.seedLeads(campaign, count);
		for (const id of ids) world.squadVoice.process(campaign, id);
	}
	return ids;
}

/** A value with which an operation succeeds, for the field of item `index`. */
export function goodValue(
	operation: Operation,
	{ path, name, property }: Field,
	index: number,
	ids: Value[],
): Value {
	const { node, version } = operation;
	const isNew = operation.name === 'lead.create';
	const phone = version === 'v4' ? `+91981000${1000 + index}` : phoneOf(index);
	const otherPhone = phoneOf(1_000 + index);
	const campaign = node === 'autocalls' ? '1' : version === 'v4' ? 'V4CAMP' : '0PT711';
	const known: Record<string, Value> = {
		'secondaryContacts.contact.phoneNumber': otherPhone,
		'updateFields.campaignId': '1',
		'matchBy.key.by': 'email',
		'matchBy.key.fieldId': closeFields.text.id,
		'matchBy.key.value': ids[index],
		'multiValueChanges.change.fieldId': closeFields.users.id,
		'multiValueChanges.change.value': '',
		'additionalFields.contactId': '',
		// For affiliates only.
		'additionalFields.affiliateId': '',
		'additionalFields.linkToShorten': '',
		'options.giveUpAfter': 0,
		'options.requestsPerMinute': 0,
		'options.timeout': 2,
	};
	const ofSeed: Record<string, Value> = {
		'filters.name': `Seed Lead ${index + 1}`,
		'filters.contactName': `Seed Person ${index + 1}`,
		'filters.email': `seed-${index + 1}@example.com`,
		'filters.phoneNumber': `+1509${2_000_001 + index}`,
		'filters.status': 'created',
	};
	const byName: Record<string, Value> = {
		campaign,
		campaignId: campaign,
		phoneNumber: phone,
		phone,
		phoneContains: '509',
		leadId: isNew ? `L${index}` : ids[index],
		sourceLeadId: ids[index],
		destinationLeadId: ids[index + 20],
		state: 'CA',
		zipCode: '90210',
		email: `person-${index}@example.com`,
		contactName: `Person ${index}`,
		name: `Name ${index}`,
		url: 'https://www.example.com',
		link: 'https://www.example.com/offer',
		customFieldsMode: ['auto', 'define', 'none'][index % 3],
		findBy: ['id', 'phone'][index % 2],
		query: '{"type":"and","queries":[]}',
		status: node === 'close' ? closeStatuses.potential.id : 'completed',
		clear: [],
		previewOnly: false,
		// The first column of every item.
		excludedColumns: 'f0',
		searchBy: ['filters', 'query'][index % 2],
		number: 7,
		array: ['IT'],
		ebrDate: '2026-01-02T03:04:05Z',
		externalCreated: '2026-01-02',
		createdFrom: '2020-01-02',
		createdUntil: '2030-01-02',
		processedAfter: '2020-01-02',
		processedBefore: '2030-01-02',
		dateTime: '2026-01-02T03:04:05Z',
	};
	if (Object.hasOwn(ofSeed, path)) return ofSeed[path];
	if (Object.hasOwn(known, path)) return known[path];
	if (Object.hasOwn(byName, name)) return byName[name];
	if (property === undefined || property.type === 'string') return 'text';
	const fallback: unknown = property.default;
	const good: IDataObject = JSON.parse(JSON.stringify({ fallback }));
	return good.fallback;
}
