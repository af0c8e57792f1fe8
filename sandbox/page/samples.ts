import { inCloseApp } from '../admin/events';
import type { SandboxState } from '../server/SandboxState';
import type { VendorName } from '../vendorNames';
import { aktifyAccounts } from '../vendors/aktify/accounts';
import { closeStatuses } from '../vendors/close/accounts';
import { squadVoiceAccounts } from '../vendors/squadVoice/accounts';

const SAMPLES_ADDED = 5;
/** 555-0100 to 555-0199 are reserved for fiction. */
const FIRST_LINE = 100;
const MAX_SAMPLES = 100;
const FIRST_NAMES = [
	'Ana',
	'Ben',
	'Chloe',
	'Dev',
	'Emma',
	'Farid',
	'Grace',
	'Hugo',
	'Iris',
	'Jamal',
];
const LAST_NAMES = [
	'Lopez',
	'Carter',
	'Nguyen',
	'Patel',
	'Wright',
	'Haddad',
	'Kim',
	'Moreau',
	'Novak',
	'Brooks',
];
const AUTOCALLS_CAMPAIGN = 1;

interface Sample {
	id: string;
	first: string;
	last: string;
	phone: string;
}

function sample(number: number): Sample {
	return {
		id: `sample-${number + 1}`,
		first: FIRST_NAMES[number % FIRST_NAMES.length] ?? '',
		last: LAST_NAMES[(number + Math.floor(number / LAST_NAMES.length)) % LAST_NAMES.length] ?? '',
		phone: `+15095550${FIRST_LINE + number}`,
	};
}

/** Adds a sample; returns false when the vendor has it already. */
type AddSample = (state: SandboxState, sample: Sample) => boolean;

const ADD: Record<VendorName, AddSample> = {
	squadVoice: ({ squadVoice }, { id, first, last, phone }) => {
		const { campaign } = squadVoiceAccounts.standard;
		if (squadVoice.find(campaign, id)) return false;
		const lead = {
			leadId: id,
			phoneNumber: phone,
			contactName: `${first} ${last}`,
			stateCode: 'WA',
		};
		squadVoice.accept(campaign, { ...lead, customFields: {} }, squadVoice.now());
		return true;
	},
	aktify: ({ aktify }, { id, first, last, phone }) => {
		const { campaign } = aktifyAccounts.one;
		if (aktify.find(campaign, phone)) return false;
		const names = { firstName: first, lastName: last, externalLeadId: id };
		return aktify.accept(campaign, phone, { phoneNumber: phone, region: 'WA', ...names });
	},
	autocalls: ({ autocalls }, { first, last, phone }) => {
		if (autocalls.find(AUTOCALLS_CAMPAIGN, phone)) return false;
		const lead = {
			campaignId: AUTOCALLS_CAMPAIGN,
			phoneNumber: phone,
			variables: { customer_name: `${first} ${last}` },
			allowDuplicate: false,
			secondaryContacts: [],
		};
		return autocalls.accept(lead, autocalls.now()) !== undefined;
	},
	close: (state, { first, last, phone }) => {
		if (state.close.findByPhone(phone).length > 0) return false;
		const name = `${first} ${last}`;
		const emails = [{ email: `${first}.${last}@example.com`.toLowerCase(), type: 'office' }];
		const contact = { name, title: null, emails, phones: [{ phone, type: 'office' }], urls: [] };
		const none = { description: null, url: null, addresses: [], custom: {} };
		const details = { ...none, name, statusId: closeStatuses.potential.id };
		inCloseApp(state, (userId) => state.close.addLead(details, [contact], userId, Date.now()));
		return true;
	},
};

/** Adds five leads that the vendor does not have, and returns how many those were. */
export function addSamples(state: SandboxState, vendor: VendorName): number {
	let added = 0;
	for (let number = 0; number < MAX_SAMPLES && added < SAMPLES_ADDED; number++) {
		if (ADD[vendor](state, sample(number))) added += 1;
	}
	return added;
}
