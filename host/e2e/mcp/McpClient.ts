/* eslint-disable @n8n/community-nodes/no-restricted-imports -- loads the MCP client that comes with n8n */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { isRecord, parseJson } from '../../../sandbox/lib/guards';
import { assert } from '../checks';
import { hostFolder } from '../../paths';
import { onShutdown } from '../../process/shutdown';

/** The part of the official MCP SDK that is used here. Replies come off the wire: they are read, not trusted. */
interface SdkClient {
	connect(transport: unknown): Promise<void>;
	getInstructions(): string | undefined;
	listTools(): Promise<unknown>;
	callTool(call: { name: string; arguments: Record<string, unknown> }): Promise<unknown>;
	close(): Promise<void>;
}

interface Sdk {
	Client: new (about: { name: string; version: string }) => SdkClient;
	StreamableHTTPClientTransport: new (
		url: URL,
		options: { requestInit: { headers: Record<string, string> } },
	) => unknown;
}

/** The SDK is a dependency of the pinned n8n, so client and server are of one version. */
function loadSdk(): Sdk {
	const fromHost = createRequire(join(hostFolder, 'package.json'));
	const sdk = '@modelcontextprotocol/sdk/client';
	return { ...fromHost(`${sdk}/index.js`), ...fromHost(`${sdk}/streamableHttp.js`) };
}

/** A tool as a client sees it. */
export interface ListedTool {
	name: string;
	description: string;
	/** The parameters, with what the model is told of each. */
	parameters: Map<string, string>;
}

/** What came back from a tool. */
export interface ToolAnswer {
	isError: boolean;
	text: string;
	/** The items that the node put out; none for an error. */
	items: Array<Record<string, unknown>>;
}

function readTool(tool: unknown): ListedTool {
	assert(isRecord(tool) && isRecord(tool.inputSchema), `this is no tool: ${JSON.stringify(tool)}`);
	const { properties } = tool.inputSchema;
	const parameters = Object.entries(isRecord(properties) ? properties : {}).map(
		([name, schema]): [string, string] => [
			name,
			isRecord(schema) ? String(schema.description ?? '') : '',
		],
	);
	return {
		name: String(tool.name),
		description: String(tool.description),
		parameters: new Map(parameters),
	};
}

/** An MCP client, connected to an MCP Server Trigger of n8n as Claude or an agent would be. */
export class McpClient {
	private constructor(private readonly sdk: SdkClient) {}

	/** @throws Error when the server refuses the token or is not there */
	static async connect(url: string, token: string): Promise<McpClient> {
		const { Client, StreamableHTTPClientTransport } = loadSdk();
		const client = new Client({ name: 'lead-dispatch-test', version: '1.0.0' });
		const headers = { authorization: `Bearer ${token}` };
		await client.connect(
			new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } }),
		);
		onShutdown(async () => await client.close());
		return new McpClient(client);
	}

	/** What the server says to every model that uses it. */
	instructions(): string {
		return this.sdk.getInstructions() ?? '';
	}

	async tools(): Promise<ListedTool[]> {
		const reply = await this.sdk.listTools();
		assert(isRecord(reply) && Array.isArray(reply.tools), 'there is no list of tools');
		return reply.tools.map(readTool);
	}

	/** Calls a tool by its name, with what a model would have filled in. */
	async call(name: string, values: Record<string, unknown>): Promise<ToolAnswer> {
		const reply = await this.sdk.callTool({ name, arguments: values });
		assert(isRecord(reply) && Array.isArray(reply.content), `no answer: ${JSON.stringify(reply)}`);
		const [first]: unknown[] = reply.content;
		const text = isRecord(first) ? String(first.text) : '';
		const items = parseJson(text);
		return {
			isError: reply.isError === true,
			text,
			items: Array.isArray(items) ? items.filter(isRecord) : [],
		};
	}
}
