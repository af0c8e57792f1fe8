import { isRecord } from '../../lib/guards';
import type { CustomField } from './accounts';
import { InvalidQuery, readCondition, textMatcher } from './conditions';
import { FIELD_KINDS, RELATIONS, type Entity, type Kind, type ObjectType } from './entities';

export type Predicate = (entity: Entity) => boolean;

/** The context in which a query is read. */
export interface QueryContext {
	customFields: readonly CustomField[];
	/** The client's offset from UTC (the header x-tz-offset). */
	offsetMs: number;
	now: number;
}

export interface Field {
	kind: Kind;
	valueOf(entity: Entity): unknown;
}

function isObjectType(value: unknown): value is ObjectType {
	return typeof value === 'string' && Object.hasOwn(FIELD_KINDS, value);
}

function customKind({ type }: CustomField): Kind {
	if (type === 'user' || type === 'contact') return { reference: type };
	if (type === 'choices') return 'choice';
	return type === 'date' || type === 'datetime' ? 'moment' : type;
}

/** Reads a regular_field or a custom_field of the objects that the query filters. */
export function readField(context: QueryContext, raw: unknown, type: ObjectType): Field {
	if (!isRecord(raw)) throw new InvalidQuery('field must be an object.');
	if (raw.type === 'custom_field') {
		const id = raw.custom_field_id;
		const field = context.customFields.find((known) => known.id === id);
		if (!field || type !== 'lead') throw new InvalidQuery('There is no such custom field.');
		return { kind: customKind(field), valueOf: (entity) => entity.custom[field.id] };
	}
	if (raw.type !== 'regular_field')
		throw new InvalidQuery('A field is regular_field or custom_field.');
	if (raw.object_type !== type)
		throw new InvalidQuery(`The object_type of a field must be ${type}.`);
	const name = typeof raw.field_name === 'string' ? raw.field_name : '';
	const kind = Object.hasOwn(FIELD_KINDS[type], name) ? FIELD_KINDS[type][name] : undefined;
	if (kind === undefined) throw new InvalidQuery(`A ${type} has no field ${name}.`);
	return { kind, valueOf: (entity) => entity.values[name] };
}

function readRelated(
	context: QueryContext,
	raw: Record<string, unknown>,
	type: ObjectType,
): Predicate {
	const { this_object_type: own, related_object_type: related } = raw;
	if (own !== type) throw new InvalidQuery(`this_object_type must be ${type}.`);
	if (!isObjectType(related) || !RELATIONS[type].includes(related)) {
		throw new InvalidQuery(`A ${type} has no related ${String(related)}.`);
	}
	const matches = readQuery(context, raw.related_query, related);
	return (entity) => entity.related(related).some(matches);
}

function readPositive(
	context: QueryContext,
	raw: Record<string, unknown>,
	type: ObjectType,
): Predicate {
	switch (raw.type) {
		case 'and':
		case 'or': {
			if (!Array.isArray(raw.queries)) throw new InvalidQuery('queries must be a list.');
			const parts = raw.queries.map((part) => readQuery(context, part, type));
			if (raw.type === 'and') return (entity) => parts.every((matches) => matches(entity));
			return (entity) => parts.some((matches) => matches(entity));
		}
		case 'object_type':
			if (raw.object_type !== type) throw new InvalidQuery(`object_type must be ${type}.`);
			return () => true;
		case 'match_all':
			return () => true;
		case 'id': {
			const { value } = raw;
			if (typeof value !== 'string') throw new InvalidQuery('value must be an ID.');
			return (entity) => entity.id === value;
		}
		case 'text': {
			// ASSUMED (which fields a search for text compares): it compares the object's own text
			// fields. Confirmed by a search for a contact's name.
			const names = Object.keys(FIELD_KINDS[type]).filter((n) => FIELD_KINDS[type][n] === 'text');
			const matches = textMatcher(raw.mode, raw.value);
			return (entity) => names.some((name) => matches(entity.values[name]));
		}
		case 'field_condition': {
			const field = readField(context, raw.field, type);
			const matches = readCondition(raw.condition, field.kind, context.offsetMs, context.now);
			return (entity) => matches(field.valueOf(entity));
		}
		case 'has_related':
			return readRelated(context, raw, type);
		default:
			throw new InvalidQuery(`There is no query of type ${String(raw.type)}.`);
	}
}

/** Reads a query for objects of this type; any query can be negated. */
export function readQuery(context: QueryContext, raw: unknown, type: ObjectType): Predicate {
	if (!isRecord(raw)) throw new InvalidQuery('A query must be an object.');
	const { negate } = raw;
	if (negate !== undefined && typeof negate !== 'boolean') {
		throw new InvalidQuery('negate must be true or false.');
	}
	const matches = readPositive(context, raw, type);
	return negate === true ? (entity) => !matches(entity) : matches;
}

/** The object type of a query: that of the object_type query inside its `and`, at any depth. */
export function objectTypeOf(raw: unknown): unknown {
	if (!isRecord(raw)) return undefined;
	if (raw.type === 'object_type') return raw.object_type;
	if (raw.type !== 'and' || !Array.isArray(raw.queries)) return undefined;
	return raw.queries.map(objectTypeOf).find((type) => type !== undefined);
}
