/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test, which never runs inside n8n */
import { createServer } from 'node:http';
import { deflateSync, gzipSync } from 'node:zlib';
import type { RequestListener, Server } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import type { IExecuteFunctions } from 'n8n-workflow';
import { httpCall } from '../../nodes/shared/transport/httpCall';
import { classifyNetworkError } from '../../nodes/shared/transport/networkError';
import { inNode } from './httpHelper';

/** What `httpCall.ts` and `networkError.ts` rely on: n8n's `httpRequestWithAuthentication`. */

let server: Server;
let url: string;
let answer: RequestListener;

beforeAll(async () => {
	server = createServer((request, response) => answer(request, response));
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
});
afterAll(async () => {
	server.closeAllConnections();
	await new Promise((resolve) => server.close(resolve));
});

const send = async (context: IExecuteFunctions, credentialType: string, signal?: AbortSignal) =>
	await httpCall(context, credentialType, { method: 'GET' }, `${url}/leads`, {
		timeoutMs: 30_000,
		signal,
	});
/** What the nodes make of the error that n8n's helper throws. */
const classified = async () =>
	await inNode(url, async (context, type) => {
		const error: unknown = await send(context, type).then(
			() => new Error('No error'),
			(thrown: unknown) => thrown,
		);
		return classifyNetworkError(error, `${url}/leads`, 30_000);
	});

it('n8n aborts a request through the context that its helper is called on', async () => {
	const abort = new AbortController();
	let isClosed: Promise<void> | undefined;
	answer = (request) => {
		isClosed = new Promise((resolve) => request.socket.once('close', () => resolve()));
		abort.abort();
	};
	const call = inNode(url, async (context, type) => await send(context, type, abort.signal));
	await expect(call).rejects.toThrow();
	await isClosed;
});

it('n8n returns every status but 401 as a response, with text as its body', async () => {
	for (const status of [200, 302, 404, 429, 500]) {
		answer = (_, response) => response.writeHead(status, { location: '/other' }).end('{"a":1}');
		const response = await inNode(url, send);
		expect(response).toMatchObject({ statusCode: status, body: '{"a":1}' });
	}
});

it('n8n throws for a 401, with the body in the cause', async () => {
	answer = (_, response) => response.writeHead(401).end('{"message":"Expired"}');
	expect(await classified()).toMatchObject({
		result: { kind: 'response', status: 401 },
		body: { message: 'Expired' },
	});
});

it('n8n throws for a cut connection, with the error code in the cause', async () => {
	answer = (request) => request.socket.destroy();
	expect(await classified()).toEqual({
		result: { kind: 'failure', delivered: 'maybe', isPermanent: false },
		message: 'the connection was cut',
	});
});

describe('a reply that is too large', () => {
	const lost = {
		result: { kind: 'failure', delivered: 'maybe', isPermanent: false },
		message: 'the reply is larger than 20 MB',
	};
	const block = Buffer.alloc(1_000_000, 32);

	it.each([200, 400, 500])('is not read to its end, HTTP %i', async (status) => {
		let sent = 0;
		answer = (_, response) => {
			response.writeHead(status);
			const more = () => {
				while (!response.destroyed && sent < 1000 && response.write(block)) sent++;
			};
			response.on('drain', more);
			more();
		};
		expect(await classified()).toEqual(lost);
		expect(sent).toBeLessThan(100);
	});

	it.each(['gzip', 'deflate'])('is not unpacked whole, %s', async (encoding) => {
		const packed = gzipSync(Buffer.concat(Array(60).fill(block)));
		const body = encoding === 'gzip' ? packed : deflateSync(Buffer.concat(Array(60).fill(block)));
		expect(body.length).toBeLessThan(100_000);
		answer = (_, response) => response.writeHead(200, { 'content-encoding': encoding }).end(body);
		expect(await classified()).toEqual(lost);
	});

	it('is a 401 without words', async () => {
		answer = (_, response) => {
			response.writeHead(401);
			for (let i = 0; i < 30; i++) response.write(block);
			response.end();
		};
		expect(await classified()).toMatchObject({ result: { kind: 'response', status: 401 } });
	});
});

it('text in several parts, with a byte order mark, is read as it is', async () => {
	answer = (_, response) => {
		response.writeHead(200);
		for (const byte of Buffer.from('\ufeff{"name":"Zoë 😀"}')) response.write(Buffer.from([byte]));
		response.end();
	};
	expect(await inNode(url, send)).toMatchObject({ body: '{"name":"Zoë 😀"}' });
});

it('n8n keeps the request with the error: its socket shows that no connection stood', async () => {
	const silent = createTcpServer().listen(0, '127.0.0.1');
	await new Promise((resolve) => silent.once('listening', resolve));
	const address = silent.address();
	const port = typeof address === 'object' ? address?.port : '';
	const call = async (base: string) =>
		await inNode(base, async (context, type) => {
			const write = { method: 'POST', body: {} } as const;
			const options = { timeoutMs: 300 };
			const error: unknown = await httpCall(context, type, write, `${base}/leads`, options).catch(
				(thrown: unknown) => thrown,
			);
			return classifyNetworkError(error, `${base}/leads`, 300).result;
		});
	const secure = await call(`https://127.0.0.1:${port}`);
	const plain = await call(`http://127.0.0.1:${port}`);
	silent.close();
	expect(secure).toMatchObject({ kind: 'failure', delivered: 'no' });
	expect(plain).toMatchObject({ kind: 'failure', delivered: 'maybe' });
});

it('n8n reads the credential through the context that its helper is called on', async () => {
	let requests = 0;
	answer = (_, response) => {
		requests++;
		response.end('{}');
	};
	const read: unknown[] = [];
	const call = inNode(url, async (context, type) => {
		const checkCredential = (credentials: object) => {
			read.push(credentials);
			throw new Error('Changed');
		};
		const options = { timeoutMs: 30_000, checkCredential };
		return await httpCall(context, type, { method: 'GET' }, `${url}/leads`, options);
	});
	await expect(call).rejects.toThrow();
	expect(read).toMatchObject([{ baseUrl: url, apiKey: 'key' }]);
	expect(requests).toBe(0);
});
