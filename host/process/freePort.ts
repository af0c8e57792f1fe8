/* eslint-disable @n8n/community-nodes/no-restricted-imports -- asks the system for ports */
import { createServer } from 'node:net';

/** Binds a loopback port for a moment; 0 lets the system choose. Undefined when it is taken. */
async function tryPort(port: number): Promise<number | undefined> {
	return await new Promise((resolve) => {
		const server = createServer();
		server.once('error', () => resolve(undefined));
		server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
			const address = server.address();
			const bound = typeof address === 'object' && address !== null ? address.port : undefined;
			server.close(() => resolve(bound));
		});
	});
}

/** A free loopback port: the preferred one if nobody listens there, else any. */
export async function freePort(preferred = 0): Promise<number> {
	const port = (await tryPort(preferred)) ?? (await tryPort(0));
	if (port === undefined) throw new Error('The system has no free loopback port left');
	return port;
}
