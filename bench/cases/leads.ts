import type { IDataObject } from 'n8n-workflow';
import { closeFields } from '../../sandbox/accounts';

/** Custom fields of a Close lead: a text, a number and a choice. */
export const customFields = [closeFields.text, closeFields.number, closeFields.choice];

/** Leads 0 to count - 1, each with its own US number. Custom fields are columns by name. */
export function leads(count: number): IDataObject[] {
	return Array.from({ length: count }, (_, index) => ({
		id: `L${index}`,
		phone: `+1206${2_000_000 + index}`,
		name: `Person ${index}`,
		state: 'CA',
		[closeFields.text.name]: `X-${index}`,
		[closeFields.number.name]: index % 50,
		[closeFields.choice.name]: 'Website',
	}));
}

/** The body of `POST /lead/` for a lead: the same from every contestant. */
export function closeBody(lead: IDataObject): IDataObject {
	return {
		name: lead.name,
		contacts: [{ name: lead.name, phones: [{ phone: lead.phone, type: 'office' }] }],
		...Object.fromEntries(customFields.map(({ id, name }) => [`custom.${id}`, lead[name]])),
	};
}

/** A lead in a request to SquadVoice. */
export function squadVoiceBody({ id, phone, name, state }: IDataObject): IDataObject {
	return {
		lead_id: id,
		phone_number: String(phone).slice(1),
		contact_name: name,
		state_code: state,
	};
}
