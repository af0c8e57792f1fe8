/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a test, which never runs inside n8n */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import {
	aktifyAccounts,
	autocallsAccounts,
	closeAccounts,
	squadVoiceAccounts,
	startSandbox,
} from '../../sandbox';
import type { RequestRecord, Sandbox, VendorName } from '../../sandbox';
import { run } from './engine';
import type { RunOptions, StoredCredentials } from './engine';
import { asParameters, contactOfColumns } from './fixtures';
import { useVirtualClock } from './virtualClock';

type Scene = Omit<RunOptions, 'node' | 'credentials' | 'parameters'> & {
	parameters?: IDataObject;
	options?: IDataObject;
	credentials?: IDataObject;
};

/** A sandbox for the tests of one file, emptied after each, and the vendors' nodes run against it. */
export function useSandbox() {
	useVirtualClock();
	let sandbox: Sandbox;
	beforeAll(async () => {
		sandbox = await startSandbox();
		applyProject(sandbox);
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

/** The settings of Jest's project (`jest.config.js`) stay when the sandbox is reset. */
function applyProject({ world }: Sandbox): void {
	if (process.env.CLOSE_OMITS_DEPRECATED_FIELDS !== 'true') return;
	const reset = world.reset.bind(world);
	world.reset = () => {
		reset();
		world.close.omitsDeprecatedFields = true;
	};
	world.reset();
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

const closeParameters: IDataObject = {
	authentication: 'apiKey',
	resource: 'lead',
	operation: 'create',
	contacts: contactOfColumns,
};
