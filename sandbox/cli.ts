/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console -- a command of the repository, never part of a node */
import { parseArgs } from 'node:util';
import {
	aktifyAccounts,
	autocallsAccounts,
	closeAccounts,
	squadVoiceAccounts,
	startSandbox,
} from './';

function readPort(): number {
	const { values } = parseArgs({ options: { port: { type: 'string', default: '0' } } });
	const port = Number(values.port);
	if (Number.isInteger(port) && port >= 0 && port <= 65535) return port;
	throw new Error(`--port takes a number from 0 to 65535, not "${values.port}".`);
}

async function main(): Promise<void> {
	const sandbox = await startSandbox({ port: readPort() });
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

Admin       ${sandbox.url}/_sandbox/state`);
	const stop = () => void sandbox.close();
	process.once('SIGINT', stop);
	process.once('SIGTERM', stop);
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
