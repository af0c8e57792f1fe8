/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/require-node-api-error, @n8n/community-nodes/no-restricted-globals, no-console -- a command of the repository, never part of a node */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { isRecord } from './lib/guards';
import {
	aktifyAccounts,
	autocallsAccounts,
	closeAccounts,
	squadVoiceAccounts,
	startSandbox,
	type Sandbox,
} from './';

/** The same at each start, so that credentials and webhooks stay valid. */
const DEFAULT_PORT = 4010;

function readPort(value: string | undefined): number | undefined {
	if (value === undefined) return undefined;
	const port = Number(value);
	if (Number.isInteger(port) && port >= 0 && port <= 65535) return port;
	throw new Error(`--port takes a number from 0 to 65535, not "${value}".`);
}

/** Starts on a port, with the data of the last sandbox on that port. */
async function startOn(port: number, isFresh: boolean): Promise<Sandbox> {
	const file = join(__dirname, '..', '.host', `sandbox-${port}.json`);
	if (isFresh) await rm(file, { force: true });
	const sandbox = await startSandbox({ port, file, report: (message) => console.log(message) });
	console.log(`Its data is in ${file} and survives a restart; --fresh starts over.`);
	return sandbox;
}

async function start(): Promise<Sandbox> {
	const { values } = parseArgs({
		options: { port: { type: 'string' }, fresh: { type: 'boolean', default: false } },
	});
	const port = readPort(values.port);
	if (port === 0) return await startSandbox();
	try {
		return await startOn(port ?? DEFAULT_PORT, values.fresh);
	} catch (error) {
		const isInUse = isRecord(error) && error.code === 'EADDRINUSE';
		if (port !== undefined || !isInUse) throw error;
		console.log(
			`Port ${DEFAULT_PORT} is in use, perhaps by another sandbox: this one is on a free port, and its data ends with it.`,
		);
		return await startSandbox();
	}
}

async function main(): Promise<void> {
	const sandbox = await start();
	const { standard, india, affiliate, v4, login } = squadVoiceAccounts;
	const { one, two } = aktifyAccounts;
	console.log(`Sandbox on ${sandbox.url} (stop with Ctrl+C)

SquadVoice  base URL ${sandbox.url}/squadvoice
  standard   token ${standard.token}  campaign ${standard.campaign}
  India      token ${india.token}  campaign ${india.campaign}
  affiliate  token ${affiliate.token}  campaign ${affiliate.campaign}  affiliate ID ${affiliate.affiliateId}
  API v4     token ${v4.token}  campaign ${v4.campaign}
  login      client ${login.clientId} / ${login.clientSecret}  user ${login.username} / ${login.password}

Aktify      base URL ${sandbox.url}/aktify
  campaign one  key ${one.key}
  campaign two  key ${two.key}

Autocalls   base URL ${sandbox.url}/autocalls
  account one  key ${autocallsAccounts.one.key}  campaigns 1 to 30  assistants 501 to 514
  account two  key ${autocallsAccounts.two.key}  campaign 101  assistant 601

Close       base URL ${sandbox.url}/close
  key ${closeAccounts.one.key}  another ${closeAccounts.two.key}
  OAuth  client ${closeAccounts.oauth.clientId} / ${closeAccounts.oauth.clientSecret}
         at ${sandbox.url}/close/oauth2/authorize/ and ${sandbox.url}/close/oauth2/token/

Page        ${sandbox.url}/  (what the vendors hold, what arrived, and buttons for what happens there)
Admin       ${sandbox.url}/_sandbox/state`);
	const stop = () => void sandbox.close();
	process.once('SIGINT', stop);
	process.once('SIGTERM', stop);
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
