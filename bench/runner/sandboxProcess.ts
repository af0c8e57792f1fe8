/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a command of the repository, never part of a node */
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { startSandbox } from '../../sandbox';
import { isRecord } from '../../sandbox/lib/guards';
import type { SandboxState } from '../../sandbox';
import type { Aim, Counts, SandboxSetup } from '../cases/case';
import { usedShare } from '../report/statistics';

/** What the command tells the sandbox's process. */
export type SandboxOrder =
	| { do: 'start'; key: string; cert: string }
	| { do: 'set'; stage: SandboxSetup }
	| { do: 'count'; stage: SandboxSetup; aim: Aim; items: number; out: number };

const isOrder = (value: unknown): value is SandboxOrder =>
	isRecord(value) && typeof value.do === 'string';

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

/** Leads that arrived more than once, and leads that are not there or not ended. */
function fate(
	world: SandboxState,
	{ vendor, aim, items, out }: Fate,
): Pick<Counts, 'doubled' | 'lost'> {
	const { held, doubled, disabled } = world[vendor].ledger();
	// Close makes a lead of every create, the others count how often one arrived.
	const different = vendor === 'close' ? held - doubled : held;
	if (aim === 'create') return { doubled, lost: items - different };
	if (aim === 'disable') return { doubled: 0, lost: items - Math.max(disabled, ended(world)) };
	return { doubled: 0, lost: aim === 'read' ? items - out : 0 };
}

interface Fate {
	vendor: SandboxSetup['vendor'];
	aim: Aim;
	items: number;
	out: number;
}

const ended = (world: SandboxState) => world.aktify.ended.size;

function count(world: SandboxState, order: Extract<SandboxOrder, { do: 'count' }>): Counts {
	const { stage } = order;
	const requests = world.requests.filter(({ vendor }) => vendor === stage.vendor);
	const refused = requests.filter(({ fault }) => fault === 'limit').length;
	const told = { requests: requests.length, refused, ...fate(world, { ...order, ...stage }) };
	if (stage.limit === undefined) return told;
	const taken = requests.filter(({ fault, effect }) => fault !== 'limit' && effect);
	return {
		...told,
		used: usedShare(
			taken.map(({ receivedAt }) => receivedAt),
			stage.limit,
		),
	};
}

/** The sandbox, and in front of it what answers as https://api.close.com. */
async function main(): Promise<void> {
	const sandbox = await startSandbox();
	const { world } = sandbox;
	process.on('message', (order: unknown) => {
		if (!isOrder(order)) return;
		if (order.do === 'count') process.send?.(count(world, order));
		if (order.do === 'set') {
			set(world, order.stage);
			process.send?.({ set: true });
		}
		if (order.do !== 'start') return;
		const front = createServer({ key: order.key, cert: order.cert }, (request, response) => {
			request.url = request.url?.replace(/^\/api\/v1(?=\/)/, '/close');
			sandbox.handle(request, response);
		});
		// Node cannot reset a connection below its TLS: the client sees it end without a reply.
		front.on('secureConnection', (socket) => {
			Object.defineProperty(socket, 'resetAndDestroy', { value: () => socket.destroy() });
		});
		front.listen(0, '127.0.0.1', () => {
			const address: string | AddressInfo | null = front.address();
			const closePort = typeof address === 'object' && address !== null ? address.port : 0;
			process.send?.({ sandbox: sandbox.url, closePort });
		});
	});
	// Ends with the command that started it.
	process.once('disconnect', () => process.exit());
}

main().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
	process.exit(1);
});
