import type { IDataObject } from 'n8n-workflow';
import { InvalidInputError } from '../../shared/errors/InvalidInputError';
import {
	asNumber,
	asObjects,
	asText,
	getOwn,
	isObject,
	parseBody,
	toDataObject,
	type JsonObject,
} from '../../shared/values/json';
import { quote } from '../../shared/values/quote';

type Order = 'asc' | 'desc';

/** A query of the user's, with what an export of Close has beside it. */
export interface PastedQuery {
	conditions: IDataObject[];
	/** Leads to return at most; undefined where the export has no limit. */
	limit: number | undefined;
	order: Order | undefined;
}

/** What of an export the node uses; anything else in it must be empty. */
const USED = new Set(['query', 'results_limit', 'sort']);
const isEmpty = (value: unknown) =>
	value === null || value === undefined || (Array.isArray(value) && value.length === 0);

/**
 * Reads a query in Close's format, alone or as its app exports the filters of a list: `limit`, `query`, `results_limit` and
 * `sort` (Close API page, Advanced Filtering). @throws InvalidInputError for what is no query for leads, or cannot be used
 */
export function readPastedQuery(value: unknown): PastedQuery {
	const parsed = typeof value === 'string' ? parseBody(asText(value)).body : value;
	const isBare = asText(getOwn(parsed, 'type')) !== undefined;
	const outer = isObject(parsed) && !isBare ? parsed : {};
	const query = isBare ? parsed : getOwn(parsed, 'query');
	if (!isObject(query) || asText(query.type) === undefined) {
		throw new InvalidInputError(
			'Query is not a query of Close',
			'It is a JSON object with a type, such as { "type": "and", "queries": [] }',
		);
	}
	const unused = Object.keys(outer).filter((key) => !USED.has(key) && !isEmpty(outer[key]));
	if (unused.length > 0) {
		throw new InvalidInputError(
			`Query: the node cannot use ${unused.join(', ')} of this query`,
			'Remove it from the query. Limit and Sort of the node say how many leads to return, and in which order',
		);
	}
	assertForLeads(query);
	return {
		conditions: [toDataObject(query)],
		limit: readResultsLimit(outer.results_limit),
		order: readOrder(outer.sort),
	};
}

/** @throws InvalidInputError for a query that finds other objects than leads */
function assertForLeads(query: JsonObject): void {
	const type = query.type === 'object_type' ? asText(query.object_type) : undefined;
	if (type !== undefined && type !== 'lead') {
		throw new InvalidInputError(
			`Query: this query finds ${type}, not leads`,
			'Copy the filters of a list of leads',
		);
	}
	if (query.type === 'and') for (const part of asObjects(query.queries)) assertForLeads(part);
}

function readResultsLimit(value: unknown): number | undefined {
	if (isEmpty(value)) return undefined;
	const limit = asNumber(value);
	if (limit !== undefined && Number.isInteger(limit) && limit >= 0) return limit;
	throw new InvalidInputError(
		`Query: results_limit: ${quote(value)} is not a whole number`,
		'Correct it, or remove it from the query',
	);
}

/** Search continues by date of creation, so it can return leads in this order only. */
function readOrder(value: unknown): Order | undefined {
	if (isEmpty(value)) return undefined;
	const [first, ...more] = asObjects(value);
	const field = getOwn(first, 'field');
	const isByDate =
		more.length === 0 &&
		getOwn(field, 'field_name') === 'date_created' &&
		getOwn(field, 'object_type') === 'lead';
	const direction = getOwn(first, 'direction');
	if (isByDate && (direction === 'asc' || direction === 'desc')) return direction;
	throw new InvalidInputError(
		'Query: the sort of the query is not by date of creation',
		'Remove sort from the query, and sort the output with a Sort node',
	);
}
