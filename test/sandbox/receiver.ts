import fastify from 'fastify';

/** What came in, before anything was read out of it. */
export interface Received {
	path: string;
	headers: Record<string, string>;
	/** The body as it came, byte for byte (UTF-8). */
	body: string;
}

/** The status to answer with: always the same, or by how many came before (the first is 0). */
export type AnswerWith = number | ((before: number) => number);

export interface Receiver {
	/** The root, such as http://127.0.0.1:43211; every path and method below it is taken. */
	url: string;
	/** In order of arrival. */
	received: Received[];
	answerWith(answer: AnswerWith): void;
	close(): Promise<void>;
}

/** Takes webhooks on a free loopback port and keeps them as they came; it answers 200 until told. */
export async function startReceiver(): Promise<Receiver> {
	const received: Received[] = [];
	let wish: AnswerWith = 200;
	const app = fastify({ forceCloseConnections: true });
	app.removeAllContentTypeParsers();
	app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
	app.all('/*', async (request, reply) => {
		const status = typeof wish === 'number' ? wish : wish(received.length);
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
		answerWith: (answer) => {
			wish = answer;
		},
		close: async () => await app.close(),
	};
}

/** One receiver for a test file: before each test it holds nothing and answers 200. */
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
