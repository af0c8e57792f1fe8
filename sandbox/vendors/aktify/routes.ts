import { createHash } from 'crypto';
import type { FastifyPluginAsync } from 'fastify';
import { isRecord } from '../../lib/guards';
import type { Handler, VendorCall, VendorReply } from '../../server/handler';
import type { VendorOptions } from '../../server/ServerControl';
import { openVendorServer } from '../../server/vendorServer';
import { campaignOfKey } from './accounts';
import type { AktifyState } from './state';
import { readLead, readPhoneList, type ReadLead } from './validate';

/**
 * ASSUMED (the body of an error): its text is in `message`; the pages exclude details from the
 * contract. Confirmed by any error.
 */
const rejection = (status: number, message: string): VendorReply => ({ status, body: { message } });

function shortened(link: unknown): string {
	const code = createHash('sha256').update(String(link)).digest('hex').slice(0, 8);
	return `https://shortlink.aktify.com/${code}`;
}

/** The fields of an object, without those that a create ignores. */
function acceptedIn(
	fields: Record<string, unknown>,
	ignored: ReadonlySet<string>,
	prefix = '',
): Record<string, unknown> {
	return Object.fromEntries(
		Object.entries(fields).filter(([name]) => !ignored.has(`${prefix}${name}`)),
	);
}

/**
 * The accepted fields (Aktify API page, Create lead): linkToShorten returns as a shortened `link`.
 */
function echo({ sent }: ReadLead, state: AktifyState): Record<string, unknown> {
	const { ignoredFields, regionByZip } = state;
	const { linkToShorten, metadata, ...rest } = acceptedIn(sent, ignoredFields);
	const region = regionByZip.get(String(rest.zipCode));
	return {
		...(region === undefined ? {} : { region }),
		...rest,
		...(linkToShorten === undefined ? {} : { link: shortened(linkToShorten) }),
		...(isRecord(metadata) ? { metadata: acceptedIn(metadata, ignoredFields, 'metadata.') } : {}),
	};
}

/**
 * Aktify: create a lead (Aktify API page, Create lead) and end contact (Aktify docs, end-contact).
 * There is no endpoint to read with: every other path, and every GET, is a 404. The sandbox leaves
 * out POST /api/v1/dncs, as the fields of its request are unknown; `AktifyState.play` makes a
 * do-not-contact.
 */
export const aktifyPlugin: FastifyPluginAsync<VendorOptions<AktifyState>> = async (
	scope,
	{ control, state },
) => {
	const server = openVendorServer(scope, control, {
		vendor: 'aktify',
		account: (headers) => campaignOfKey(headers['x-api-key']) ?? 'unknown',
		error: (_status, message) => ({ message }),
	});

	/**
	 * ASSUMED (which is checked first, the key or the body): the key. Confirmed by a request with a bad
	 * body and without a key.
	 */
	function authenticated(handle: (campaign: string, json: unknown) => VendorReply): Handler {
		return ({ headers, mediaType, json }: VendorCall) => {
			const campaign = campaignOfKey(headers['x-api-key']);
			if (campaign === undefined) return rejection(401, 'Unauthorized');
			// ASSUMED (a body that is not JSON): 400, the only status that the docs have for an invalid
			// one. Confirmed by a request with another content type.
			if (mediaType !== 'application/json') return rejection(400, 'Send application/json.');
			if (json === undefined) return rejection(400, 'The body is no JSON.');
			return handle(campaign, json);
		};
	}

	server.on(
		'POST',
		'/api/v1/leads',
		authenticated((campaign, json) => {
			const lead = readLead(json);
			if (typeof lead === 'string') return rejection(400, lead);
			if (!state.accept(campaign, lead.phone, lead.sent)) {
				return rejection(409, 'The phone number was already submitted to the campaign.');
			}
			return { status: 201, body: echo(lead, state), effect: true };
		}),
	);

	server.on(
		'POST',
		'/api/v1/leads/end-contact',
		authenticated((campaign, json) => {
			const phones = readPhoneList(json);
			if (typeof phones === 'string') return rejection(400, phones);
			const success: string[] = [];
			const failure: string[] = [];
			for (const phone of phones) {
				(state.endContact(campaign, phone) ? success : failure).push(phone);
			}
			// Aktify promises no order, so the reply reverses it: a client that matches by position
			// fails.
			return {
				status: 201,
				body: { success: success.reverse(), failure: failure.reverse() },
				effect: success.length > 0,
			};
		}),
	);
};
