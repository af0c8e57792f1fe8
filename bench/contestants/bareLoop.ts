import type { IExecuteFunctions, INodeType } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { registerNode, loadPackage } from '../../test/support/engine';
import type { RunContestant } from '../cases/case';
import { root } from '../paths';
import { engineRun } from './engineRun';
import { credentials } from './ours';
import { runConcurrently } from './plans';
import type { Plan, PlannedRequest, PlanVendor, Task } from './plans';

const CONCURRENCY = 10;
let loaded: Promise<void> | undefined;

/** Only the credential types, which authenticate the requests. */
const onlyCredentials = {
	nodes: [],
	credentials: ['Close', 'SquadVoice', 'Aktify'].map(
		(vendor) => `dist/credentials/LeadDispatch${vendor}Api.credentials.js`,
	),
};

const credentialTypes: Record<PlanVendor, string> = {
	close: 'leadDispatchCloseApi',
	squadVoice: 'leadDispatchSquadVoiceApi',
	aktify: 'leadDispatchAktifyApi',
};

/** A node without parameters around an `execute`. */
function nodeOf(execute: INodeType['execute'], vendor?: PlanVendor): INodeType {
	return {
		description: {
			displayName: 'Bench',
			name: 'node',
			group: ['transform'],
			version: 1,
			description: 'The minimum that a node has to do',
			defaults: { name: 'Bench' },
			inputs: [NodeConnectionTypes.Main],
			outputs: [NodeConnectionTypes.Main],
			credentials: vendor === undefined ? [] : [{ name: credentialTypes[vendor], required: true }],
			properties: [],
		},
		execute,
	};
}

/** The loop as a node: no validation, expressions or retries; every response becomes an item. */
function loopNode(vendor: PlanVendor, tasks: Task[]): INodeType {
	const type = credentialTypes[vendor];
	return nodeOf(async function (this: IExecuteFunctions) {
		const send = async ({ method, url, body }: PlannedRequest): Promise<unknown> => {
			const text: unknown = await this.helpers.httpRequestWithAuthentication.call(this, type, {
				method,
				url,
				headers: { Accept: 'application/json', 'Content-Type': 'application/json' },
				body: body === undefined ? undefined : JSON.stringify(body),
				encoding: 'text',
				disableFollowRedirect: true,
			});
			return typeof text === 'string' && text !== '' ? JSON.parse(text) : text;
		};
		const output = await runConcurrently(tasks, CONCURRENCY, send);
		return [output.map((json, item) => ({ json, pairedItem: { item } }))];
	}, vendor);
}

/** n8n's own HTTP helper in a loop, ten requests at a time. */
export function bareLoop({ vendor, tasks }: Plan): RunContestant {
	return async (job) => {
		await (loaded ??= loadPackage(root, onlyCredentials));
		registerNode('bench.node', loopNode(vendor, tasks(job)));
		return await engineRun({
			node: 'bench.node',
			parameters: {},
			items: job.items,
			credentials: credentials[vendor](job),
		});
	};
}

/** A node that returns its input: what the engine itself costs. */
export const passThrough: RunContestant = async ({ items }) => {
	registerNode(
		'bench.node',
		nodeOf(async function (this: IExecuteFunctions) {
			return [this.getInputData()];
		}),
	);
	return await engineRun({ node: 'bench.node', parameters: {}, items, credentials: {} });
};
