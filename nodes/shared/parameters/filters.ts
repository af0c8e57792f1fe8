import { InvalidInputError } from '../errors/InvalidInputError';
import { isBlank } from '../values/json';
import { emptyExpression } from './cells';
import type { ItemParameters } from './ItemParameters';

/**
 * Refuses a filter whose expression comes to nothing: the user meant certain records, and would get all. What a model
 * fills in itself (`$fromAI`) it may leave out, but not all of it. @param labels what the panel calls each filter
 * @param isNarrowed something besides Filters narrows the search. @throws InvalidInputError naming the filter
 */
export function checkFilters(
	item: ItemParameters,
	labels: Readonly<Record<string, string>>,
	isNarrowed: boolean,
): void {
	const names = Object.keys(labels).filter((name) => item.hasExpression('filters', name));
	const empty = names.filter((name) => isBlank(item.option('filters', name)));
	const byUser = empty.find((name) => !item.isFilledByModel('filters', name));
	if (byUser !== undefined) throw emptyExpression(labels[byUser] ?? byUser);
	const hasValue = Object.keys(labels).some((name) => !isBlank(item.option('filters', name)));
	if (empty.length === 0 || hasValue || isNarrowed) return;
	throw new InvalidInputError(
		'None of the filters has a value',
		`Fill in at least one of ${Object.values(labels).join(', ')}`,
	);
}
