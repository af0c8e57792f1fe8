import type { ApiClient } from '../../shared/transport/ApiClient';
import type { ApiResponse, RequestOptions } from '../../shared/transport/request';
import { isAcknowledgment } from '../../shared/transport/responseValidators';
import type { AccountConfig } from '../../shared/transport/vendor';
import { asText, getOwn } from '../../shared/values/json';
import { missingPart, notFoundError } from '../transport/notFound';
import { apiRequest } from '../transport/vendor';

/** The path of leads (Autocalls API reference), and that of a white label (Famulor API page, Update lead). */
const LEADS: readonly string[] = ['user', 'leads'];
const LEADS_OF_WHITE_LABEL: readonly string[] = ['leads'];

/** Where a host updates leads, by account of a run; known once a path has answered. */
const updatePaths = new WeakMap<AccountConfig, readonly string[]>();

/** False if a reply repeats another lead: its shape is not documented. */
function isAboutLead(body: unknown, id: number | string): boolean {
	const replied = asText(getOwn(getOwn(body, 'data'), 'id')) ?? asText(getOwn(body, 'id'));
	return replied === undefined || replied === String(id);
}

/** How often a change is sent again, which is harmless, where a 404 after a lost reply cannot be read. */
const MAX_RESENDS = 2;

const isMissing = ({ status, body }: ApiResponse, part: 'record' | 'route') =>
	status === 404 && missingPart(body, 'lead') === part;

/** A 404 without a body that can be read: of the lead, of a route, or of a server in between. */
const saysNothing = ({ status, body }: ApiResponse) => status === 404 && body === undefined;

/**
 * `PUT` or `DELETE /user/leads/{id}`; status 404 if there is no such lead (Autocalls API reference). An Update whose
 * route is missing has not been carried out: the first of a run is then sent to the other path.
 * @throws ApiError also for a 404 that does not say that the lead is missing
 */
export async function changeLead(
	client: ApiClient,
	id: number | string,
	change: Pick<RequestOptions, 'method' | 'body'>,
): Promise<ApiResponse> {
	const { account, options } = client;
	const tried: string[] = [];
	const send = async (path: readonly string[]) => {
		tried.push(`${change.method} /${[...path, id].join('/')}`);
		return await client.request(
			apiRequest([...path, String(id)], {
				...change,
				safety: 'idempotent',
				expectedStatuses: [404],
				validateBody: (body) => isAcknowledgment(body) && isAboutLead(body, id),
			}),
		);
	};
	// The white label deletes leads at the documented path.
	const known = change.method === 'PUT' ? updatePaths.get(account) : LEADS;
	let path = known ?? LEADS;
	let reply = await send(path);
	// An attempt of this very request that got no reply may have been carried out.
	const isLost = reply.afterLostResponse && options.hadLostAttempt !== true;
	if (known === undefined && isMissing(reply, 'route') && !isLost) {
		reply = await send(LEADS_OF_WHITE_LABEL);
		if (!isMissing(reply, 'route')) path = LEADS_OF_WHITE_LABEL;
	}
	if (known === undefined && !isLost) updatePaths.set(account, path);
	for (
		let resends = 0;
		resends < MAX_RESENDS && reply.afterLostResponse && saysNothing(reply);
		resends++
	) {
		reply = { ...(await send(path)), afterLostResponse: true };
	}
	if (reply.status !== 404 || isMissing(reply, 'record')) return reply;
	throw notFoundError(client, reply, { sent: change.body, tried });
}
