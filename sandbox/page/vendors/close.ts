import { changeStatus, createLead, deleteLead, mergeLeads } from '../../admin/events';
import { InvalidInput } from '../../admin/input';
import type { SandboxState } from '../../server/SandboxState';
import { closeAccounts } from '../../vendors/close/accounts';
import { leadName } from '../../vendors/close/render';
import type { CloseLead } from '../../vendors/close/store';
import { html } from '../html';
import { actionForm, choice, field } from '../parts';
import { actionPath, type Done, type LeadRow, type VendorPage } from '../vendorPage';

const IF_SILENT =
	'No webhook was sent: no subscription has this event. Publish a workflow with a Close Trigger on it: ' +
	'the trigger subscribes itself. One that is published already may leave out this status or field.';

function labelOf({ close }: SandboxState, statusId: string): string {
	return close.statuses.find(({ id }) => id === statusId)?.label ?? statusId;
}

function toRow(state: SandboxState, lead: CloseLead): LeadRow {
	const { contacts } = lead;
	return {
		key: lead.id,
		name: leadName(lead),
		phone: contacts.flatMap(({ phones }) => phones.map(({ phone }) => phone)).join(', '),
		id: lead.id,
		group: contacts.flatMap(({ emails }) => emails.map(({ email }) => email)).join(', '),
		status: labelOf(state, lead.statusId),
		isStopped: state.close.disabledStatusIds.has(lead.statusId),
		createdAt: lead.createdAt,
		record: lead,
	};
}

function leadOf({ close }: SandboxState, id: string): CloseLead {
	const lead = close.leads.get(id.trim());
	if (lead) return lead;
	throw new InvalidInput(`Close has no lead ${id}.`);
}

function create(state: SandboxState, { name = '', phone = '' }: Record<string, string>): Done {
	createLead(state, { name, phone });
	return { what: `Ben created ${name} in Close.`, ifSilent: IF_SILENT };
}

function status(state: SandboxState, form: Record<string, string>): Done {
	const { leadId = '', statusId = '' } = form;
	const lead = leadOf(state, leadId);
	if (lead.statusId === statusId) {
		throw new InvalidInput(`${leadName(lead)} has the status ${labelOf(state, statusId)} already.`);
	}
	changeStatus(state, { leadId: lead.id, statusId });
	return {
		what: `Ben changed the status of ${leadName(lead)} to ${labelOf(state, statusId)} in Close.`,
		ifSilent: IF_SILENT,
	};
}

function remove(state: SandboxState, { leadId = '' }: Record<string, string>): Done {
	const lead = leadOf(state, leadId);
	deleteLead(state, { leadId: lead.id });
	return { what: `Ben deleted ${leadName(lead)} in Close.`, ifSilent: IF_SILENT };
}

function merge(state: SandboxState, form: Record<string, string>): Done {
	const source = leadOf(state, form.source ?? '');
	const destination = leadOf(state, form.destination ?? '');
	mergeLeads(state, { source: source.id, destination: destination.id });
	return {
		what: `Ben merged ${leadName(source)} into ${leadName(destination)} in Close.`,
		ifSilent: IF_SILENT,
	};
}

/** What is particular about Close's page. */
export const closePage: VendorPage = {
	groupTitle: 'Email',
	rows: (state) => [...state.close.leads.values()].map((lead) => toRow(state, lead)),
	buttons: ({ close }, { id, name }, query) => {
		if (query.merge === id) return html`<span class="soft">to be merged into another lead</span>`;
		if (query.merge !== undefined) {
			const leads = { source: query.merge, destination: id };
			return actionForm(actionPath('close', 'merge'), leads, 'Merge into this lead', {
				label: name,
			});
		}
		const statusId = close.leads.get(id)?.statusId;
		const statuses = close.statuses.map((one) => [one.id, one.label] as const);
		const search = query.q === undefined ? '' : `&q=${encodeURIComponent(query.q)}`;
		return html`<div class="row">
			${actionForm(actionPath('close', 'status'), { leadId: id }, 'Change status', {
				label: name,
				inputs: choice(`New status of ${name}`, 'statusId', statuses, {
					selected: statusId,
					isLabelHidden: true,
				}),
			})}
			${actionForm(actionPath('close', 'delete'), { leadId: id }, 'Delete', {
				label: name,
				isQuiet: true,
			})}
			<a href="/leads/close?merge=${encodeURIComponent(id)}${search}" aria-label="Merge … ${name}"
				>Merge …</a
			>
		</div>`;
	},
	forms: (state, query) => {
		const source = state.close.leads.get(query.merge ?? '');
		if (source) {
			return html`<p>
				<strong>${leadName(source)}</strong> is to be merged and then disappears. Find the lead that
				stays, and press its button.
				<a href="/leads/close">Cancel</a>
			</p>`;
		}
		return actionForm(actionPath('close', 'create'), {}, 'Create lead', {
			inputs: [
				field('Name', 'name', { placeholder: 'Ana Lopez' }),
				field('Phone number', 'phone', { placeholder: '(509) 555-0101' }),
			],
		});
	},
	listeners: ({ close }) => {
		const subscriptions = [...close.webhooks.subscriptions.values()].map(
			({ url, events, status: state }) => {
				const names = events
					.map(({ object_type, action }) => `${object_type}.${action}`)
					.join(', ');
				const badge = state === 'active' ? 'good' : 'bad';
				return html`<div class="row line">
					<code>${url}</code> ${names} <span class="badge ${badge}">${state}</span>
				</div>`;
			},
		);
		return html`${subscriptions}
			<p class="soft">
				A Close Trigger subscribes to its events when you publish it, and removes the subscription
				when you unpublish it.
			</p>`;
	},
	credential: [['API Key', closeAccounts.one.key]],
	actions: { create, status, delete: remove, merge },
};
