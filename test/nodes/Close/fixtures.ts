import type { IDataObject } from 'n8n-workflow';
import { asParameters, phoneOf } from '../../support/fixtures';
import { useSandbox } from '../../support/sandbox';

/** A sandbox for the tests of one file, the Close node run against it, and what Close received and holds. */
export function useClose() {
	const sandbox = useSandbox();
	const requests = () => sandbox.world.requests;
	const requestsTo = (method: string, path: string) =>
		requests().filter((request) => request.method === method && request.path === path);
	return {
		sandbox,
		close: sandbox.close,
		requests,
		requestsTo,
		createRequests: () => requestsTo('POST', '/lead/'),
		storedLeads: () => [...sandbox.world.close.leads.values()],
		ledger: () => sandbox.world.ledger('close'),
	};
}

/** Items 0 to count - 1, each with a name and a phone number of its own. */
export const people = (count: number): IDataObject[] =>
	Array.from({ length: count }, (_, i) => ({ name: `Person ${i}`, phone: phoneOf(i) }));

/** A status as the drop-down stores it. */
export const status = (id: string) => ({ __rl: true, mode: 'list', value: id });

/** Custom fields as the resource mapper stores them; `types` by field ID. */
export const mapped = (value: IDataObject, types: IDataObject = {}) => ({
	mappingMode: 'defineBelow',
	value,
	schema: Object.entries(types).map(([id, type]) => ({ id, displayName: id, type })),
});

/** Reads leads with an OAuth2 credential. */
export const getAllByOAuth2 = asParameters({
	authentication: 'oAuth2',
	resource: 'lead',
	operation: 'getAll',
	options: {},
});
