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

/** The campaigns that the examples name. */
export const campaigns = {
	squadVoice: squadVoiceAccounts.standard.campaign,
	aktify: aktifyAccounts.one.campaign,
};

/** The last ten digits without an extension, as the table of those who are not to be called has them. */
export function tenDigits(phone: string): string {
	const [number = ''] = phone.split(/\s*(?:ext\.?|x)\s*\d+\s*$/);
	return [...number]
		.filter((char) => char >= '0' && char <= '9')
		.slice(-10)
		.join('');
}

/**
 * Demo leads whose numbers are written in five ways: with an apostrophe before it, with an extension,
 * from abroad, by the way out of the country, with a strange space and hyphen.
 */
const optedOutSpellings = [/^'/, / ext\. 12$/, /^\+44/, /^011 44/, /\u2011/];
const optedOut = new Set(
	optedOutSpellings.map((spelling) => {
		const found = demoLeads.find(({ phone }) => spelling.test(phone));
		if (found === undefined) throw new Error(`No demo lead is spelled like ${String(spelling)}`);
		return tenDigits(found.phone);
	}),
);

/** The rows of the table of those who are not to be called. */
export const optedOutRows = [...optedOut].map((phone) => ({ phone, heard_from: 'test' }));

/** Whether a demo lead has one of the numbers that opted out, in any spelling. */
export const isOptedOut = ({ phone }: DemoLead) => optedOut.has(tenDigits(phone));

const noNumber = /^$|^n\/a$|^555-0142$|^12345$|^2\.06556E\+09$|^see e-mail$/;

/** Whether a demo lead's number has the shape of one, which is all that the examples check. */
export const hasNumber = ({ phone }: DemoLead) => !noNumber.test(phone);

/** Whether it is besides one that a vendor can believe. */
export const hasPlausibleNumber = (lead: DemoLead) =>
	hasNumber(lead) && lead.phone !== '000-000-0000';

/** Whether a demo lead has a US state. */
export const hasState = ({ state }: DemoLead) => !['', 'XX', 'n/a'].includes(state);

/** A number of one lead, in E.164. */
export const numberOf = (nth: number) => `+1509${2_000_000 + nth}`;

/** Makes a lead in Close that somebody else has put there. */
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

/** The lead that all vendors have in the examples of opting out. */
export const everywhere = { phone: '+16175550100', leadId: 'LD-00002' };

/** Gives a lead to all four vendors. */
export function addToAllVendors(world: SandboxState): void {
	const { phone, leadId } = everywhere;
	const now = Date.now();
	const squadVoiceLead = { leadId, phoneNumber: phone, contactName: 'Zoë Žižek', stateCode: 'MA' };
	world.squadVoice.accept(campaigns.squadVoice, { ...squadVoiceLead, customFields: {} }, now);
	world.aktify.accept(campaigns.aktify, phone, { phoneNumber: phone, externalLeadId: leadId });
	const lead = { phoneNumber: phone, variables: {}, allowDuplicate: false, secondaryContacts: [] };
	for (const campaignId of [1, 4]) world.autocalls.accept({ ...lead, campaignId }, now);
	addToClose(world, 'Zoë Žižek', [phone]);
}

/** The vendors at which the lead of `putEverywhere` is disabled. */
export function disabledAt(world: SandboxState): string[] {
	const { phone, leadId } = everywhere;
	const [atClose] = world.close.findByPhone(phone);
	const disabled = {
		squadVoice: world.squadVoice.find(campaigns.squadVoice, leadId)?.disabledAt !== undefined,
		aktify: world.aktify.find(campaigns.aktify, phone)?.endedAt !== undefined,
		autocalls: [1, 4].every((id) => world.autocalls.find(id, phone)?.status === 'completed'),
		close: atClose?.statusId === closeStatuses.badFit.id,
	};
	return Object.entries(disabled).flatMap(([vendor, is]) => (is ? [vendor] : []));
}
