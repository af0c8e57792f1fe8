/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a process of the repository, never part of a node */
/** A free loopback port: the preferred one if nothing listens there, else any. */
export async function freePort(preferred?: number): Promise<number> {
	// get-port is an ES module, which these CommonJS files load with import().
	const { default: getPort } = await import('get-port');
	return await getPort({ host: '127.0.0.1', port: preferred });
}
