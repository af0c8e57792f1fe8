/* eslint-disable @n8n/community-nodes/no-restricted-imports -- tests run outside of n8n */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HookContext, PollContext, TriggerContext, WebhookContext } from 'n8n-core';
import { sleep, Workflow } from 'n8n-workflow';
import type {
	CloseFunction,
	Cron,
	IDataObject,
	INode,
	INodeExecutionData,
	INodeParameters,
	INodeType,
	IWebhookData,
	IWebhookDescription,
	IWebhookResponseData,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { additionalData, nodeType } from '../engine';
import type { StoredCredentials } from '../engine';

interface TriggerOptions {
	/** Such as `closeTrigger`. */
	node: string;
	parameters: INodeParameters;
	credentials: StoredCredentials;
	/** How long n8n lets a poll go on. */
	pollBudgetMs?: number;
}

/** Passes a request on to the vendor. */
export type Network = (send: () => Promise<unknown>) => Promise<unknown>;

type Mode = 'internal' | 'manual' | 'trigger' | 'webhook';

const megabytes16 = 16 * 1024 * 1024;

/**
 * A trigger node of the package as n8n runs it: activated, called over HTTP, polled, restarted and
 * deactivated, with n8n's own contexts. The static data goes through JSON each time, as through n8n's
 * database: what is not stored is gone after a restart.
 */
export class ActiveTrigger {
	/** What started the workflow, an entry an execution. */
	readonly executions: INodeExecutionData[][] = [];
	/** Errors that the trigger reported to n8n while it was active. */
	readonly failures: Error[] = [];
	/** Warnings of the trigger function in n8n's log. */
	readonly warnings: string[] = [];
	/** What it wants done by the clock. */
	crons: Array<{ cron: Cron; tick: () => Promise<void> }> = [];
	/** The workflow's static data as n8n's database holds it. */
	stored = '{}';
	/** The host of the address that n8n shows, as its `N8N_WEBHOOK_URL` says it. */
	host = '127.0.0.1';
	/** The ID of the n8n that it runs in; by default that of the tests. */
	instanceId: string | undefined;
	/** Whether n8n's durable scheduler polls: each poll begins with what the database holds. */
	isPolledByScheduler = false;
	/** Whether n8n cannot start executions: a webhook is then answered 500. */
	outOfOrder = false;
	/** Between the node and the vendor: may refuse a request, lose its reply, or never come back. */
	network: Network = async (send) => await send();
	/** Whether n8n has given up publishing: it tries nothing again, but what runs goes on. */
	isAbandoned = false;
	/** How long n8n takes to write its entry for the webhook. */
	entryMs = 0;
	/** Whether n8n has an entry for the webhook in its database: without one, it answers 404. */
	private hasEntry = false;
	/** What ends the trigger function. */
	private closeFunction: CloseFunction | undefined;
	/** Counts the processes that n8n has run in. */
	private processes = 0;
	private server: Server | undefined;
	/** The workflow that polls and the trigger function use for as long as it is active. */
	private standing: Workflow | undefined;

	private constructor(
		private readonly type: INodeType,
		readonly options: TriggerOptions,
		private readonly additional: IWorkflowExecuteAdditionalData,
		public node: INode,
	) {}

	/** A trigger that is not active yet, with a server for its webhooks. */
	static async open(options: TriggerOptions): Promise<ActiveTrigger> {
		const [credential = ''] = Object.keys(options.credentials);
		const node: INode = {
			id: `node-${Math.random()}`,
			name: 'Trigger',
			type: `n8n-nodes-lead-dispatch.${options.node}`,
			typeVersion: 1,
			position: [0, 0],
			webhookId: '6f1c1b1e-5a3c-4a0e-9c1e-0d6a4a1f2b3c',
			parameters: options.parameters,
			credentials: { [credential]: { id: `own-${Math.random()}`, name: credential } },
		};
		const additional = additionalData(options.credentials);
		const opened = new ActiveTrigger(await nodeType(options.node), options, additional, node);
		await opened.listen();
		return opened;
	}

	/** What n8n does when a workflow is published, and at its start. @throws what the node throws */
	async activate(): Promise<void> {
		const workflow = this.load();
		this.standing = workflow;
		this.hasEntry = true;
		this.crons = [];
		for (const data of this.webhooks(workflow, 'trigger')) await this.register(workflow, data);
		if (this.type.trigger !== undefined) {
			await this.type.trigger.call(this.triggerContext(workflow));
		}
		if (this.type.poll !== undefined) await this.pollWith(workflow);
		this.save(workflow);
	}

	/** What n8n does when a workflow is unpublished. @throws what the node throws */
	async deactivate(): Promise<void> {
		const workflow = this.load();
		for (const data of this.webhooks(workflow, 'trigger')) {
			await this.type.webhookMethods?.default?.delete?.call(this.hook(workflow, data, 'trigger'));
		}
		this.save(workflow);
		this.standing = undefined;
		this.hasEntry = false;
		this.crons = [];
	}

	/**
	 * What n8n 2.41 does when a workflow is published, and at its start: the webhook and the other half next to each other,
	 * each tried five times. @returns what failed for good
	 */
	async publish(): Promise<Error[]> {
		const workflow = this.load();
		this.standing = workflow;
		const results = await Promise.allSettled([
			this.fiveTimes(async () => await this.publishWebhooks(workflow)),
			this.fiveTimes(async () => await this.startOtherHalf(workflow)),
		]);
		this.save(workflow);
		return results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
	}

	/** What n8n 2.41 does when a workflow is unpublished. @returns the last error if the hook `delete` kept failing */
	async unpublish(): Promise<Error | undefined> {
		const workflow = this.load();
		this.hasEntry = false;
		const closing = this.closeOtherHalf();
		let failure: Error | undefined;
		for (const data of this.webhooks(workflow, 'trigger')) {
			for (let attempt = 1; attempt <= 3; attempt++) {
				failure = await this.runDelete(workflow, data).then(() => undefined, toError);
				if (failure === undefined) break;
			}
		}
		await closing;
		if (this.isAlive(workflow)) this.standing = undefined;
		this.save(workflow);
		return failure;
	}

	/** What n8n 2.41 does when the trigger function reports an error. */
	async startAgain(): Promise<void> {
		await this.closeOtherHalf();
		const workflow = this.standing ?? this.load();
		await this.fiveTimes(async () => await this.startOtherHalf(workflow));
		this.save(workflow);
	}

	/** n8n is killed, and starts in a new process, with what is in its database; nothing is activated yet. */
	newProcess(): void {
		this.processes++;
		// What the node keeps in memory it keeps by its ID; the killed process must not change it.
		this.node = { ...this.node, id: `node-${Math.random()}` };
		this.standing = undefined;
		this.closeFunction = undefined;
		this.crons = [];
		this.setAddress();
	}

	/** n8n ends, whatever was only in memory is gone, and it starts again. */
	async restart(whileDown: () => Promise<void> | void = () => {}): Promise<void> {
		await this.closeServer();
		// What the node keeps in memory it keeps by its ID.
		this.node.id = `node-${Math.random()}`;
		await whileDown();
		await this.listen();
		await this.activate();
	}

	/** The time of all its crons comes. */
	async tick(): Promise<void> {
		await Promise.all(this.crons.map(async ({ tick }) => await tick()));
	}

	/** One poll, as at its Poll Times. @throws what the node throws */
	async poll(): Promise<void> {
		const standing = this.isPolledByScheduler ? undefined : this.standing;
		await this.pollWith(standing ?? this.load());
	}

	/** The editor's "Fetch Test Event" of a polling trigger. */
	async fetchTestEvent(): Promise<INodeExecutionData[] | undefined> {
		const context = this.pollContext(this.load(), 'manual');
		return (await this.type.poll?.call(context))?.[0];
	}

	/**
	 * The editor's "Listen for test event": registers the test URL, waits for what `send` sends there,
	 * runs the node with it, and takes the registration back.
	 */
	async listenForTestEvent(send: () => Promise<void>): Promise<INodeExecutionData[] | undefined> {
		const workflow = this.load();
		const [data] = this.webhooks(workflow, 'manual');
		if (data === undefined) return await this.fetchTestEvent();
		await this.register(workflow, data, 'manual');
		// From here on n8n works with a copy of the static data, and no longer in mode manual.
		const stored = copyOf(workflow.staticData);
		const later = this.load();
		later.setTestStaticData(stored);
		this.test = { workflow: later };
		await send();
		const received = this.test.received;
		this.test = undefined;
		const ending = this.load();
		ending.setTestStaticData(stored);
		await this.type.webhookMethods?.default?.delete?.call(this.hook(ending, data, 'internal'));
		if (received?.workflowData === undefined) return undefined;
		// n8n runs the other half of a node that has one, and takes the items from there.
		if (this.type.poll !== undefined) {
			return (await this.type.poll.call(this.pollContext(workflow, 'manual')))?.[0];
		}
		if (this.type.trigger === undefined) return received.workflowData[0];
		let items: INodeExecutionData[] | undefined;
		const context = this.triggerContext(workflow, 'manual', ([first]) => (items = first));
		await (await this.type.trigger.call(context))?.manualTriggerFunction?.();
		return items;
	}

	/** All items that started the workflow. */
	items(): IDataObject[] {
		return this.executions.flat().map(({ json }) => json);
	}

	/** Where a vendor would send its webhooks: as n8n shows it. */
	get webhookUrl(): string {
		const [data] = this.webhooks(this.load(), 'trigger');
		if (data === undefined) throw new Error('The trigger has no webhook now');
		return this.hook(this.load(), data, 'trigger').getNodeWebhookUrl('default') ?? '';
	}

	async close(): Promise<void> {
		await this.closeServer();
	}

	private test: { workflow: Workflow; received?: IWebhookResponseData } | undefined;

	/** As n8n 2.41 tries to start half a trigger, without its pauses. @throws the last error */
	private async fiveTimes(start: () => Promise<void>): Promise<void> {
		for (let attempt = 1; ; attempt++) {
			try {
				return await start();
			} catch (error) {
				if (attempt === 5 || this.isAbandoned) throw toError(error);
			}
		}
	}

	private async publishWebhooks(workflow: Workflow): Promise<void> {
		for (const data of this.webhooks(workflow, 'trigger')) {
			// While n8n writes its entry, it starts the other half.
			await sleep(this.entryMs);
			this.assertAlive(workflow);
			this.hasEntry = true;
			try {
				await this.register(workflow, data);
			} catch (error) {
				try {
					await this.runDelete(workflow, data);
					this.save(workflow);
					this.hasEntry = false;
				} catch {
					// n8n only logs it, and leaves its entry.
				}
				throw toError(error);
			}
		}
	}

	private async startOtherHalf(workflow: Workflow): Promise<void> {
		if (this.type.poll !== undefined) await this.pollWith(workflow);
		const response = await this.type.trigger?.call(this.triggerContext(workflow));
		if (this.isAlive(workflow)) {
			this.closeFunction = response?.closeFunction;
		}
	}

	private async closeOtherHalf(): Promise<void> {
		this.crons = [];
		await this.closeFunction?.();
		this.closeFunction = undefined;
	}

	private async runDelete(workflow: Workflow, data: IWebhookData): Promise<void> {
		await this.type.webhookMethods?.default?.delete?.call(this.hook(workflow, data, 'internal'));
	}

	private async register(workflow: Workflow, data: IWebhookData, mode: Mode = 'trigger') {
		const methods = this.type.webhookMethods?.default;
		const exists = await methods?.checkExists?.call(this.hook(workflow, data, mode));
		if (exists !== true) await methods?.create?.call(this.hook(workflow, data, mode));
	}

	private load(): Workflow {
		const type = this.type;
		const workflow = new Workflow({
			id: 'trigger-test',
			nodes: [this.node],
			connections: {},
			active: true,
			nodeTypes: {
				getByName: () => type,
				getByNameAndVersion: () => type,
				getKnownTypes: () => ({}),
			},
			staticData: JSON.parse(this.stored),
			settings: { timezone: 'America/New_York' },
		});
		this.processOf.set(workflow, this.processes);
		return workflow;
	}

	private readonly processOf = new WeakMap<Workflow, number>();

	/** As n8n does it: only when something was put into the static data since the last time. */
	private save(workflow: Workflow): void {
		if (workflow.staticData.__dataChanged !== true) return;
		if (!this.isAlive(workflow)) return;
		workflow.staticData.__dataChanged = false;
		this.stored = JSON.stringify(workflow.staticData);
	}

	/** The node's webhooks as n8n works them out: none where the method comes out empty. */
	private webhooks(workflow: Workflow, mode: Mode): IWebhookData[] {
		return (this.type.description.webhooks ?? []).flatMap((description: IWebhookDescription) => {
			const method = workflow.expression.getSimpleParameterValue(
				this.node,
				description.httpMethod,
				'internal',
				{},
			);
			if (method !== 'POST') return [];
			return [
				{
					httpMethod: 'POST' as const,
					node: this.node.name,
					path: `${this.node.webhookId ?? ''}/${description.path}`,
					webhookDescription: description,
					workflowId: 'trigger-test',
					workflowExecuteAdditionalData: this.additional,
					isTest: mode === 'manual',
				},
			];
		});
	}

	/** @throws in a process that was killed */
	private assertAlive(workflow: Workflow): void {
		if (!this.isAlive(workflow)) throw new Error('This n8n was killed');
	}

	private isAlive(workflow: Workflow): boolean {
		return this.processOf.get(workflow) === this.processes;
	}

	private hook(workflow: Workflow, data: IWebhookData, mode: Mode): HookContext {
		this.assertAlive(workflow);
		const context = new HookContext(
			workflow,
			this.node,
			this.additional,
			mode,
			mode === 'manual' ? 'manual' : 'activate',
			data,
		);
		return this.inThisN8n(context);
	}

	/** The context, with the ID and the network of the n8n that the trigger runs in. */
	private inThisN8n<Context extends HookContext | TriggerContext | PollContext>(
		context: Context,
	): Context {
		const { instanceId } = this;
		const { helpers } = context;
		const send = helpers.httpRequestWithAuthentication;
		const started = this.processes;
		const passOn: Network = async (request) =>
			started === this.processes ? await this.network(request) : refusal();
		helpers.httpRequestWithAuthentication = async function (...args) {
			return await passOn(async () => await send.apply(this, args));
		};
		if (instanceId === undefined) return context;
		return Object.assign(context, { getInstanceId: () => instanceId });
	}

	private triggerContext(
		workflow: Workflow,
		mode: Mode = 'trigger',
		emit?: (data: INodeExecutionData[][]) => void,
	): TriggerContext {
		this.assertAlive(workflow);
		const start = (data: INodeExecutionData[][]) => {
			if (!this.isAlive(workflow)) return;
			this.executions.push(data[0] ?? []);
			this.save(workflow);
		};
		const fail = (error: Error) => void this.failures.push(error);
		const context = new TriggerContext(
			workflow,
			this.node,
			this.additional,
			mode,
			mode === 'manual' ? 'manual' : 'activate',
			emit ?? start,
			fail,
			fail,
			{
				registerCron: (cron, tick) => {
					if (!this.isAlive(workflow)) return;
					this.crons.push({ cron, tick: async () => await tick(new Date()) });
				},
			},
		);
		const ignore = () => {};
		const warn = (text: string) => void this.warnings.push(text);
		const logger = { debug: ignore, info: ignore, warn, error: ignore };
		Object.defineProperty(context, 'logger', { value: logger });
		return this.inThisN8n(context);
	}

	private pollContext(workflow: Workflow, mode: Mode = 'trigger'): PollContext {
		this.assertAlive(workflow);
		const context = new PollContext(
			workflow,
			this.node,
			this.additional,
			mode,
			mode === 'manual' ? 'manual' : 'update',
			undefined,
			undefined,
			undefined,
			undefined,
			undefined,
			() => this.options.pollBudgetMs ?? 300_000,
		);
		return this.inThisN8n(context);
	}

	/** n8n stores the static data only together with an execution. */
	private async pollWith(workflow: Workflow): Promise<void> {
		const data = await this.type.poll?.call(this.pollContext(workflow));
		if (data == null || !this.isAlive(workflow)) return;
		this.executions.push(data[0] ?? []);
		this.save(workflow);
	}

	private async listen(): Promise<void> {
		const port = this.server === undefined ? 0 : this.port;
		this.server = createServer((request, response) => {
			this.answer(request, response).catch((error: unknown) => {
				this.failures.push(error instanceof Error ? error : new Error(String(error)));
				if (!response.headersSent) response.writeHead(500).end();
			});
		});
		// On a busy machine it would hang up on an idle connection in the moment that a sender uses it again.
		this.server.keepAliveTimeout = 0;
		this.server.listen(port, '127.0.0.1');
		await once(this.server, 'listening');
		const address = this.server.address();
		this.port = isAddress(address) ? address.port : 0;
		this.setAddress();
	}

	private setAddress(): void {
		const base = `http://${this.host}:${this.port}`;
		this.additional.webhookBaseUrl = `${base}/webhook`;
		this.additional.webhookTestBaseUrl = `${base}/webhook-test`;
	}

	private port = 0;

	private async closeServer(): Promise<void> {
		this.server?.closeAllConnections();
		const closed = this.server === undefined ? undefined : once(this.server, 'close');
		this.server?.close();
		await closed;
		// Some turns of the event loop, in which whoever sends in this process learns that his
		// connections are gone, before he uses one again.
		for (let turn = 0; turn < 5; turn++) await sleep(1);
	}

	/** What n8n does with a request to a webhook's address. */
	private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const url = new URL(request.url ?? '', 'http://n8n');
		const isTest = url.pathname.startsWith('/webhook-test/');
		const active = this.hasEntry ? this.load() : undefined;
		const workflow = isTest ? this.test?.workflow : active;
		const [data] =
			workflow === undefined ? [] : this.webhooks(workflow, isTest ? 'manual' : 'trigger');
		// n8n finds a webhook by its whole path: one with a name in it, such as `:token`, it does not find.
		const path = url.pathname.split('/').slice(2).join('/');
		if (workflow === undefined || data === undefined || data.path !== path) {
			return void response.writeHead(404).end();
		}
		if (request.method !== 'POST') return void response.writeHead(404).end();
		const rawBody = await bodyOf(request);
		if (rawBody.length > megabytes16) return void response.writeHead(413).end();
		const isJson = (request.headers['content-type'] ?? '').startsWith('application/json');
		let body: unknown = {};
		try {
			if (isJson && rawBody.length > 0) body = JSON.parse(rawBody.toString());
		} catch {
			return void response.writeHead(422).end();
		}
		const query = Object.fromEntries(url.searchParams);
		Object.assign(request, { rawBody, body, params: {}, query });
		const express = Object.assign(response, {
			status: (status: number) => Object.assign(response, { statusCode: status }),
			json: (value: unknown) => {
				response.setHeader('content-type', 'application/json');
				response.end(JSON.stringify(value));
			},
		});
		const additional = Object.assign(Object.create(this.additional), {
			httpRequest: request,
			httpResponse: express,
		});
		const mode: Mode = isTest ? 'manual' : 'webhook';
		const context = new WebhookContext(workflow, this.node, additional, mode, data, [], null);
		const result = (await this.type.webhook?.call(context)) ?? {};
		if (result.noWebhookResponse === true) return;
		if (isTest && this.test !== undefined) this.test.received = result;
		if (result.workflowData !== undefined && !isTest) {
			if (this.outOfOrder) return void response.writeHead(500).end();
			this.executions.push(result.workflowData[0] ?? []);
			// n8n forgets here that there is something to store.
			workflow.staticData.__dataChanged = false;
		}
		// It asks for the answer when the execution is there, and stores after that.
		const answer = result.webhookResponse ?? { message: 'Workflow was started' };
		if (!isTest) this.save(workflow);
		const code = workflow.expression.getSimpleParameterValue(
			this.node,
			String(data.webhookDescription.responseCode ?? '={{200}}'),
			'internal',
			{},
		);
		response.writeHead(Number(code), { 'content-type': 'application/json' });
		response.end(JSON.stringify(answer));
	}
}

/** A reply that no node sends its request again for. */
export const refusal = () => ({
	statusCode: 403,
	headers: { 'content-type': 'application/json' },
	body: '{"message":"Refused by the test","error":"Refused by the test"}',
});

const toError = (error: unknown) => (error instanceof Error ? error : new Error(String(error)));

function isAddress(value: AddressInfo | string | null | undefined): value is AddressInfo {
	return typeof value === 'object' && value !== null;
}

/** A deep copy as n8n's cache makes it: of what can be listed, without methods. */
function copyOf(value: IDataObject): IDataObject {
	const entries = Object.entries(value).map(([key, entry]): [string, IDataObject[string]] => [
		key,
		isDataObject(entry) ? copyOf(entry) : entry,
	]);
	return Object.fromEntries(entries);
}

function isDataObject(value: IDataObject[string]): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(Buffer.from(chunk));
	return Buffer.concat(chunks);
}

/** Sends something to a trigger's webhook, as anybody could. @returns the status of the answer */
export async function post(
	url: string,
	body: string,
	headers: Record<string, string> = {},
	method = 'POST',
): Promise<number> {
	const response = await fetch(url, {
		method,
		headers: { 'content-type': 'application/json', ...headers },
		body: method === 'GET' ? undefined : body,
	});
	await response.arrayBuffer();
	return response.status;
}
