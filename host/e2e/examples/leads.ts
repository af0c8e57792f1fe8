import {
	aktifyAccounts,
	closeStatuses,
	closeUsers,
	squadVoiceAccounts,
	type SandboxState,
} from '../../../sandbox';
import { makeDemoLeads, type DemoLead } from '../../quickstart/demoLeads';

/** The rows of workflows/demo-leads.csv. */
export const demoLeads = makeDemoLeads();

/** The campaigns that the examples use. */
export const campaigns = {
	squadVoice: squadVoiceAccounts.standard.campaign,
	aktify: aktifyAccounts.one.campaign,
};

/** The last ten digits without an extension, as in the table `do_not_contact`. */
export function tenDigits(phone: string): string {
	const [number = ''] = phone.split(/\s*(?:ext\.?|x)\s*\d+\s*$/);
	return [...number]
		.filter((char) => char >= '0' && char <= '9')
		.slice(-10)
		.join('');
}

/**
 * Five spellings of demo leads: with a leading apostrophe, with an extension, with a foreign country
 * code, with the US exit code, with Unicode space and hyphen.
 */
const OPTED_OUT_SPELLINGS = [/^'/, / ext\. 12$/, /^\+44/, /^011 44/, /\u2011/];
const optedOut = new Set(
	OPTED_OUT_SPELLINGS.map((spelling) => {
		const found = demoLeads.find(({ phone }) => spelling.test(phone));
		if (found === undefined) throw new Error(`No demo lead is spelled like ${String(spelling)}`);
		return tenDigits(found.phone);
	}),
);

/** The rows of these leads for the table `do_not_contact`. */
export const optedOutRows = [...optedOut].map((phone) => ({ phone, heard_from: 'test' }));

/** Whether a demo lead has one of the numbers that opted out, in any spelling. */
export const isOptedOut = ({ phone }: DemoLead) => optedOut.has(tenDigits(phone));

const NO_NUMBER = /^$|^n\/a$|^555-0142$|^12345$|^000-000-0000$|^2\.06556E\+09$|^see e-mail$/;

/** Whether a demo lead's number can be one, which is all that the examples check. */
export const hasNumber = ({ phone }: DemoLead) => !NO_NUMBER.test(phone);

/** Whether a demo lead has a US state. */
export const hasState = ({ state }: DemoLead) => !['', 'XX', 'n/a'].includes(state);

/** The number of the nth lead, in E.164. */
export const numberOf = (nth: number) => `+1509${2_000_000 + nth}`;

/** Creates a lead in Close, as another user would. */
export function addToClose(
	world: SandboxState,
	name: string,
	phones: string[],
	statusId: string = closeStatuses.potential.id,
	createdAt = Date.now(),
) {
	const details = { name, description: null, url: null, statusId, addresses: [], custom: {} };
	const contact = {
		name,
		title: null,
		emails: [],
		phones: phones.map((phone) => ({ phone, type: 'office' })),
		urls: [],
	};
	return world.close.addLead(details, [contact], closeUsers.ada.id, createdAt);
}

/** The lead that all vendors have in the opt-out examples. */
export const optOutLead = { phone: '+16175550100', leadId: 'LD-00002' };

/** Creates the lead at all four vendors. */
export function addToAllVendors(world: SandboxState): void {
	const { phone, leadId } = optOutLead;
	const now = Date.now();
	const squadVoiceLead = { leadId, phoneNumber: phone, contactName: 'Zoë Žižek', stateCode: 'MA' };
	world.squadVoice.accept(campaigns.squadVoice, { ...squadVoiceLead, customFields: {} }, now);
	world.aktify.accept(campaigns.aktify, phone, { phoneNumber: phone, externalLeadId: leadId });
	const lead = { phoneNumber: phone, variables: {}, allowDuplicate: false, secondaryContacts: [] };
	for (const campaignId of [1, 4]) world.autocalls.accept({ ...lead, campaignId }, now);
	addToClose(world, 'Zoë Žižek', [phone]);
}

/** The vendors at which this lead is disabled. */
export function disabledAt(world: SandboxState): string[] {
	const { phone, leadId } = optOutLead;
	const [atClose] = world.close.findByPhone(phone);
	const disabled = {
		squadVoice: world.squadVoice.find(campaigns.squadVoice, leadId)?.disabledAt !== undefined,
		aktify: world.aktify.find(campaigns.aktify, phone)?.endedAt !== undefined,
		autocalls: [1, 4].every((id) => world.autocalls.find(id, phone)?.status === 'completed'),
		close: atClose?.statusId === closeStatuses.badFit.id,
	};
	return Object.entries(disabled).flatMap(([vendor, isDisabled]) => (isDisabled ? [vendor] : []));
}
