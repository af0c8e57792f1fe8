import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';
import {
	aktifyAccounts,
	autocallsAccounts,
	closeAccounts,
	squadVoiceAccounts,
	startSandbox,
} from '../../sandbox';
import type { RequestRecord, Sandbox, VendorName } from '../../sandbox';
import { asParameters } from '../faults/write';
import { run } from './engine';
import type { RunOptions, RunResult, StoredCredentials } from './engine';

type Scene = Omit<RunOptions, 'node' | 'credentials' | 'parameters'> & {
	parameters?: IDataObject;
	options?: IDataObject;
	credentials?: IDataObject;
};

/** A sandbox for the tests of one file, emptied after each, and the vendors' nodes run against it. */
export function useSandbox() {
	let sandbox: Sandbox;
	beforeAll(async () => {
		sandbox = await startSandbox();
	});
	afterEach(() => sandbox.world.reset());
	afterAll(async () => await sandbox.close());

	const squadCredentials = (more: IDataObject = {}): StoredCredentials => ({
		leadDispatchSquadVoiceApi: {
			apiVersion: 'v1',
			baseUrl: `${sandbox.url}/squadvoice`,
			accessToken: squadVoiceAccounts.standard.token,
			...more,
		},
	});
	const aktifyCredentials = (more: IDataObject = {}): StoredCredentials => ({
		leadDispatchAktifyApi: {
			baseUrl: `${sandbox.url}/aktify`,
			apiKey: aktifyAccounts.one.key,
			...more,
		},
	});

	const autocallsCredentials = (more: IDataObject = {}): StoredCredentials => ({
		leadDispatchAutocallsApi: {
			baseUrl: `${sandbox.url}/autocalls`,
			apiKey: autocallsAccounts.one.key,
			...more,
		},
	});

	const closeCredentials = (more: IDataObject = {}): StoredCredentials => ({
		leadDispatchCloseApi: {
			baseUrl: `${sandbox.url}/close`,
			apiKey: closeAccounts.one.key,
			...more,
		},
	});

	return {
		get world() {
			return sandbox.world;
		},
		get url() {
			return sandbox.url;
		},
		/** Requests that a vendor got, in order. */
		requests: (vendor: VendorName): RequestRecord[] =>
			sandbox.world.requests.filter((request) => request.vendor === vendor),
		squadVoice: async ({ parameters, options = {}, credentials, ...scene }: Scene) =>
			await run({
				node: 'squadVoice',
				credentials: squadCredentials(credentials),
				parameters: asParameters({ ...squadParameters, ...parameters, options }),
				...scene,
			}),
		aktify: async ({ parameters, options = {}, credentials, ...scene }: Scene) =>
			await run({
				node: 'aktify',
				credentials: aktifyCredentials(credentials),
				parameters: asParameters({ ...aktifyParameters, ...parameters, options }),
				...scene,
			}),
		autocalls: async ({ parameters, options = {}, credentials, ...scene }: Scene) =>
			await run({
				node: 'autocalls',
				credentials: autocallsCredentials(credentials),
				parameters: asParameters({ ...autocallsParameters, ...parameters, options }),
				...scene,
			}),
		close: async ({ parameters, options = {}, credentials, ...scene }: Scene) =>
			await run({
				node: 'close',
				credentials: closeCredentials(credentials),
				parameters: asParameters({ ...closeParameters, ...parameters, options }),
				...scene,
			}),
	};
}

const squadParameters: INodeParameters = {
	resource: 'lead',
	operation: 'create',
	campaign: { __rl: true, mode: 'id', value: '0PT711' },
	leadId: '={{ $json.id }}',
	phoneNumber: '={{ $json.phone }}',
	contactName: '={{ $json.name }}',
	state: '={{ $json.state }}',
};

const aktifyParameters: INodeParameters = {
	resource: 'lead',
	operation: 'create',
	phoneNumber: '={{ $json.phone }}',
	state: '={{ $json.state }}',
	additionalFields: { externalLeadId: '={{ $json.id }}' },
};

const autocallsParameters: INodeParameters = {
	resource: 'lead',
	operation: 'create',
	campaign: { __rl: true, mode: 'id', value: '1' },
	phoneNumber: '={{ $json.phone }}',
};

/** A contact of Close from the columns `name`, `phone` and `email`. */
export const contactOfColumns = {
	contact: [
		{
			name: '={{ $json.name }}',
			phones: { phone: [{ phone: '={{ $json.phone }}', type: 'mobile' }] },
			emails: { email: [{ email: '={{ $json.email }}', type: 'office' }] },
		},
	],
};

const closeParameters: IDataObject = {
	authentication: 'apiKey',
	resource: 'lead',
	operation: 'create',
	contacts: contactOfColumns,
};

/** Leads 0 to count - 1, each with a valid number of its own. */
export function leads(count: number): IDataObject[] {
	return Array.from({ length: count }, (_, index) => ({
		id: `L${index}`,
		phone: phoneOf(index),
		name: `Person ${index}`,
		state: 'CA',
	}));
}

/** The valid US number of lead `index`, in E.164. */
export function phoneOf(index: number): string {
	return `+1206${String(2_000_000 + index)}`;
}

export const onError = {
	stop: {},
	continue: { onError: 'continueRegularOutput' },
	branch: { onError: 'continueErrorOutput' },
} satisfies Record<string, Partial<INode>>;

/** The `outcome` of each item that came out, an error's under `details`. */
export function outcomesOf({ items, errors }: RunResult): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const { json } of [...items, ...errors]) {
		const details = json.details;
		const outcome =
			json.outcome ??
			(typeof details === 'object' && details !== null && 'outcome' in details
				? details.outcome
				: 'none');
		counts[String(outcome)] = (counts[String(outcome)] ?? 0) + 1;
	}
	return counts;
}

/** The input item that each output item is paired with. */
export function pairs(items: RunResult['items']): unknown[] {
	return items.map(({ pairedItem }) =>
		typeof pairedItem === 'object' && !Array.isArray(pairedItem) ? pairedItem.item : pairedItem,
	);
}
