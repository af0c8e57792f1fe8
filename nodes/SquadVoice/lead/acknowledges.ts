import { isAcknowledgment } from '../../shared/transport/responseValidators';
import { asText } from '../../shared/values/json';

/** The lead IDs that a reply names, however deep. */
function* leadIdsIn(body: unknown): Generator<string | undefined> {
	if (typeof body !== 'object' || body === null) return;
	for (const [name, value] of Object.entries(body)) {
		if (name === 'lead_id') yield asText(value);
		else yield* leadIdsIn(value);
	}
}

/**
 * A validator for a request about these leads. SquadVoice documents no body (SquadVoice US API page): nothing or an
 * object says that the request was accepted. A body that names leads has to name each of these.
 */
export function acknowledges(
	...leads: ReadonlyArray<{ leadId: string | number }>
): (body: unknown) => boolean {
	return (body) => {
		const named = new Set(leadIdsIn(body));
		if (named.size === 0) return isAcknowledgment(body);
		return leads.every(({ leadId }) => named.has(String(leadId)));
	};
}
