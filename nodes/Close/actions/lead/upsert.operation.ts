import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { defineOperation } from '../../../shared/actions/router';
import { hasId } from '../../../shared/transport/responseValidators';
import { optionsField } from '../../../shared/descriptions/commonFields';
import { asObjects, asText } from '../../../shared/values/json';
import type { JsonObject } from '../../../shared/values/json';
import type { Outcome } from '../../../shared/actions/outcome/outcome';
import type { ApiClient } from '../../../shared/transport/ApiClient';
import { showFor } from '../../../shared/transport/vendor';
import {
	additionalFields,
	addressesField,
	contactsField,
	customFieldsMapper,
	nameField,
	statusField,
} from '../../descriptions/common';
import { readLead, extensionOutput } from '../../lead/leadBody';
import type { LeadBody } from '../../lead/leadBody';
import { simplifyLead } from '../../lead/lead';
import { matchField, readMatches } from '../../descriptions/matchBy';
import { findAfterLostResponse, findFirst, leadById, dedupeKeysOf } from '../../lead/matching';
import type { MatchKey } from '../../lead/matching';
import { close, closeRequest } from '../../transport/vendor';

export const fields: INodeProperties[] = showFor(
	'lead',
	['upsert'],
	[
		matchField,
		{
			displayName: 'If a Lead Is Found',
			name: 'ifFound',
			type: 'options',
			default: 'fillEmpty',
			options: [
				{
					name: 'Fill Only Empty Fields',
					value: 'fillEmpty',
					description: 'What Close has stays; the status stays too, as every lead has one',
				},
				{ name: 'Replace', value: 'replace', description: 'What this item has wins' },
			],
		},
		{
			displayName: 'If Several Are Found',
			name: 'ifSeveral',
			type: 'options',
			default: 'error',
			options: [
				{ name: 'Fail', value: 'error' },
				{ name: 'Update All', value: 'all', description: 'One output item for each' },
				{ name: 'Update the Oldest', value: 'first' },
			],
		},
		nameField,
		{
			...contactsField,
			description:
				'The people of a new lead. Of a lead that is found they are for matching only: its contacts stay as they are.',
		},
		statusField(
			{
				description:
					'Empty gives a new lead the first status, and leaves that of a lead that is found',
			},
			'First status, or unchanged',
		),
		addressesField,
		additionalFields,
		customFieldsMapper,
		optionsField([
			'defaultCountry',
			'giveUpAfter',
			'phoneCheck',
			'previewOnly',
			'requestsAtOnce',
			'requestsPerMinute',
			'timeout',
		]),
	],
);

interface Wanted extends LeadBody {
	matches: MatchKey[];
	onlyEmpty: boolean;
	ifSeveral: 'error' | 'all' | 'first';
}

/** Finds a lead by the keys, in order, and changes it by `PUT /lead/{id}/`, or creates it by `POST /lead/`. */
export const execute = defineOperation(close, {
	safety: 'unsafe',

	parseItem(item): Wanted {
		const lead = readLead(item);
		const several = item.text('ifSeveral');
		return {
			...lead,
			matches: readMatches(item, lead),
			onlyEmpty: item.text('ifFound') !== 'replace',
			ifSeveral: several === 'all' || several === 'first' ? several : 'error',
		};
	},

	maxBatchSize: () => 1,
	dedupeKeys: ({ matches }) => matches.flatMap(dedupeKeysOf),

	async sendBatch(vendor, [wanted]) {
		if (wanted === undefined) return [];
		// A preview shows the lead as it would be created: nobody has been asked whether it is there.
		const found = vendor.dryRun ? [] : await findFirst(vendor, wanted.matches);
		if (found.length > 0) return [await change(vendor, wanted, found)];
		const { body } = await vendor.request(
			closeRequest('lead', {
				method: 'POST',
				safety: 'unsafe',
				body: wanted.body,
				validateBody: hasId,
			}),
		);
		return [{ kind: 'created', data: told(wanted, asObjects([body])[0] ?? {}) }];
	},

	/** Changing once more what was changed is harmless, so a lead that is found is updated. */
	async reconcile(vendor, wanted) {
		const found = await findAfterLostResponse(vendor, wanted.matches);
		if (found === 'unknown') return 'unknown';
		return found.length === 0 ? 'absent' : await change(vendor, wanted, found);
	},
});

/** Changes the lead that was found, or what the user chose to do with several. */
async function change(vendor: ApiClient, wanted: Wanted, found: JsonObject[]): Promise<Outcome> {
	const ids = found.flatMap(({ id }) => asText(id) ?? []);
	if (ids.length === 0) return withoutId;
	if (ids.length > 1 && wanted.ifSeveral === 'error') return several(ids);
	const chosen = wanted.ifSeveral === 'all' ? ids : ids.slice(0, 1);
	const updated: IDataObject[] = [];
	for (const id of chosen) updated.push(await changeOne(vendor, wanted, id));
	const [only] = updated;
	return { kind: 'updated', data: updated.length === 1 && only !== undefined ? only : updated };
}

async function changeOne(vendor: ApiClient, wanted: Wanted, id: string): Promise<IDataObject> {
	// Not as search showed it: search may lag behind.
	const current = (wanted.onlyEmpty ? await leadById(vendor, id) : undefined) ?? { id };
	const changes = changesTo(current, wanted);
	const changedFields = Object.keys(changes);
	if (changedFields.length === 0) return { ...told(wanted, current), changedFields };
	const { body } = await vendor.request(
		closeRequest(
			'lead',
			{ method: 'PUT', safety: 'idempotent', body: changes, validateBody: hasId },
			id,
		),
	);
	return { ...told(wanted, asObjects([body])[0] ?? current), changedFields };
}

/** What to change: contacts never, with Fill Only Empty Fields nothing that has a value. */
function changesTo(current: JsonObject, { body, onlyEmpty }: Wanted): IDataObject {
	const changes = Object.entries(body).filter(
		([key]) => key !== 'contacts' && !(onlyEmpty && hasValue(current[key])),
	);
	return Object.fromEntries(changes);
}

function hasValue(value: unknown): boolean {
	if (Array.isArray(value)) return value.length > 0;
	return value !== undefined && value !== null && value !== '';
}

function told({ contacts }: Wanted, lead: JsonObject): IDataObject {
	return { ...simplifyLead(lead), ...extensionOutput(contacts) };
}

const withoutId: Outcome = {
	kind: 'unknown',
	message: 'Outcome unknown: Close found a lead and did not tell its ID, so it was not changed',
	description: 'Look the lead up in Close, then run the item again',
};

function several(ids: string[]): Outcome {
	const shown = ids.slice(0, 5).join(', ');
	return {
		kind: 'refused',
		message: `${ids.length} leads match: ${shown}${ids.length > 5 ? ', …' : ''}`,
		description:
			'Merge them in Close, use a key that tells them apart, or choose what to do in If Several Are Found',
	};
}
