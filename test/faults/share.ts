/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a process of the command, never part of a node */
import { createServer } from 'node:http';
import { startSandbox } from '../../sandbox';
import { runCell } from './cell';
import { readOptions } from './options';
import { chosenCells, nameOf } from './plan';

/** Cells of one process that run at the same time; most of them wait for their vendor. */
const cellsAtOnce = 8;

/** A server that is nobody's: whoever comes here was sent by a redirect. */
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

/** Runs the cells of this process, and tells what came of each. */
async function runShare(tell: (message: unknown) => void): Promise<void> {
	const { only, share, ...size } = readOptions();
	const cells = chosenCells(only).filter((_, index) => index % share.of === share.number);
	const otherHost = await openOtherHost();
	let next = 0;
	const slot = async () => {
		let sandbox = await startSandbox();
		for (let cell = cells[next++]; cell !== undefined; cell = cells[next++]) {
			try {
				tell(await runCell(sandbox, cell, { ...size, otherHost }));
			} catch (error) {
				const words = error instanceof Error ? error.message : String(error);
				tell({ cell: nameOf(cell), notRun: words });
				// What hangs may still send something.
				await sandbox.close();
				sandbox = await startSandbox();
			}
		}
		await sandbox.close();
	};
	await Promise.all(Array.from({ length: cellsAtOnce }, slot));
	otherHost.close();
}

// Also when the command is gone: nothing is left running.
process.once('disconnect', () => process.exit());
void runShare((message) => process.send?.(message)).then(() => process.disconnect());
