import fastify from 'fastify';

/** A received request. */
export interface Received {
	path: string;
	headers: Record<string, string>;
	/** The raw body (UTF-8). */
	body: string;
}

/** The status of the replies: fixed, or by the number of earlier requests. */
export type AnswerWith = number | ((before: number) => number);

export interface Receiver {
	/** The root, such as http://127.0.0.1:43211; accepts every path and method below it. */
	url: string;
	/** In order of arrival. */
	received: Received[];
	answerWith(answer: AnswerWith): void;
	close(): Promise<void>;
}

/** Receives webhooks on a free loopback port; answers 200 by default. */
async function startReceiver(): Promise<Receiver> {
	const received: Received[] = [];
	let answer: AnswerWith = 200;
	const app = fastify({ forceCloseConnections: true });
	app.removeAllContentTypeParsers();
	app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
	app.all('/*', async (request, reply) => {
		const status = typeof answer === 'number' ? answer : answer(received.length);
		received.push({
			path: request.url,
			headers: Object.fromEntries(
				Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
			),
			body: typeof request.body === 'string' ? request.body : '',
		});
		return await reply.code(status).send();
	});
	const url = await app.listen({ host: '127.0.0.1', port: 0 });
	return {
		url,
		received,
		answerWith: (wanted) => {
			answer = wanted;
		},
		close: async () => await app.close(),
	};
}

/** One receiver for a test file, emptied before each test; answers 200 by default. */
export function useReceiver(): () => Receiver {
	let receiver: Receiver | undefined;
	const get = (): Receiver => {
		if (!receiver) throw new Error('The receiver is not running.');
		return receiver;
	};
	beforeAll(async () => {
		receiver = await startReceiver();
	});
	beforeEach(() => {
		get().received.length = 0;
		get().answerWith(200);
	});
	afterAll(async () => await get().close());
	return get;
}
