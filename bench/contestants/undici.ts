/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a command of the repository, never part of a node */
import { createRequire } from 'node:module';
import path from 'node:path';
import type * as Undici from 'undici';
import {
	aktifyAccounts,
	closeAccounts,
	closeAuthorization,
	squadVoiceAccounts,
} from '../../sandbox/accounts';
import type { RunContestant } from '../cases/case';
import { root } from '../paths';
import { runConcurrently } from './plans';
import type { Plan, PlannedRequest, PlanVendor } from './plans';

const CONNECTIONS = 10;

const authHeaders: Record<PlanVendor, Record<string, string>> = {
	close: { authorization: closeAuthorization(closeAccounts.one.key) },
	squadVoice: { authorization: `Bearer ${squadVoiceAccounts.standard.token}` },
	aktify: { 'x-api-key': aktifyAccounts.one.key },
};

/** Ten keep-alive connections without n8n: the fastest that Node.js sends requests. */
export function undici({ vendor, tasks }: Plan): RunContestant {
	return async (job) => {
		const load = createRequire(path.join(root, 'bench', 'package.json'));
		const { Agent, request }: typeof Undici = load('undici');
		const dispatcher = new Agent({ connections: CONNECTIONS, pipelining: 1 });
		const headers = { ...authHeaders[vendor], 'content-type': 'application/json' };
		const send = async ({ method, url, body }: PlannedRequest): Promise<unknown> => {
			const { statusCode, body: reply } = await request(url, {
				method,
				headers,
				body: body === undefined ? undefined : JSON.stringify(body),
				dispatcher,
			});
			const text = await reply.text();
			if (statusCode >= 300) throw new Error(`Answered ${statusCode}`);
			return text === '' ? undefined : JSON.parse(text);
		};
		try {
			const output = await runConcurrently(tasks(job), CONNECTIONS, send);
			return { out: output.length };
		} catch (error) {
			return { out: 0, stopped: error instanceof Error ? error.message : String(error) };
		} finally {
			await dispatcher.close();
		}
	};
}
