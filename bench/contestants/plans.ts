import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../nodes/shared/values/json';
import { squadVoiceAccounts } from '../../sandbox/accounts';
import type { Job } from '../cases/case';
import { closeBody, squadVoiceBody } from '../cases/leads';

export type PlanVendor = 'close' | 'squadVoice' | 'aktify';

export interface PlannedRequest {
	method: 'GET' | 'POST';
	url: string;
	body?: unknown;
}

/** Sends a request and returns the parsed response. @throws Error for any status but 2xx */
export type Send = (request: PlannedRequest) => Promise<unknown>;

/** The requests of one lead or batch, one after the other. Returns the output items. */
export type Task = (send: Send) => Promise<IDataObject[]>;

/** The requests of a bare loop: the same as this package sends, and nothing else. */
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

/** One request per lead, or two with the search for an existing lead. */
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
				if (isObject(found) && Array.isArray(found.data) && found.data.length > 0)
					return [{ lead }];
			}
			const reply = await send({ method: 'POST', url: `${closeApi}/lead/`, body: closeBody(lead) });
			return isObject(reply) ? [{ leadId: String(reply.id) }] : [];
		}),
});

/** Page by page, until a page reports that it is the last. */
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
				if (!isObject(page) || !Array.isArray(page.data)) return leads;
				leads.push(...page.data.filter(isObject).map(({ id }) => ({ leadId: String(id) })));
				if (page.has_more !== true) return leads;
			}
		},
	],
};

function toBatches(items: IDataObject[], size: number): IDataObject[][] {
	const count = Math.ceil(items.length / size);
	return Array.from({ length: count }, (_, batch) => items.slice(batch * size, (batch + 1) * size));
}

/** In batches of 100. */
export const squadVoiceCreate: Plan = {
	vendor: 'squadVoice',
	tasks: ({ items, sandbox }) =>
		toBatches(items, 100).map((batch) => async (send) => {
			const { campaign } = squadVoiceAccounts.standard;
			await send({
				method: 'POST',
				url: `${sandbox}/squadvoice/api/v1/leads/create/${campaign}/`,
				body: batch.map(squadVoiceBody),
			});
			return batch.map(({ id }) => ({ leadId: id }));
		}),
};

/** In batches of 50. */
export const aktifyDisable: Plan = {
	vendor: 'aktify',
	tasks: ({ items, sandbox }) =>
		toBatches(items, 50).map((batch) => async (send) => {
			await send({
				method: 'POST',
				url: `${sandbox}/aktify/api/v1/leads/end-contact`,
				body: { phoneNumberList: batch.map(({ phone }) => phone) },
			});
			return batch.map(({ phone }) => ({ phoneNumber: phone }));
		}),
};

/** Runs tasks, at most `width` at a time. After a failure it starts no other task, and throws. */
export async function runConcurrently(
	tasks: Task[],
	width: number,
	send: Send,
): Promise<IDataObject[]> {
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
