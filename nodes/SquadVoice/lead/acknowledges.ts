import { isAcknowledgment } from '../../shared/transport/responseValidators';
import { asObjects, asText } from '../../shared/values/json';

/**
 * A validator for a list of leads that was sent. SquadVoice documents no body (SquadVoice US API page): nothing or an
 * object says that the list was accepted; a list has to name every lead.
 */
export function acknowledges(
	leads: ReadonlyArray<{ leadId: string | number }>,
): (body: unknown) => boolean {
	return (body) => {
		if (!Array.isArray(body)) return isAcknowledgment(body);
		const named = new Set(asObjects(body).map(({ lead_id: id }) => asText(id)));
		return leads.every(({ leadId }) => named.has(String(leadId)));
	};
}
