/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a command of the repository, never part of a node */
import { createRequire } from 'node:module';
import path from 'node:path';
import type * as Undici from 'undici';
import { aktifyAccounts } from '../../sandbox/vendors/aktify/accounts';
import { closeAccounts, closeAuthorization } from '../../sandbox/vendors/close/accounts';
import { squadVoiceAccounts } from '../../sandbox/vendors/squadVoice/accounts';
import type { RunContestant } from '../cases/case';
import { root } from '../paths';
import { inParallel } from './plans';
import type { Plan, PlannedRequest, PlanVendor } from './plans';

const connections = 10;

const signIn: Record<PlanVendor, Record<string, string>> = {
	close: { authorization: closeAuthorization(closeAccounts.one.key) },
	squadVoice: { authorization: `Bearer ${squadVoiceAccounts.standard.token}` },
	aktify: { 'x-api-key': aktifyAccounts.one.key },
};

/** Ten connections that are kept open, without n8n: as fast as requests go from Node. */
export function undici({ vendor, tasks }: Plan): RunContestant {
	return async (job) => {
		const load = createRequire(path.join(root, 'bench', 'package.json'));
		const { Agent, request }: typeof Undici = load('undici');
		const dispatcher = new Agent({ connections, pipelining: 1 });
		const headers = { ...signIn[vendor], 'content-type': 'application/json' };
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
			const output = await inParallel(tasks(job), connections, send);
			return { out: output.length };
		} catch (error) {
			return { out: 0, stopped: error instanceof Error ? error.message : String(error) };
		} finally {
			await dispatcher.close();
		}
	};
}
