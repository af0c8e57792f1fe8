import type { IDataObject } from 'n8n-workflow';
import { attemptAll, partlyDone } from '../../../shared/actions/outcome/parts';
import { defineOperation } from '../../../shared/actions/router';
import { isRecord } from '../../../shared/transport/responseValidators';
import { showFor } from '../../../shared/descriptions/displayOptions';
import { PHONE_OPTIONS, WRITE_OPTIONS, optionsField } from '../../../shared/descriptions/options';
import { oneOf } from '../../../shared/parameters/optionReaders';
import { asObjects, asText, type JsonObject } from '../../../shared/values/json';
import type { Outcome } from '../../../shared/actions/outcome/outcome';
import type { ApiClient } from '../../../shared/transport/ApiClient';
import {
	additionalFields,
	customFieldsMapper,
	nameField,
	samePersonOption,
	statusField,
} from '../../descriptions/common';
import { addressesField, contactFields } from '../../descriptions/contacts';
import { customFieldsOf, loadCustomFields, type CustomFields } from '../../lead/customFieldSchema';
import { customFieldIdOf, customValuesOf } from '../../lead/customValues';
import {
	ownOutput,
	nameOfLead,
	readLead,
	extensionOutput,
	type LeadBody,
} from '../../lead/leadBody';
import { createLead, leadById } from '../../lead/lead';
import { changedOutput, createdOutput } from '../../lead/leadOutput';
import { matchField } from '../../descriptions/matchBy';
import { readMatchKeys } from '../../lead/matchKeys';
import { labeledKeysOf, type MatchKey } from '../../lead/leadKeys';
import { findAfterLostResponse, findFirst, type FoundLead } from '../../lead/matching';
import { close, closeRequest } from '../../transport/vendor';

export const description = showFor(
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
					name: 'Fill Empty Fields Only',
					value: 'fillEmpty',
					description: 'Keeps everything Close already has, also the status',
				},
				{
					name: 'Overwrite',
					value: 'replace',
					description: "Replaces Close's values with those of this item",
				},
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
		...contactFields('For an existing lead it is only used for matching.'),
		statusField(
			{
				description:
					'Leave empty to give a new lead the first status, and to keep the status of an existing lead',
			},
			'First status, or unchanged',
		),
		addressesField,
		additionalFields,
		customFieldsMapper,
		optionsField(
			[...WRITE_OPTIONS, ...PHONE_OPTIONS, 'dateFormat', 'simplify'],
			[samePersonOption],
		),
	],
);

export const toolDescription =
	'Writes: updates the lead in the CRM Close that matches, or creates it if there is none. The outcome is "updated" or "created". Do not repeat it within a minute: Close finds a new lead only after a moment.';

interface Wanted extends LeadBody {
	matches: MatchKey[];
	fields: CustomFields;
	onlyEmpty: boolean;
	ifSeveral: (typeof IF_SEVERAL)[number];
	simplify: boolean;
}

const IF_FOUND = ['fillEmpty', 'replace'] as const;
const IF_SEVERAL = ['error', 'all', 'first'] as const;

/** Finds a lead by the keys, in order, and updates it (`PUT /lead/{id}/`), or creates it (`POST /lead/`). */
export const operation = defineOperation(close, {
	safety: 'unsafe',
	itemName: nameOfLead,
	prepare: loadCustomFields,
	parseItem(item, account): Wanted {
		const fields = customFieldsOf(account);
		const lead = readLead(item, fields);
		return {
			...lead,
			matches: readMatchKeys(item, lead, fields),
			fields,
			onlyEmpty: oneOf(item.value('ifFound'), IF_FOUND, 'If a Lead Is Found') !== 'replace',
			ifSeveral: oneOf(item.value('ifSeveral'), IF_SEVERAL, 'If Several Are Found') ?? 'error',
			simplify: item.simplify,
		};
	},
	dedupeKeys: ({ matches }) => labeledKeysOf(matches),
	toOutput: (lead) => ownOutput(lead),
	lookUp: async (client, leads) =>
		await Promise.all(leads.map(async ({ matches }) => await findFirst(client, matches))),
	async sendOne(client, wanted, found = []) {
		if (found.length > 0) return await change(client, wanted, found);
		const created = await createLead(client, wanted.body);
		const output = createdOutput(created, wanted.body, wanted.simplify);
		return { kind: 'created', data: { ...output, ...extensionOutput(wanted.contacts) } };
	},
	/** Repeating an update is harmless, so a lead that is found is updated. */
	async reconcile(client, wanted) {
		const found = await findAfterLostResponse(client, wanted.matches);
		if (found === 'unknown') return 'unknown';
		return found.length === 0 ? 'notFound' : await change(client, wanted, found);
	},
});

/** Updates the lead that was found; If Several Are Found decides about more than one. */
async function change(client: ApiClient, wanted: Wanted, found: FoundLead[]): Promise<Outcome> {
	const ids = found.flatMap(({ lead }) => asText(lead.id) ?? []);
	if (ids.length === 0) return withoutId;
	if (ids.length > 1 && wanted.ifSeveral === 'error') return several(ids);
	const chosen = wanted.ifSeveral === 'all' ? ids : ids.slice(0, 1);
	const parts = await attemptAll(chosen, async (id) => await changeOne(client, wanted, id));
	if (parts.failed.length > 0) return partlyDone('Updated', parts);
	const updated = parts.done.map(({ result }) => result);
	const [only] = updated;
	return { kind: 'updated', data: updated.length === 1 && only !== undefined ? only : updated };
}

async function changeOne(client: ApiClient, wanted: Wanted, id: string): Promise<IDataObject> {
	// Read again: search may show an older state.
	const current = (wanted.onlyEmpty ? await leadById(client, id) : undefined) ?? { id };
	const changes = changesTo(current, wanted);
	const changedFields = Object.keys(changes);
	const toOutput = async (lead: JsonObject): Promise<IDataObject> => ({
		...(await changedOutput(client, lead, wanted.simplify)),
		...extensionOutput(wanted.contacts),
		changedFields,
	});
	if (changedFields.length === 0) return await toOutput(current);
	const { body } = await client.request(
		closeRequest('lead', {
			id,
			method: 'PUT',
			safety: 'idempotent',
			body: changes,
			validateBody: isRecord(id),
		}),
	);
	return await toOutput(asObjects([body])[0] ?? current);
}

/** Contacts are never changed; with Fill Empty Fields Only, nothing that has a value. */
function changesTo(current: JsonObject, { body, fields, onlyEmpty }: Wanted): IDataObject {
	const custom = customValuesOf(current);
	const valueOf = (key: string): unknown => {
		const id = customFieldIdOf(key);
		return id === undefined ? current[key] : (custom[id] ?? custom[fields.get(id)?.name ?? id]);
	};
	const changes = Object.entries(body).filter(
		([key]) => key !== 'contacts' && !(onlyEmpty && hasValue(valueOf(key))),
	);
	return Object.fromEntries(changes);
}

function hasValue(value: unknown): boolean {
	if (Array.isArray(value)) return value.length > 0;
	return value !== undefined && value !== null && value !== '';
}

const withoutId: Outcome = {
	kind: 'unknown',
	message: 'Outcome unknown: Close found a lead without an ID, so it was not changed',
	description: 'Look the lead up in Close, then run the item again',
};

function several(ids: string[]): Outcome {
	const shown = ids.slice(0, 5).join(', ');
	return {
		kind: 'refused',
		message: `${ids.length} leads match: ${shown}${ids.length > 5 ? ', …' : ''}`,
		description:
			'Merge them in Close, use a key that distinguishes them, or choose what to do in If Several Are Found',
	};
}
