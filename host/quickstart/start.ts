/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a command-line program: it reads its arguments */
import { parseArgs } from 'node:util';
import { aktifyAccounts, type SandboxState } from '../../sandbox';
import { openInBrowser } from './openBrowser';
import { runDemos } from './demo';
import { LOCAL_LOGIN, type N8nApi } from '../n8n/restApi';
import { startEnvironment } from './environment';
import { runProgram, SetupError } from '../process/shutdown';
import { allAgree, reportTable } from './report';
import { log, step } from '../process/log';

/** The Aktify Trigger of the example "Opt-out at Aktify, disabled everywhere". */
const AKTIFY_WEBHOOK_PATH = '/webhook/6f0d7c1e-5a43-4d52-9a52-1d6f2a7c0005/aktify';

interface Arguments {
	isOnce: boolean;
	isFresh: boolean;
}

function parse() {
	const options = { once: { type: 'boolean' }, fresh: { type: 'boolean' } } as const;
	try {
		return parseArgs({ options }).values;
	} catch {
		return undefined;
	}
}

function readArguments(): Arguments {
	const values = parse();
	if (!values) throw new SetupError('`npm start` takes `-- --fresh` or `-- --once`.');
	return { isOnce: values.once ?? false, isFresh: values.fresh ?? false };
}

/** Does in Aktify's portal what the example's page says, so that the example works as soon as it is published. */
function setUpAktify(world: SandboxState, editorUrl: string): void {
	world.aktify.webhooks.configureWebhook('account', {
		url: `${editorUrl}${AKTIFY_WEBHOOK_PATH}`,
		clientSecret: aktifyAccounts.one.clientSecret,
		version: 'v2',
		signature: 'v2',
		events: ['dnc.created', 'lead.carrier_optout_received'],
	});
}

/** Runs the demo and prints its results. Returns whether outcomes and sandbox agree. */
async function demonstrate(n8n: N8nApi, world: SandboxState): Promise<boolean> {
	const reports = await step(
		'Sending the 1,000 rows of workflows/demo-leads.csv to every vendor',
		async () => await runDemos(n8n, world),
	);
	log(`\n${reportTable(reports)}\n`);
	return allAgree(reports);
}

/**
 * `npm start`: starts everything, runs the demo the first time, opens the editor. `--fresh` starts over; `--once` ends
 * after the table, and leaves what other starts have alone.
 */
async function main(): Promise<number> {
	const { isOnce, isFresh } = readArguments();
	const { n8n, editorUrl, sandboxUrl, world, isNew } = await startEnvironment(
		isOnce ? {} : { isLasting: true, isFresh },
	);
	if (isOnce) return (await demonstrate(n8n, world)) ? 0 : 1;
	if (isNew) {
		setUpAktify(world, editorUrl);
		await demonstrate(n8n, world);
	}

	log(`n8n editor:    ${editorUrl}`);
	log(`Sign in with:  ${LOCAL_LOGIN.email}  /  ${LOCAL_LOGIN.password}`);
	log(`Sandbox:       ${sandboxUrl}  (what the vendors hold, and buttons for what happens there)`);
	log(
		isNew
			? 'The run above is under Executions. Ctrl-C stops everything; the next `npm start` continues here.'
			: 'With the workflows and leads of the last start; `npm start -- --fresh` starts over. Ctrl-C stops everything.',
	);
	openInBrowser(editorUrl);
	return await new Promise<number>(() => undefined);
}

runProgram(main);
