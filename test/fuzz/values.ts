/* eslint-disable @n8n/community-nodes/no-restricted-imports -- tests run outside of n8n */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, Server } from 'node:http';
import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { isRecord } from '../../sandbox/lib/guards';

/** A fixed seed, so that cases which once failed are always tried, and a random one. */
export const seeds = [{ seed: 20_260_101 }, {}];

/** What a field of an item may hold. */
export type Value = IDataObject[string];

const levels = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
const parsed = (text: string): Value => JSON.parse(text);

/** JSON that can be parsed, but is nested too deep for a recursive reader. */
export const tooDeep = levels(20_000);

/** Values that break programs, by description. `stranger` is a host that no request may reach. */
const nasty = (stranger: string): Record<string, Value> => ({
	'an object with __proto__': parsed('{"__proto__":{"polluted":true},"value":"x"}'),
	'an object with constructor': parsed('{"constructor":{"prototype":{"polluted":true}}}'),
	'an object with toString': { toString: 1, valueOf: 2, toJSON: 3, length: 1e9 },
	'the text __proto__': '__proto__',
	'the text constructor': 'constructor',
	'the text hasOwnProperty': 'hasOwnProperty',
	'a lone high surrogate': 'a\ud800',
	'a lone low surrogate': '\udc00b',
	'a text of 1 MB': 'x'.repeat(1_000_000),
	'digits of 1 MB': '7'.repeat(1_000_000),
	'brackets of 1 MB': '(+'.repeat(500_000),
	'a list nested 1,000 deep': parsed(levels(1_000)),
	'the text of a list nested too deep': tooDeep,
	'the text of a query nested too deep': `{"type":"and","queries":${tooDeep}}`,
	'12345': 12345,
	'-1': -1,
	'0': 0,
	'-0': -0,
	'1e21': 1e21,
	'1e308': 1e308,
	'0.1': 0.1,
	NaN: NaN,
	Infinity: Infinity,
	true: true,
	false: false,
	null: null,
	undefined,
	'a date that is none': new Date(NaN),
	'a date': new Date(0),
	'a date that is none, by JSON': parsed(JSON.stringify(new Date(NaN))),
	'the text NaN': 'NaN',
	'the text 1e400': '1e400',
	'the text 0000-00-00': '0000-00-00',
	'the text 2026-13-45T99:99:99Z': '2026-13-45T99:99:99Z',
	'the text +275760-09-13T00:00:00.001Z': '+275760-09-13T00:00:00.001Z',
	'../': '../',
	'../../admin': '../../admin',
	'..': '..',
	'.': '.',
	'/': '/',
	'//host': `//${stranger}/x`,
	'a URL': `http://${stranger}/x`,
	'@host': `@${stranger}/`,
	'a campaign URL elsewhere': `http://${stranger}/leads/create/../`,
	'%2e%2e%2f': '%2e%2e%2f',
	'%': '%',
	'?a=b&c=d#e': '?a=b&c=d#e',
	'\\..\\': '\\..\\',
	'CR and LF': 'a\r\nX-Evil: 1',
	'LF and a request': '1\n\nGET /evil HTTP/1.1\r\nHost: evil\r\n\r\n',
	NUL: 'a\u0000b',
	'a right-to-left mark': '\u202e+12062000000',
	'a byte order mark': '\ufeff+12062000000',
	'full-width digits': '１２３４５６７８９０',
	'Arabic digits': '٠١٢٣٤٥٦٧٨٩',
	'a family': '👨‍👩‍👧‍👦'.repeat(50),
	'an empty text': '',
	'a blank': ' ',
	'the text 0': '0',
	'a template': '{{ $json }} ${7*7} {{7*7}}',
	markup: '<script>alert(1)</script>',
	'an empty list': [],
	'a list of lists': [[[]], [null], ['', [0]]],
	'a long list': Array.from({ length: 2_000 }, (_, index) => `${index}`),
	'an empty object': {},
});

/** Names of input columns that collide with names in use. */
const nastyNames = [
	'__proto__',
	'constructor',
	'toString',
	'toJSON',
	'lead_id',
	'phone_number',
	'error',
	'details',
	'outcome',
	'',
	' ',
	'../',
	'a\r\nX-Evil: 1',
	'a\ud800',
	'\u202e',
	'n'.repeat(10_000),
];

/** A value by its description above, or any JSON; prints well when a case fails. */
export type Pick = { nasty: string } | { json: unknown };

/** One value for a field. */
export const pick: fc.Arbitrary<Pick> = fc.oneof(
	{ weight: 3, arbitrary: fc.record({ nasty: fc.constantFrom(...Object.keys(nasty(''))) }) },
	{ weight: 1, arbitrary: fc.record({ json: fc.jsonValue({ maxDepth: 3 }) }) },
);

/** An input column by a name that collides. */
export const column = fc.record({ name: fc.constantFrom(...nastyNames), value: pick });

export function valueOf(picked: Pick, stranger: string): Value {
	return 'nasty' in picked ? nasty(stranger)[picked.nasty] : parsed(JSON.stringify(picked.json));
}

/** What a picked value is as JSON; undefined where JSON has no such value. */
export function jsonOf(picked: Pick, stranger: string): unknown {
	const text = JSON.stringify(valueOf(picked, stranger));
	return text === undefined ? undefined : parsed(text);
}

/** Messages of JavaScript about a crash. */
const crash =
	/Cannot (read|set|convert|destructure)|undefined|not a function|not iterable|not a constructor|\[object |\.[jt]s:\d|(Type|Range|Reference|Syntax|URI)Error|Maximum call stack|Invalid (time value|array length|string length|count value)|Unexpected (token|end)|in JSON at|URI malformed|circular/i;
const MAX_MESSAGE_LENGTH = 2_000;

/** Why a message is unfit for users; undefined if it is fit. */
export function flawOf(message: unknown, secrets: readonly string[]): string | undefined {
	if (typeof message !== 'string' || message.trim() === '') return 'it is no text';
	if (message.length > MAX_MESSAGE_LENGTH) return `it has ${message.length} characters`;
	if (crash.test(message)) return 'it reports a crash';
	return secrets.some((secret) => message.includes(secret)) ? 'it holds a secret' : undefined;
}

const prototypes = [Object.prototype, Array.prototype, Function.prototype, String.prototype];
const namesOf = () => prototypes.map((prototype) => Reflect.ownKeys(prototype).map(String));
const namesBefore = namesOf();

/** Fails when something was added to, or removed from, a global prototype. */
export function expectCleanPrototypes(): void {
	expect(namesOf()).toEqual(namesBefore);
}

/** A request as it left this process. */
export interface Outgoing {
	/** Host and port. */
	host: string;
	method: string;
	/** As it goes over the wire, not decoded. */
	path: string;
	query: URLSearchParams;
	headers: IncomingHttpHeaders;
}

/** The requests that items cause: without the custom fields of Close, which are read before the first item. */
export const causedByItems = (requests: readonly Outgoing[]) =>
	requests.filter(({ path }) => !path.endsWith('/custom_field_schema/lead/'));

/** Records every HTTP request that this process makes with Node's own client, which n8n's helper uses. */
export class Wire {
	readonly requests: Outgoing[] = [];
	/** Host and port of a server that must get no request. */
	stranger = '';
	/** Connections to it. */
	strangerConnections = 0;
	private server: Server | undefined;

	async open(): Promise<void> {
		this.server = createServer((_request, response) => response.end());
		this.server.on('connection', () => void this.strangerConnections++);
		this.server.listen(0, '127.0.0.1');
		await once(this.server, 'listening');
		const address = this.server.address();
		this.stranger = `127.0.0.1:${isRecord(address) ? String(address.port) : ''}`;
		subscribe('http.client.request.start', this.record);
	}

	async close(): Promise<void> {
		unsubscribe('http.client.request.start', this.record);
		this.server?.closeAllConnections();
		const closed = this.server === undefined ? undefined : once(this.server, 'close');
		this.server?.close();
		await closed;
	}

	/** The requests since the last call. */
	takeRequests(): Outgoing[] {
		return this.requests.splice(0);
	}

	private readonly record = (message: unknown) => {
		const request = isRecord(message) ? message.request : undefined;
		if (!isRecord(request) || typeof request.getHeaders !== 'function') {
			throw new Error("Node's diagnostics channel has another format");
		}
		const headers: IncomingHttpHeaders = request.getHeaders();
		const [path = '', search = ''] = String(request.path).split(/\?(.*)/s);
		this.requests.push({
			host: String(headers.host),
			method: String(request.method),
			path,
			query: new URLSearchParams(search),
			headers,
		});
	};
}
