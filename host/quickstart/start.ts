/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a command-line program: it reads its arguments */
import { openInBrowser } from './openBrowser';
import { runDemos } from './demo';
import { LOCAL_LOGIN } from '../n8n/restApi';
import { startEnvironment } from './environment';
import { runProgram } from '../process/shutdown';
import { allAgree, reportTable } from './report';
import { log, step } from '../process/log';

/** `npm start`: starts everything, runs the demo, opens the editor; `--once` ends after the table. */
async function main(): Promise<number> {
	const { n8n, editorUrl, sandboxUrl, world } = await startEnvironment();
	const reports = await step(
		'Sending the 1,000 rows of workflows/demo-leads.csv to every vendor',
		async () => await runDemos(n8n, world),
	);
	log(`\n${reportTable(reports)}\n`);
	if (process.argv.includes('--once')) return allAgree(reports) ? 0 : 1;

	log(`n8n editor:    ${editorUrl}`);
	log(`Sign in with:  ${LOCAL_LOGIN.email}  /  ${LOCAL_LOGIN.password}`);
	log(`Sandbox:       ${sandboxUrl}`);
	log('The run above is under Executions. Ctrl-C stops everything.');
	openInBrowser(editorUrl);
	return await new Promise<number>(() => undefined);
}

runProgram(main);
