/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a command of the repository, never part of a node */
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { startSandbox } from '../../sandbox';
import { isObject } from '../../nodes/shared/values/json';
import type { SandboxState } from '../../sandbox';
import type { Metric, Counts, SandboxSetup } from '../cases/case';
import { usedShare } from '../report/statistics';

/** What the benchmark asks of the sandbox's process. */
export type SandboxCommand =
	| { do: 'start'; key: string; cert: string }
	| { do: 'set'; setup: SandboxSetup }
	| { do: 'count'; setup: SandboxSetup; metric: Metric; items: number; out: number };

const isCommand = (value: unknown): value is SandboxCommand =>
	isObject(value) && typeof value.do === 'string';

function set(
	world: SandboxState,
	{ vendor, latencyMs, limit, fault, held, indexLagMs }: SandboxSetup,
): void {
	world.reset();
	world.settings.latencyMs = latencyMs;
	if (limit !== undefined) world.settings.limits[vendor] = limit;
	if (fault !== undefined) world.faults.add(fault);
	if (held !== undefined) world.close.seedLeads(held);
	if (indexLagMs !== undefined) world.close.indexLagMs = indexLagMs;
}

/** Leads that arrived more than once, and leads that are missing or not disabled. */
function countLeads(
	world: SandboxState,
	{ vendor, metric, items, out }: LeadCount,
): Pick<Counts, 'doubled' | 'lost'> {
	const { held, doubled, disabled } = world[vendor].ledger();
	// Close creates a lead for every request; the others count how often one arrived.
	const distinct = vendor === 'close' ? held - doubled : held;
	if (metric === 'create') return { doubled, lost: items - distinct };
	if (metric === 'disable')
		return { doubled: 0, lost: items - Math.max(disabled, world.aktify.ended.size) };
	return { doubled: 0, lost: metric === 'read' ? items - out : 0 };
}

interface LeadCount {
	vendor: SandboxSetup['vendor'];
	metric: Metric;
	items: number;
	out: number;
}

function count(world: SandboxState, command: Extract<SandboxCommand, { do: 'count' }>): Counts {
	const { setup } = command;
	const requests = world.requests.filter(({ vendor }) => vendor === setup.vendor);
	const refused = requests.filter(({ fault }) => fault === 'limit').length;
	const counts = {
		requests: requests.length,
		refused,
		...countLeads(world, { ...command, ...setup }),
	};
	if (setup.limit === undefined) return counts;
	const accepted = requests.filter(({ fault, effect }) => fault !== 'limit' && effect);
	return {
		...counts,
		used: usedShare(
			accepted.map(({ receivedAt }) => receivedAt),
			setup.limit,
		),
	};
}

/** The sandbox, and in front of it an HTTPS server that acts as https://api.close.com. */
async function main(): Promise<void> {
	const sandbox = await startSandbox();
	const { world } = sandbox;
	process.on('message', (command: unknown) => {
		if (!isCommand(command)) return;
		if (command.do === 'count') process.send?.(count(world, command));
		if (command.do === 'set') {
			set(world, command.setup);
			process.send?.({ set: true });
		}
		if (command.do !== 'start') return;
		const front = createServer({ key: command.key, cert: command.cert }, (request, response) => {
			request.url = request.url?.replace(/^\/api\/v1(?=\/)/, '/close');
			sandbox.handle(request, response);
		});
		// Node.js cannot reset a connection below TLS: the client sees it end without a response.
		front.on('secureConnection', (socket) => {
			Object.defineProperty(socket, 'resetAndDestroy', { value: () => socket.destroy() });
		});
		front.listen(0, '127.0.0.1', () => {
			const address: string | AddressInfo | null = front.address();
			const closePort = typeof address === 'object' && address !== null ? address.port : 0;
			process.send?.({ sandbox: sandbox.url, closePort });
		});
	});
	// Exits with the command that started it.
	process.once('disconnect', () => process.exit());
}

main().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
	process.exit(1);
});
