import { createHash } from 'crypto';
import type { FastifyPluginAsync } from 'fastify';
import {
	openTraffic,
	type VendorReply,
	type VendorCall,
	type Handler,
} from '../../server/vendorServer';
import type { SandboxState } from '../../server/SandboxState';
import { campaignOfKey } from './accounts';
import { readLead, readPhoneList, type ReadLead } from './validate';

/** ASSUMED: `message`; the docs put details of an error outside of the contract. */
const refusal = (status: number, message: string): VendorReply => ({ status, body: { message } });

function shortened(link: unknown): string {
	const code = createHash('sha256').update(String(link)).digest('hex').slice(0, 8);
	return `https://shortlink.aktify.com/${code}`;
}

/** What was accepted, as seed 002 has it: linkToShorten comes back as a shortened `link`. */
function echo({ sent }: ReadLead): Record<string, unknown> {
	const { linkToShorten, ...rest } = sent;
	return linkToShorten === undefined ? rest : { ...rest, link: shortened(linkToShorten) };
}

/**
 * Aktify: create a lead (seed 002) and end contact (Aktify docs, end-contact). There is nothing to
 * read with: every other path, and every GET, is 404. Left out is POST /api/v1/dncs, as the fields of
 * its request are not known; a do-not-contact is played on the state.
 */
export const aktifyPlugin: FastifyPluginAsync<{ world: SandboxState }> = async (
	scope,
	{ world },
) => {
	const state = world.aktify;
	const traffic = openTraffic(scope, world, {
		vendor: 'aktify',
		account: (headers) => campaignOfKey(headers['x-api-key']) ?? 'nobody',
		error: (_status, message) => ({ message }),
	});

	/** ASSUMED: the key is asked for before the body is looked at; a bad body without one would tell. */
	function guarded(act: (campaign: string, json: unknown) => VendorReply): Handler {
		return ({ headers, mediaType, json }: VendorCall) => {
			const campaign = campaignOfKey(headers['x-api-key']);
			if (campaign === undefined) return refusal(401, 'Unauthorized');
			// ASSUMED: 400, the only status the docs have for a body that is not as it should be.
			if (mediaType !== 'application/json') return refusal(400, 'Send application/json.');
			if (json === undefined) return refusal(400, 'The body is no JSON.');
			return act(campaign, json);
		};
	}

	traffic.on(
		'POST',
		'/api/v1/leads',
		guarded((campaign, json) => {
			const lead = readLead(json);
			if (typeof lead === 'string') return refusal(400, lead);
			if (!state.accept(campaign, lead.phone, lead.sent)) {
				return refusal(409, 'The phone number was already submitted to the campaign.');
			}
			return { status: 201, body: echo(lead), effect: true };
		}),
	);

	traffic.on(
		'POST',
		'/api/v1/leads/end-contact',
		guarded((campaign, json) => {
			const phones = readPhoneList(json);
			if (typeof phones === 'string') return refusal(400, phones);
			const success: string[] = [];
			const failure: string[] = [];
			for (const phone of phones) {
				(state.endContact(campaign, phone) ? success : failure).push(phone);
			}
			// No order is promised, so the input's is not kept: who goes by position must come to grief.
			return {
				status: 201,
				body: { success: success.reverse(), failure: failure.reverse() },
				effect: success.length > 0,
			};
		}),
	);
};
