import { InvalidInputError } from '../../shared/errors/InvalidInputError';
import { emptyExpression, readIdText } from '../../shared/parameters/cells';
import type { ItemParameters } from '../../shared/parameters/ItemParameters';
import { numberOf, readPhoneValue, type LeadPhone } from '../../shared/parameters/leadParameters';
import { asText } from '../../shared/values/json';
import { quote } from '../../shared/values/quote';
import { phoneRules, type SquadVoiceAccount } from '../transport/vendor';

const LABEL = 'Affiliate ID';

/** What SquadVoice requires with each lead of an affiliate (SquadVoice affiliate API page, Create a Lead). */
export interface AffiliateFields {
	lead_id: string;
	affiliate_id: string;
}

/**
 * The IDs of an affiliate's lead: the phone number, and the affiliate's ID from the item or else from the credential.
 * @throws InvalidInputError for another Lead ID, for no Affiliate ID, and for a column of such a name with another value
 */
export function readAffiliateFields(
	item: ItemParameters,
	account: SquadVoiceAccount,
	phone: LeadPhone,
): AffiliateFields {
	const isNumber = (value: unknown) => isSameNumber(item, account, phone, value);
	const leadId = item.optionalText('leadId', 'Lead ID');
	if (leadId !== undefined && !isNumber(item.value('leadId'))) {
		throw new InvalidInputError(
			`Lead ID: ${quote(leadId)} is not the phone number of this lead`,
			'SquadVoice takes the phone number as the lead ID of an affiliate. Clear Lead ID, and send your own ID as a custom field',
		);
	}
	const affiliateId = readAffiliateId(item) ?? account.affiliateId;
	if (affiliateId === undefined) {
		throw new InvalidInputError(
			`${LABEL} is empty`,
			`SquadVoice requires it with every lead of an affiliate: add ${LABEL} under Additional Fields, or fill it in in the credential`,
		);
	}
	checkColumn(item, 'lead_id', isNumber, 'the phone number');
	checkColumn(item, 'affiliate_id', (value) => asText(value) === affiliateId, LABEL);
	return { lead_id: phone.phone, affiliate_id: affiliateId };
}

/** @throws InvalidInputError where the Affiliate ID of an item has a value: SquadVoice takes it from affiliates only */
export function refuseAffiliateId(item: ItemParameters): void {
	if (asText(item.option('additionalFields', 'affiliateId')) === undefined) return;
	throw new InvalidInputError(
		`${LABEL} is for affiliate accounts only`,
		`Remove ${LABEL} from Additional Fields. Is this an affiliate? Change Account Kind in the credential`,
	);
}

/** The Affiliate ID of the item: an expression that comes to nothing must not credit the lead to another affiliate. */
function readAffiliateId(item: ItemParameters): string | undefined {
	const name = ['additionalFields', 'affiliateId'] as const;
	const id = readIdText(item.option(...name), LABEL);
	if (id === undefined && item.hasExpression(...name) && !item.isFilledByModel(...name)) {
		throw emptyExpression(LABEL);
	}
	return id;
}

/** True for the number of the lead, in any format. */
function isSameNumber(
	item: ItemParameters,
	account: SquadVoiceAccount,
	phone: LeadPhone,
	value: unknown,
): boolean {
	try {
		return (
			numberOf(readPhoneValue(item, value, 'Lead ID', phoneRules(account))) === numberOf(phone)
		);
	} catch {
		// What cannot be read as a number is another ID.
		return false;
	}
}

/** Refuses a column that Map Automatically leaves out, as it has a name of SquadVoice's, if it says something else than what is sent. */
function checkColumn(
	item: ItemParameters,
	column: string,
	isSent: (value: unknown) => boolean,
	sent: string,
): void {
	if (item.text('customFieldsMode') !== 'auto') return;
	const excluded = item.namedColumns('excludedColumns', 'Exclude Columns');
	const value = new Map(item.unmappedColumns(excluded)).get(column);
	if (asText(value) === undefined || isSent(value)) return;
	throw new InvalidInputError(
		`The column "${column}" has ${quote(value)}, but SquadVoice gets ${sent} as ${column}`,
		'Use the column in the field of that name, or add it to Exclude Columns',
	);
}
