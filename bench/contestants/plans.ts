import type { IDataObject } from 'n8n-workflow';
import { isRecord } from '../../sandbox/lib/guards';
import { squadVoiceAccounts } from '../../sandbox/vendors/squadVoice/accounts';
import type { Job } from '../cases/case';
import { closeBody, squadVoiceBody } from '../cases/leads';

export type PlanVendor = 'close' | 'squadVoice' | 'aktify';

export interface PlannedRequest {
	method: 'GET' | 'POST';
	url: string;
	body?: unknown;
}

/** Makes a request and gives the parsed reply. @throws what the helper throws, at any status but 2xx */
export type Send = (request: PlannedRequest) => Promise<unknown>;

/** The requests of one lead, or of one list, one after the other; gives what comes out of it. */
export type Task = (send: Send) => Promise<IDataObject[]>;

/** What a bare loop does: the very requests that this package makes, and nothing besides. */
export interface Plan {
	vendor: PlanVendor;
	tasks: (job: Job) => Task[];
}

const closeApi = 'https://api.close.com/api/v1';

/** Close's search for a lead by one phone number. */
function searchByPhone(phone: unknown): IDataObject {
	const related = (inside: string, query: IDataObject, outside: string): IDataObject => ({
		type: 'has_related',
		this_object_type: outside,
		related_object_type: inside,
		related_query: query,
	});
	const sameNumber = {
		type: 'field_condition',
		field: { type: 'regular_field', object_type: 'contact_phone', field_name: 'phone' },
		condition: { type: 'text', mode: 'phrase', value: phone },
	};
	const queries = [
		{ type: 'object_type', object_type: 'lead' },
		related('contact', related('contact_phone', sameNumber, 'contact'), 'lead'),
	];
	return { query: { type: 'and', queries }, _limit: 100, include_counts: true };
}

/** One request a lead, or two with the search that a lead is there already. */
export const closeCreate = (search: boolean): Plan => ({
	vendor: 'close',
	tasks: ({ items }) =>
		items.map((lead) => async (send) => {
			if (search) {
				const found = await send({
					method: 'POST',
					url: `${closeApi}/data/search/`,
					body: searchByPhone(lead.phone),
				});
				if (isRecord(found) && Array.isArray(found.data) && found.data.length > 0)
					return [{ lead }];
			}
			const reply = await send({ method: 'POST', url: `${closeApi}/lead/`, body: closeBody(lead) });
			return isRecord(reply) ? [{ leadId: String(reply.id) }] : [];
		}),
});

/** Page by page: where the next begins, the last one says. */
export const closeGetAll: Plan = {
	vendor: 'close',
	tasks: () => [
		async (send) => {
			const leads: IDataObject[] = [];
			for (let skip = 0; ; skip += 100) {
				const page = await send({
					method: 'GET',
					url: `${closeApi}/lead/?_skip=${skip}&_limit=100`,
				});
				if (!isRecord(page) || !Array.isArray(page.data)) return leads;
				leads.push(...page.data.filter(isRecord).map(({ id }) => ({ leadId: String(id) })));
				if (page.has_more !== true) return leads;
			}
		},
	],
};

function inLists(items: IDataObject[], size: number): IDataObject[][] {
	const count = Math.ceil(items.length / size);
	return Array.from({ length: count }, (_, list) => items.slice(list * size, (list + 1) * size));
}

/** In lists of 100. */
export const squadVoiceCreate: Plan = {
	vendor: 'squadVoice',
	tasks: ({ items, sandbox }) =>
		inLists(items, 100).map((list) => async (send) => {
			const { campaign } = squadVoiceAccounts.standard;
			await send({
				method: 'POST',
				url: `${sandbox}/squadvoice/api/v1/leads/create/${campaign}/`,
				body: list.map(squadVoiceBody),
			});
			return list.map(({ id }) => ({ leadId: id }));
		}),
};

/** In lists of 50. */
export const aktifyDisable: Plan = {
	vendor: 'aktify',
	tasks: ({ items, sandbox }) =>
		inLists(items, 50).map((list) => async (send) => {
			await send({
				method: 'POST',
				url: `${sandbox}/aktify/api/v1/leads/end-contact`,
				body: { phoneNumberList: list.map(({ phone }) => phone) },
			});
			return list.map(({ phone }) => ({ phoneNumber: phone }));
		}),
};

/** Runs tasks, so many at a time; one that fails ends the run once the others under way are done. */
export async function inParallel(tasks: Task[], width: number, send: Send): Promise<IDataObject[]> {
	const outputs: IDataObject[][] = [];
	let next = 0;
	const worker = async () => {
		while (next < tasks.length) {
			const index = next++;
			outputs[index] = (await tasks[index]?.(send)) ?? [];
		}
	};
	await Promise.all(Array.from({ length: width }, worker));
	return outputs.flat();
}
