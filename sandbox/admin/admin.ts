import type { FastifyPluginAsync } from 'fastify';
import { isRecord } from '../lib/guards';
import { foreignOrigin } from '../server/ownOrigin';
import type { SandboxState } from '../server/SandboxState';
import { VENDOR_NAMES, type VendorName } from '../vendorNames';
import type { Delivery } from '../webhooks/deliveries';
import { asVendor, InvalidInput, readFault } from './input';
import { applySettings } from './settings';
import { addVendorRoutes } from './vendors';

function vendorOfQuery(query: unknown): VendorName | undefined {
	const vendor = isRecord(query) ? query.vendor : undefined;
	return vendor === undefined ? undefined : asVendor(vendor);
}

function describeVendor(state: SandboxState, vendor: VendorName) {
	const requests = state.requests.filter((record) => record.vendor === vendor);
	return {
		ledger: state.ledger(vendor),
		requests: requests.length,
		/** Answered with a status of 400 or above, by the vendor, a limit or a fault. */
		refused: requests.filter((record) => (record.status ?? 0) >= 400).length,
		/** Of those, rejected by the rate limit. */
		limited: requests.filter((record) => record.fault === 'limit').length,
		maxOpen: state.maxOpen(vendor),
	};
}

function describe(state: SandboxState) {
	const vendors = VENDOR_NAMES.map((vendor) => [vendor, describeVendor(state, vendor)] as const);
	const { latencyMs, seed, limits } = state.settings;
	return {
		vendors: Object.fromEntries(vendors),
		requests: state.requests.length,
		refused: vendors.reduce((sum, [, vendor]) => sum + vendor.refused, 0),
		settings: { latencyMs, seed, limits, deliveriesSpeed: state.deliveries.speed },
		faults: state.faults.report(),
	};
}

/** A delivery without bodies and headers, which contain personal data and signatures. */
function describeDelivery({ job, attempts, state }: Delivery) {
	return {
		vendor: job.vendor,
		event: job.event,
		url: job.url,
		state,
		attempts: attempts.map(({ at, status, received }) => ({ at, status, received })),
	};
}

/** Controls the sandbox over HTTP below /_sandbox/, for scripts in another process. */
export const adminPlugin: FastifyPluginAsync<{ state: SandboxState }> = async (
	scope,
	{ state },
) => {
	scope.setErrorHandler(async (error: unknown, _request, reply) => {
		const known = isRecord(error) && typeof error.statusCode === 'number' ? error.statusCode : 500;
		const status = error instanceof InvalidInput ? 400 : known;
		const message = error instanceof Error ? error.message : String(error);
		return await reply.code(status).send({ message });
	});
	scope.addHook('onRequest', async (request, reply) => {
		const message = foreignOrigin(request.method, request.headers);
		if (message !== undefined) return await reply.code(403).send({ message });
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
			done(new InvalidInput('The body is no JSON.'), undefined);
		}
	});

	scope.get('/state', async () => describe(state));
	scope.get('/requests', async (request) => {
		const vendor = vendorOfQuery(request.query);
		return state.requests.filter((record) => vendor === undefined || record.vendor === vendor);
	});
	scope.get('/leads', async (request) => {
		const vendor = vendorOfQuery(request.query);
		if (vendor === undefined) throw new InvalidInput(`vendor: one of ${VENDOR_NAMES.join(', ')}.`);
		return [...state[vendor].leads.values()];
	});
	scope.post('/reset', async () => {
		state.reset();
		return describe(state);
	});
	scope.put('/settings', async (request) => {
		applySettings(state, request.body);
		return describe(state).settings;
	});
	scope.post('/faults', async (request) => {
		const rules = [request.body].flat().map(readFault);
		rules.forEach((rule) => state.faults.add(rule));
		return { added: rules.length };
	});
	scope.delete('/faults', async () => {
		state.faults.clear();
		return { cleared: true };
	});
	scope.get('/deliveries', async (request) => {
		const vendor = vendorOfQuery(request.query);
		return state.deliveries.log
			.filter(({ job }) => vendor === undefined || job.vendor === vendor)
			.map(describeDelivery);
	});
	addVendorRoutes(scope, state);
};
