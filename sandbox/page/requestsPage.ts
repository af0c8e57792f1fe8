import type { RequestRecord } from '../server/requestRecord';
import type { SandboxState } from '../server/SandboxState';
import { VENDOR_NAMES, isVendorName } from '../vendorNames';
import { html, type Content, type Html } from './html';
import { TITLES } from './layout';
import { choice, count, details, table, time } from './parts';

const MAX_REQUESTS = 100;

/** What the page calls the faults of its buttons. */
const FAULT_LABELS: Record<string, string> = {
	limit: 'rate limit',
	status: 'outage',
	stallAfter: 'slow',
	resetAfter: 'reply lost',
};

function statusBadge({ status, fault }: RequestRecord): Html {
	const tone = status === undefined ? 'wait' : status < 400 ? 'good' : 'bad';
	const cut = fault === undefined ? 'open' : 'none';
	return html`<span class="badge ${tone}">${status ?? cut}</span>`;
}

function pathOf({ path, query }: RequestRecord): string {
	const entries = Object.entries(query).map(([name, value]): [string, string] => [
		name,
		String(value),
	]);
	const search = new URLSearchParams(entries).toString();
	return search === '' ? path : `${path}?${search}`;
}

function toCells(record: RequestRecord): Content[] {
	const { receivedAt, vendor, method, fault, effect, headers, body } = record;
	return [
		time(receivedAt),
		TITLES[vendor],
		html`<strong>${method}</strong> <code>${pathOf(record)}</code> ${details('Headers and body', {
				headers,
				body,
			})}`,
		statusBadge(record),
		fault === undefined
			? ''
			: html`<span class="badge wait">${FAULT_LABELS[fault] ?? fault}</span>`,
		effect ? 'yes' : '',
	];
}

/** A table of requests, newest first. */
export function requestTable(records: RequestRecord[]): Html {
	if (records.length === 0) return html`<p class="soft">No request has arrived.</p>`;
	const columns = ['Time', 'Vendor', 'Request', 'Status', 'Fault', 'Carried out'];
	return table('Requests that arrived', columns, records.map(toCells));
}

/** The latest requests, newest first. */
export function latest(records: RequestRecord[], maximum: number): RequestRecord[] {
	return records.slice(-maximum).reverse();
}

/** The requests that arrived since the sandbox started. */
export function requestsPage({ requests }: SandboxState, query: Record<string, string>): Html {
	const vendor = isVendorName(query.vendor) ? query.vendor : undefined;
	const isFailedOnly = query.show === 'failed';
	const wanted = requests.filter(
		(record) =>
			(vendor === undefined || record.vendor === vendor) &&
			(!isFailedOnly || record.fault !== undefined || (record.status ?? 0) >= 400),
	);
	const vendors = VENDOR_NAMES.map((name) => [name, TITLES[name]] as const);
	const shown = latest(wanted, MAX_REQUESTS);
	return html`<section>
		<h2>Requests that arrived</h2>
		<form method="get" action="/requests">
			${choice('Vendor', 'vendor', [['', 'all'], ...vendors], { selected: vendor })}
			${choice(
				'Which',
				'show',
				[
					['', 'all'],
					['failed', 'rejected or with a fault'],
				],
				{ selected: query.show },
			)}
			${choice(
				'Reload',
				'reload',
				[
					['', 'no'],
					['3', 'every 3 seconds'],
				],
				{ selected: query.reload },
			)}
			<button>Show</button>
		</form>
		<p class="soft">
			${count(wanted.length, 'request')} since the sandbox
			started${wanted.length > shown.length && `; the latest ${shown.length} are below`}. Keys are
			masked.
		</p>
		${requestTable(shown)}
	</section>`;
}
