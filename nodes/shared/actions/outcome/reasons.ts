import { shorten } from '../../values/quote';
import type { Failure } from './outcome';

/** Items of one reason that are listed; the others are counted. */
const MAX_LISTED_ITEMS = 10;
/** Reasons that are listed: our own are fewer, but a vendor or an expression may have one for each item. */
const MAX_LISTED_REASONS = 25;
const MAX_REASON_LENGTH = 300;
/** A field that this share of all items fails in, and of no fewer than that many, has the wrong column. */
const WRONG_COLUMN = { share: 0.9, items: 3 };

export interface FailedItem {
	itemIndex: number;
	failure: Failure;
}

/** The items that failed for one reason. */
export interface FailedGroup {
	reason: string;
	field: string | undefined;
	items: FailedItem[];
}

/** What the user knows an item by, such as its lead ID; undefined where it has none that can be read. */
export type NameOfItem = (itemIndex: number) => string | undefined;

/** A message that continues inside a longer sentence. */
export const withoutPeriod = (message: string) => message.replace(/\.$/, '');

/** Texts as one paragraph; the last sentence of a description has no period. */
export function sentences(...texts: ReadonlyArray<string | undefined>): string {
	return texts
		.filter((text) => text !== undefined && text !== '')
		.join('. ')
		.replace(/([.?!])\. /g, '$1 ');
}

/** Groups failures by their reason, the largest group first. */
export function groupByReason(failed: readonly FailedItem[]): FailedGroup[] {
	const groups = new Map<string, FailedGroup>();
	for (const item of failed) {
		const { message, reason = message, field } = item.failure;
		const group = groups.get(reason) ?? { reason, field, items: [] };
		group.items.push(item);
		groups.set(reason, group);
	}
	return [...groups.values()].sort((a, b) => b.items.length - a.items.length);
}

/** "4 (L-1005), 59 (L-1060) and 3 more". */
export function listItems(items: readonly FailedItem[], nameOf: NameOfItem): string {
	const listed = items.slice(0, MAX_LISTED_ITEMS).map(({ itemIndex }) => {
		const name = nameOf(itemIndex);
		return name === undefined ? `${itemIndex}` : `${itemIndex} (${shorten(name)})`;
	});
	const more = items.length - listed.length;
	return `${listed.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** Said once, below a list of items. */
export const COUNT_FROM_ZERO = 'Items count from 0, so item 0 is the first row';

/** "State is not a US state: items 7 (L-1008), 14 (L-1015). Phone Number is empty: item 4 (L-1005)": every reason, with its items. */
export function listReasons(groups: readonly FailedGroup[], nameOf: NameOfItem): string[] {
	const rest = groups.slice(MAX_LISTED_REASONS);
	const more = rest.reduce((sum, { items }) => sum + items.length, 0);
	return [
		...groups.slice(0, MAX_LISTED_REASONS).map((group) => {
			const [only] = group.items;
			const isAlone = group.items.length === 1 && only !== undefined;
			const text = shorten(isAlone ? only.failure.message : group.reason, MAX_REASON_LENGTH);
			// What follows the first sentence is advice.
			const [problem = '', ...advice] = withoutPeriod(text).split('. ');
			const items = `${isAlone ? 'item' : 'items'} ${listItems(group.items, nameOf)}`;
			return [`${problem}: ${items}`, ...advice].join('. ');
		}),
		...(more > 0 ? [`and ${more} items with other reasons`] : []),
	];
}

/**
 * A field that all or nearly all items fail in, and the question whether it has the right column; undefined if none.
 * @param count of all items that are not empty
 */
export function wrongColumn(
	groups: readonly FailedGroup[],
	count: number,
): { field: string; question: string } | undefined {
	for (const { field } of groups) {
		if (field === undefined) continue;
		const ofField = groups.filter((group) => group.field === field);
		const failed = ofField.reduce((sum, { items }) => sum + items.length, 0);
		if (failed < WRONG_COLUMN.items || failed < count * WRONG_COLUMN.share) continue;
		const [{ reason = '' } = {}] = ofField;
		const problem = ofField.length === 1 ? firstSentence(reason) : `${field} cannot be used`;
		const where = failed === count ? `all ${count}` : `${failed} of ${count}`;
		return { field, question: `${problem} in ${where} items: is the right column in this field?` };
	}
	return undefined;
}

function firstSentence(text: string): string {
	return withoutPeriod(text).split('. ')[0] ?? text;
}
