import type { IDataObject } from 'n8n-workflow';
import { parseInstant } from '../../shared/values/dates';
import { compact } from '../../shared/values/compact';
import { foldText } from '../../shared/values/foldText';
import { asText, getOwn, isObject } from '../../shared/values/json';
import { digitsOf } from '../../shared/values/phone/digitsOf';
import { readUsState } from '../../shared/values/usAddress';
import { comparable } from './numbers';

type IsSame = (sent: string, replied: string) => boolean;

const epochOf = (time: string) => {
	const instant = parseInstant(time, 'UTC');
	return instant.ok ? Math.floor(instant.epochMs / 1000) : undefined;
};
const zipOf = (zip: string) => digitsOf(zip).slice(0, 5);
const isSameText: IsSame = (sent, replied) => foldText(sent) === foldText(replied);
const isAnyText: IsSame = () => true;

/** Where another spelling is the same value; other fields are the same text without case and outer blanks. */
const COMPARISONS: Record<string, IsSame> = {
	phoneNumber: (sent, replied) => comparable(sent) === comparable(replied),
	region: (sent, replied) => sent === readUsState(replied),
	zipCode: (sent, replied) => zipOf(sent) === zipOf(replied),
	externalCreated: (sent, replied) => epochOf(sent) === epochOf(replied),
	externalLeadId: (sent, replied) => sent === replied,
	// Aktify replies with the link that it sends, which may be shortened.
	link: isAnyText,
	linkToShorten: isAnyText,
};

/**
 * What a reply of 201 says: "the created lead with whatever properties were accepted" (Aktify API page, Create lead).
 * @returns the state that Aktify found, the link that it will send, and the names of what it accepted and did not accept
 */
export function simplifyReply(sent: IDataObject, reply: unknown): IDataObject {
	const region = asText(getOwn(reply, 'region'));
	const fields = Object.entries(sent).flatMap(([name, value]) => {
		const replied = getOwn(reply, name === 'linkToShorten' ? 'link' : name);
		if (!isObject(value)) return [{ name, isAccepted: isSame(name, value, replied) }];
		return Object.entries(value).map(([key, entry]) => ({
			name: `${name}.${key}`,
			isAccepted: isSame(name, entry, getOwn(replied, key)),
		}));
	});
	const namesOf = (isAccepted: boolean) =>
		fields.filter((field) => field.isAccepted === isAccepted).map(({ name }) => name);
	return {
		...compact({
			link: asText(getOwn(reply, 'link')),
			state: region === undefined ? undefined : (readUsState(region) ?? region),
		}),
		accepted: namesOf(true),
		notAccepted: namesOf(false),
	};
}

function isSame(name: string, sent: unknown, replied: unknown): boolean {
	const text = asText(replied);
	const compare = COMPARISONS[name] ?? isSameText;
	return text !== undefined && compare(asText(sent) ?? '', text);
}
