import { isRecord } from '../../lib/guards';
import type { CustomField } from './accounts';
import { BadQuery, readCondition, textMatcher } from './conditions';
import { fieldKinds, relations, type Entity, type Kind, type ObjectType } from './entities';

export type Predicate = (entity: Entity) => boolean;

export interface Reader {
	customFields: readonly CustomField[];
	/** The caller's offset from UTC (the header x-tz-offset). */
	offsetMs: number;
	now: number;
}

export interface Field {
	kind: Kind;
	valueOf(entity: Entity): unknown;
}

function isObjectType(value: unknown): value is ObjectType {
	return typeof value === 'string' && Object.hasOwn(fieldKinds, value);
}

function customKind({ type }: CustomField): Kind {
	if (type === 'user') return { reference: 'user' };
	if (type === 'choices') return 'choice';
	return type === 'date' || type === 'datetime' ? 'moment' : type;
}

/** Reads a regular_field or a custom_field. A field belongs to the objects that are filtered. */
export function readField(reader: Reader, raw: unknown, type: ObjectType): Field {
	if (!isRecord(raw)) throw new BadQuery('field must be an object.');
	if (raw.type === 'custom_field') {
		const id = raw.custom_field_id;
		const field = reader.customFields.find((known) => known.id === id);
		if (!field || type !== 'lead') throw new BadQuery('There is no such custom field.');
		return { kind: customKind(field), valueOf: (entity) => entity.custom[field.id] };
	}
	if (raw.type !== 'regular_field') throw new BadQuery('A field is regular_field or custom_field.');
	if (raw.object_type !== type) throw new BadQuery(`The object_type of a field must be ${type}.`);
	const name = typeof raw.field_name === 'string' ? raw.field_name : '';
	const kind = Object.hasOwn(fieldKinds[type], name) ? fieldKinds[type][name] : undefined;
	if (kind === undefined) throw new BadQuery(`A ${type} has no field ${name}.`);
	return { kind, valueOf: (entity) => entity.values[name] };
}

function readRelated(reader: Reader, raw: Record<string, unknown>, type: ObjectType): Predicate {
	const { this_object_type: own, related_object_type: related } = raw;
	if (own !== type) throw new BadQuery(`this_object_type must be ${type}.`);
	if (!isObjectType(related) || !relations[type].includes(related)) {
		throw new BadQuery(`A ${type} has no related ${String(related)}.`);
	}
	const matches = readQuery(reader, raw.related_query, related);
	return (entity) => entity.related(related).some(matches);
}

function readPlain(reader: Reader, raw: Record<string, unknown>, type: ObjectType): Predicate {
	switch (raw.type) {
		case 'and':
		case 'or': {
			if (!Array.isArray(raw.queries)) throw new BadQuery('queries must be a list.');
			const parts = raw.queries.map((part) => readQuery(reader, part, type));
			if (raw.type === 'and') return (entity) => parts.every((matches) => matches(entity));
			return (entity) => parts.some((matches) => matches(entity));
		}
		case 'object_type':
			if (raw.object_type !== type) throw new BadQuery(`object_type must be ${type}.`);
			return () => true;
		case 'match_all':
			return () => true;
		case 'id': {
			const { value } = raw;
			if (typeof value !== 'string') throw new BadQuery('value must be an ID.');
			return (entity) => entity.id === value;
		}
		case 'text': {
			// ASSUMED: the fields of the object itself that hold text.
			const names = Object.keys(fieldKinds[type]).filter((n) => fieldKinds[type][n] === 'text');
			const matches = textMatcher(raw.mode, raw.value);
			return (entity) => names.some((name) => matches(entity.values[name]));
		}
		case 'field_condition': {
			const field = readField(reader, raw.field, type);
			const matches = readCondition(raw.condition, field.kind, reader.offsetMs, reader.now);
			return (entity) => matches(field.valueOf(entity));
		}
		case 'has_related':
			return readRelated(reader, raw, type);
		default:
			throw new BadQuery(`There is no query of type ${String(raw.type)}.`);
	}
}

/** Reads a query for objects of this type; every query can be negated. */
export function readQuery(reader: Reader, raw: unknown, type: ObjectType): Predicate {
	if (!isRecord(raw)) throw new BadQuery('A query must be an object.');
	const { negate } = raw;
	if (negate !== undefined && typeof negate !== 'boolean') {
		throw new BadQuery('negate must be true or false.');
	}
	const matches = readPlain(reader, raw, type);
	return negate === true ? (entity) => !matches(entity) : matches;
}

/** The object type a query asks for: that of the object_type query its `and` holds, at any depth. */
export function objectTypeOf(raw: unknown): unknown {
	if (!isRecord(raw)) return undefined;
	if (raw.type === 'object_type') return raw.object_type;
	if (raw.type !== 'and' || !Array.isArray(raw.queries)) return undefined;
	return raw.queries.map(objectTypeOf).find((type) => type !== undefined);
}
