/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a process of the command, never part of a node */
import { createServer } from 'node:http';
import { toError } from '../../nodes/shared/values/json';
import { startSandbox } from '../../sandbox';
import { runCell } from './cell';
import { readOptions } from './options';
import { selectCells, nameOf } from './plan';

/** Cells that run at the same time in one process; most of them wait for their vendor. */
const CELLS_PER_PROCESS = 8;

/** A server that is no vendor's: only a redirect leads to it. */
async function openOtherHost() {
	let visits = 0;
	const server = createServer((_request, response) => {
		visits++;
		response.end('{}');
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	const port = typeof address === 'object' && address !== null ? address.port : 0;
	return {
		url: `http://127.0.0.1:${port}/`,
		visits: () => visits,
		close: () => server.close(),
	};
}

/** Runs the cells of this process and reports the result of each. */
async function runShare(report: (message: unknown) => void): Promise<void> {
	const { only, share, ...size } = readOptions();
	const cells = selectCells(only).filter((_, index) => index % share.of === share.number);
	const otherHost = await openOtherHost();
	let next = 0;
	const slot = async () => {
		let sandbox = await startSandbox();
		for (let cell = cells[next++]; cell !== undefined; cell = cells[next++]) {
			try {
				report(await runCell(sandbox, cell, { ...size, otherHost }));
			} catch (error) {
				report({ cell: nameOf(cell), notRun: toError(error).message });
				// A run that hangs may still send something.
				await sandbox.close();
				sandbox = await startSandbox();
			}
		}
		await sandbox.close();
	};
	await Promise.all(Array.from({ length: CELLS_PER_PROCESS }, slot));
	otherHost.close();
}

// Exits with the command, so that nothing is left running.
process.once('disconnect', () => process.exit());
void runShare((message) => process.send?.(message)).then(() => process.disconnect());
