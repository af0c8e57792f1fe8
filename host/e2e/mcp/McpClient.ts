/* eslint-disable @n8n/community-nodes/no-restricted-imports -- loads the MCP client that comes with n8n */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { isRecord, parseJson } from '../../../sandbox/lib/guards';
import { assert } from '../checks';
import { N8N_FOLDER } from '../../paths';
import { onShutdown } from '../../process/shutdown';

/** The part of the official MCP SDK that is used here. Its results are `unknown` and narrowed. */
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

/** The SDK is a dependency of the pinned n8n, so client and server have the same version. */
function loadSdk(): Sdk {
	const fromHost = createRequire(join(N8N_FOLDER, 'package.json'));
	const sdk = '@modelcontextprotocol/sdk/client';
	return { ...fromHost(`${sdk}/index.js`), ...fromHost(`${sdk}/streamableHttp.js`) };
}

/** A tool in the server's list. */
export interface ListedTool {
	name: string;
	description: string;
	/** The descriptions of the parameters, by name. */
	parameters: Map<string, string>;
}

/** The result of a tool call. */
export interface ToolResult {
	isError: boolean;
	text: string;
	/** The items that the node output; empty for an error. */
	items: Array<Record<string, unknown>>;
}

function readTool(tool: unknown): ListedTool {
	assert(isRecord(tool) && isRecord(tool.inputSchema), `not a tool: ${JSON.stringify(tool)}`);
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

/** An MCP client that is connected to an MCP Server Trigger of n8n. */
export class McpClient {
	private constructor(private readonly sdk: SdkClient) {}

	/** @throws Error when the server refuses the token or does not respond */
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

	/** The server's instructions for models. */
	instructions(): string {
		return this.sdk.getInstructions() ?? '';
	}

	async tools(): Promise<ListedTool[]> {
		const reply = await this.sdk.listTools();
		assert(isRecord(reply) && Array.isArray(reply.tools), 'the reply has no list of tools');
		return reply.tools.map(readTool);
	}

	/** Calls a tool by its name with the values of its parameters. */
	async call(name: string, values: Record<string, unknown>): Promise<ToolResult> {
		const reply = await this.sdk.callTool({ name, arguments: values });
		assert(isRecord(reply) && Array.isArray(reply.content), `no content: ${JSON.stringify(reply)}`);
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
