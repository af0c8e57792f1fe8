/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test, which never runs inside n8n */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fastify, { type FastifyInstance, type InjectOptions } from 'fastify';
import {
	aktifyAccounts,
	autocallsAccounts,
	closeAccounts,
	closeAuthorization,
	SandboxState,
	squadVoiceAccounts,
} from '../../sandbox';
import { aktifyPlugin } from '../../sandbox/vendors/aktify/routes';
import { autocallsPlugin } from '../../sandbox/vendors/autocalls/routes';
import { closePlugin } from '../../sandbox/vendors/close/routes';
import { squadVoicePlugin } from '../../sandbox/vendors/squadVoice/routes';
import { filesBelow, ROOT } from './support';

/** What docs/vendors.md says about something that a vendor does not document. */
export interface Question {
	question: string;
	/** `known, from …`, `assumed; …` or `open; …`. */
	howWeKnow: string;
}

/** A documented field of a vendor's page, and where the nodes have it. */
export interface DocumentedField {
	/** Method and path as the sandbox registers them, or the name of a webhook's event. */
	request: string;
	field: string;
	/** The parameter that sets it, or why nothing does. */
	setBy: string;
	/** The output field, or why there is none. */
	comesOutAs: string;
	/** The test that shows it; a dash for what is not used. */
	test: string;
}

/** Whether a row is about a request to the vendor, not about a webhook from it. */
export const isRequest = ({ request }: DocumentedField) => /^[A-Z]+ \//.test(request);

/** The rows of the tables in a text whose head is this one, without the outer bars; an escaped bar is text. */
function rowsOf(text: string, head: readonly string[]): string[][] {
	const rows: string[][] = [];
	let isInside = false;
	for (const line of text.split('\n')) {
		const cells = line
			.split(/(?<!\\)\|/)
			.slice(1, -1)
			.map((cell) => cell.trim().replaceAll('\\|', '|'));
		if (!line.startsWith('|')) isInside = false;
		else if (cells.join('|') === head.join('|')) isInside = true;
		else if (isInside && !cells.every((cell) => /^-+$/.test(cell))) rows.push(cells);
	}
	return rows;
}

export function questionsIn(section: string): Question[] {
	return rowsOf(section, ['question', 'what we go by', 'how we know']).map(
		([question = '', , howWeKnow = '']) => ({ question, howWeKnow }),
	);
}

const bare = (code: string) => code.replaceAll('`', '');

export function fieldsIn(section: string): DocumentedField[] {
	return rowsOf(section, ['request', 'field', 'set by', 'comes out as', 'test']).map(
		([request = '', field = '', setBy = '', comesOutAs = '', test = '']) => ({
			request: bare(request),
			field: bare(field),
			setBy: bare(setBy),
			comesOutAs: bare(comesOutAs),
			test: bare(test),
		}),
	);
}

/** The questions that the comments of a source text answer by an assumption; '' for one that names none. */
export function assumptionsIn(text: string): string[] {
	const plain = text.replace(/\n\s*(?:\*|\/\/)(?!\/)\s*/g, ' ');
	return [...plain.matchAll(/\bASSUMED\b(?! ?_)(?: \(((?:[^()]|\([^()]*\))*)\):)?/g)].map(
		([, question = '']) => question,
	);
}

/** The questions that the sandbox assumes an answer to, by folder below sandbox/. */
export function assumptionsBelow(folders: readonly string[]): string[] {
	return folders.flatMap((folder) =>
		filesBelow(path.join(ROOT, 'sandbox', folder))
			.filter((file) => file.endsWith('.ts'))
			.flatMap((file) =>
				assumptionsIn(readFileSync(path.join(ROOT, 'sandbox', folder, file), 'utf8')).map(
					(question) => (question === '' ? `(no question) in sandbox/${folder}/${file}` : question),
				),
			),
	);
}

const NONE = '–';

/** What is wrong with the test that a row names; undefined where it shows the field. */
export function wrongTest({
	request,
	field,
	setBy,
	comesOutAs,
	test,
}: DocumentedField): string | undefined {
	const row = `${request} ${field}`;
	if (test === NONE) {
		const isUnused = [setBy, comesOutAs].some((cell) => cell.startsWith('not used'));
		return isUnused ? undefined : `${row}: no test, and not said to be unused`;
	}
	const file = path.join(ROOT, test);
	if (!test.endsWith('.test.ts') || !existsSync(file)) return `${row}: ${test} is no test`;
	if (field === NONE) return undefined;
	const text = readFileSync(file, 'utf8');
	const names = [field, setBy, comesOutAs].flatMap((cell) => cell.match(/[\w-]{3,}/g) ?? []);
	return names.some((name) => text.includes(name)) ? undefined : `${row}: not in ${test}`;
}

type Authorize = (url: string) => Record<string, string>;

interface VendorServer {
	register(app: FastifyInstance, state: SandboxState): unknown;
	authorize: Authorize;
	/** Makes the sandbox a host with other paths. */
	asOtherHost?(state: SandboxState): void;
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** The sandbox's servers, and what lets a request pass. */
const servers: Record<string, VendorServer> = {
	SquadVoice: {
		register: (app, state) =>
			app.register(squadVoicePlugin, { control: state, state: state.squadVoice }),
		authorize: (url) =>
			bearer(squadVoiceAccounts[url.startsWith('/api/v4') ? 'v4' : 'standard'].token),
	},
	Aktify: {
		register: (app, state) => app.register(aktifyPlugin, { control: state, state: state.aktify }),
		authorize: () => ({ 'x-api-key': aktifyAccounts.one.key }),
	},
	Autocalls: {
		register: (app, state) =>
			app.register(autocallsPlugin, { control: state, state: state.autocalls }),
		authorize: () => bearer(autocallsAccounts.one.key),
		asOtherHost: ({ autocalls }) => {
			autocalls.updatesBelowRoot = true;
		},
	},
	Close: {
		register: (app, state) => app.register(closePlugin, { control: state, state: state.close }),
		authorize: () => ({ authorization: closeAuthorization(closeAccounts.one.key) }),
	},
};

/** Method and path of every request that one of the hosts of a vendor answers: not with a 405, nor as an unknown path. */
export async function routesOf(vendor: string): Promise<string[]> {
	const server = servers[vendor];
	if (server === undefined) throw new Error(`${vendor} is no vendor`);
	const hosts = [new SandboxState(), new SandboxState()];
	for (const other of hosts.slice(1)) server.asOtherHost?.(other);
	const routes = await Promise.all(hosts.map(async (state) => await answeredBy(server, state)));
	return routes.flat();
}

async function answeredBy(server: VendorServer, state: SandboxState): Promise<string[]> {
	const app = fastify();
	const registered: Array<{ method: InjectOptions['method']; url: string }> = [];
	app.addHook('onRoute', ({ method, url }) => {
		for (const one of [method].flat()) registered.push({ method: one as 'GET', url });
	});
	await app.register(async (scope) => await server.register(scope, state));
	const routes: string[] = [];
	for (const { method, url } of registered) {
		const { statusCode, body } = await app.inject({
			method,
			url: url.replaceAll(/:\w+/g, 'x'),
			headers: { accept: 'application/json', ...server.authorize(url) },
		});
		const isUnknown = statusCode === 404 && /the route/i.test(body);
		if (statusCode !== 405 && !isUnknown) routes.push(`${method} ${url}`);
	}
	await app.close();
	return routes;
}
