import type { IDataObject } from 'n8n-workflow';
import { foldText } from '../values/foldText';
import { asText } from '../values/json';
import { digitsOf } from '../values/phone/digitsOf';
import type { LeadJob } from './leadState';

const MAX_NAMED = 10;

/**
 * "Differs from item 2: Mobile Phone": the columns in which a duplicate has other data than the item that was sent;
 * undefined if both are the same throughout. @param usedColumns those that a field of the node takes
 */
export function duplicateNote(
	job: LeadJob<unknown>,
	original: LeadJob<unknown>,
	items: ReadonlyArray<{ json: IDataObject }>,
	usedColumns: ReadonlySet<string>,
): string | undefined {
	if (JSON.stringify(job.lead) === JSON.stringify(original.lead)) return undefined;
	const own = items[job.itemIndex]?.json ?? {};
	const other = items[original.itemIndex]?.json ?? {};
	const columns = [...new Set([...Object.keys(own), ...Object.keys(other)])];
	const different = columns.filter((name) => !isSameCell(own[name], other[name]));
	const used = different.filter((name) => usedColumns.has(name));
	const named = (used.length > 0 ? used : different).slice(0, MAX_NAMED).join(', ');
	return `Differs from item ${original.itemIndex}${named === '' ? '' : `: ${named}`}`;
}

/** True for cells that say the same in another spelling, such as that of a phone number. */
function isSameCell(one: unknown, other: unknown): boolean {
	const [text, otherText] = [one, other].map(
		(cell) => asText(cell) ?? JSON.stringify(cell ?? '') ?? '',
	);
	if (foldText(text ?? '') === foldText(otherText ?? '')) return true;
	const [digits, otherDigits] = [digitsOf(text), digitsOf(otherText)];
	return digits.length >= 7 && digits === otherDigits;
}
