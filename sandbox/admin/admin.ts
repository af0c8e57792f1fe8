import type { FastifyPluginAsync } from 'fastify';
import { asVendor, BadInput, readFault } from './input';
import { applySettings } from './settings';
import { addVendorRoutes } from './vendors';
import type { Delivery } from '../webhooks/deliveries';
import { isRecord } from '../lib/guards';
import { vendorNames, type VendorName, type SandboxState } from '../server/SandboxState';

function vendorOfQuery(query: unknown): VendorName | undefined {
	const vendor = isRecord(query) ? query.vendor : undefined;
	return vendor === undefined ? undefined : asVendor(vendor);
}

function describeVendor(world: SandboxState, vendor: VendorName) {
	const requests = world.requests.filter((record) => record.vendor === vendor);
	return {
		ledger: world.ledger(vendor),
		requests: requests.length,
		/** Answered with a status from 400 on, whether by the vendor, a limit or a fault. */
		refused: requests.filter((record) => (record.status ?? 0) >= 400).length,
		/** Of those, refused by the rate limit. */
		limited: requests.filter((record) => record.fault === 'limit').length,
		maxOpen: world.maxOpen(vendor),
	};
}

function describe(world: SandboxState) {
	const vendors = vendorNames.map((vendor) => [vendor, describeVendor(world, vendor)] as const);
	const { latencyMs, seed, limits } = world.settings;
	return {
		vendors: Object.fromEntries(vendors),
		requests: world.requests.length,
		refused: vendors.reduce((sum, [, vendor]) => sum + vendor.refused, 0),
		settings: { latencyMs, seed, limits, deliveriesSpeed: world.deliveries.speed },
		faults: world.faults.report(),
	};
}

/** What was sent and what came of it; without bodies and headers, which hold people and signatures. */
function describeDelivery({ order, attempts, state }: Delivery) {
	return {
		vendor: order.vendor,
		event: order.event,
		url: order.url,
		state,
		attempts: attempts.map(({ at, status, received }) => ({ at, status, received })),
	};
}

/** Control over HTTP under /_sandbox/, for scripts in another process. */
export const adminPlugin: FastifyPluginAsync<{ world: SandboxState }> = async (
	scope,
	{ world },
) => {
	scope.setErrorHandler(async (error: unknown, _request, reply) => {
		const known = isRecord(error) && typeof error.statusCode === 'number' ? error.statusCode : 500;
		const status = error instanceof BadInput ? 400 : known;
		const message = error instanceof Error ? error.message : String(error);
		return await reply.code(status).send({ message });
	});
	scope.setNotFoundHandler(async (_request, reply) => {
		return await reply.code(404).send({ message: 'The sandbox has no such admin route.' });
	});
	// A script may well declare JSON and send nothing, as with POST reset.
	scope.removeContentTypeParser('application/json');
	scope.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
		try {
			const parsed: unknown = body === '' ? undefined : JSON.parse(String(body));
			done(null, parsed);
		} catch {
			done(new BadInput('The body is no JSON.'), undefined);
		}
	});

	scope.get('/state', async () => describe(world));
	scope.get('/requests', async (request) => {
		const vendor = vendorOfQuery(request.query);
		return world.requests.filter((record) => vendor === undefined || record.vendor === vendor);
	});
	scope.get('/leads', async (request) => {
		const vendor = vendorOfQuery(request.query);
		if (vendor === undefined) throw new BadInput(`vendor: one of ${vendorNames.join(', ')}.`);
		return [...world[vendor].leads.values()];
	});
	scope.post('/reset', async () => {
		world.reset();
		return describe(world);
	});
	scope.put('/settings', async (request) => {
		applySettings(world, request.body);
		return describe(world).settings;
	});
	scope.post('/faults', async (request) => {
		const rules = [request.body].flat().map(readFault);
		rules.forEach((rule) => world.faults.add(rule));
		return { added: rules.length };
	});
	scope.delete('/faults', async () => {
		world.faults.clear();
		return { cleared: true };
	});
	scope.get('/deliveries', async (request) => {
		const vendor = vendorOfQuery(request.query);
		return world.deliveries.log
			.filter(({ order }) => vendor === undefined || order.vendor === vendor)
			.map(describeDelivery);
	});
	addVendorRoutes(scope, world);
};
