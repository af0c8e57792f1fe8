import { closeUsers } from './accounts';
import type { EventOrigin } from './events';
import { newId } from './ids';
import type { CloseState } from './state';

/** What a user does in Close's app, without a request of the API. */
const byUser = (more: Partial<EventOrigin> = {}): EventOrigin => ({
	userId: closeUsers.ada.id,
	apiKeyId: undefined,
	requestId: newId('req'),
	...more,
});

/**
 * A bulk action on leads: deletes them, or gives them a status. Its events name it in `meta` (Close
 * docs, event log). Returns its ID.
 */
export function bulkAction(
	state: CloseState,
	leadIds: string[],
	action: 'delete' | { statusId: string },
): string {
	const bulkActionId = newId('bulk');
	const leads = leadIds.flatMap((id) => state.leads.get(id) ?? []);
	state.webhooks.publishChanges(byUser({ bulkActionId }), () => {
		const now = Date.now();
		for (const lead of leads) {
			if (action === 'delete') {
				state.dropLead(lead);
				continue;
			}
			state.beforeWrite(lead, now);
			Object.assign(lead, { statusId: action.statusId, updatedAt: now });
		}
	});
	return bulkActionId;
}

/**
 * A person unsubscribes from bulk emails. ASSUMED (the fields of `unsubscribed_email.created`): the
 * email, and no lead. Confirmed by one event.
 */
export function unsubscribe(state: CloseState, email: string): void {
	state.webhooks.emit({
		objectType: 'unsubscribed_email',
		objectId: newId('unsub'),
		action: 'created',
		leadId: null,
		userId: null,
		data: { email },
	});
}
