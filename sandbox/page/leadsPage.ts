import type { SandboxState } from '../server/SandboxState';
import type { VendorName } from '../vendorNames';
import { html, type Html } from './html';
import { leadsPath, TITLES } from './layout';
import { actionForm, count, details, table, time } from './parts';
import { latest, requestTable } from './requestsPage';
import { actionPath, type LeadRow, type VendorPage } from './vendorPage';

const PAGE_SIZE = 50;
const REQUESTS_SHOWN = 5;

const digitsOf = (text: string) => text.replace(/\D/g, '');

/** True when the row has the text; a phone number is found in any spelling. */
function matches({ name, phone, id, group, status }: LeadRow, search: string): boolean {
	const isNumber = /^[\d\s().+-]+$/.test(search) && digitsOf(search).length > 2;
	if (isNumber && digitsOf(phone).includes(digitsOf(search).replace(/^1(?=\d{10}$)/, '')))
		return true;
	const text = `${name}\n${phone}\n${id}\n${group}\n${status}`.toLowerCase();
	return text.includes(search.toLowerCase());
}

function pages(path: string, query: Record<string, string>, page: number, last: number): Html {
	const link = (number: number, label: string) => {
		const search = new URLSearchParams({ ...query, page: String(number) }).toString();
		return html`<a href="${path}?${search}">${label}</a>`;
	};
	return html`<nav class="row" aria-label="Pages of leads">
		${page > 1 && link(page - 1, 'Previous')} <span>Page ${page} of ${last}</span>
		${page < last && link(page + 1, 'Next')}
	</nav>`;
}

function leadTable(
	state: SandboxState,
	vendorPage: VendorPage,
	rows: LeadRow[],
	query: Record<string, string>,
): Html {
	const columns = ['Name', 'Phone', 'ID', vendorPage.groupTitle, 'Status', 'Created', 'Actions'];
	const cells = rows.map((row) => [
		html`<div><strong>${row.name || '–'}</strong> ${details('Record', row.record)}</div>`,
		row.phone || '–',
		row.id || '–',
		row.group || '–',
		html`<span class="badge${row.isStopped && ' wait'}">${row.status}</span>`,
		time(row.createdAt),
		html`<div>${vendorPage.buttons(state, row, query)}</div>`,
	]);
	return table('Leads', columns, cells);
}

function leads(
	state: SandboxState,
	vendor: VendorName,
	vendorPage: VendorPage,
	query: Record<string, string>,
): Html {
	const path = leadsPath(vendor);
	const search = (query.q ?? '').trim();
	const all = vendorPage.rows(state).reverse();
	const found = search === '' ? all : all.filter((row) => matches(row, search));
	const last = Math.max(1, Math.ceil(found.length / PAGE_SIZE));
	const page = Math.min(last, Math.max(1, Math.floor(Number(query.page)) || 1));
	const shown = found.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE);
	const merge =
		query.merge !== undefined && html`<input type="hidden" name="merge" value="${query.merge}" />`;
	const samples = actionForm(actionPath(vendor, 'samples'), {}, 'Add five sample leads', {
		isQuiet: true,
	});
	return html`<section>
		<h2>What ${TITLES[vendor]} holds</h2>
		<form method="get" action="${path}" role="search">
			${merge}
			<label class="grow">
				<span>Search by name, number, ID, campaign or status</span>
				<input type="search" name="q" value="${search}" />
			</label>
			<button>Search</button>
		</form>
		<p class="soft">
			${count(all.length, 'lead')}${search !== '' &&
			html`, of which ${count(found.length, 'matches', 'match')} “${search}” (<a href="${path}"
					>show all</a
				>)`};
			newest first.
		</p>
		${shown.length > 0 && leadTable(state, vendorPage, shown, query)}
		${last > 1 && pages(path, query, page, last)}
		<div class="row">${samples}</div>
	</section>`;
}

/** The page of one vendor: what can happen there, what it holds, and what arrived. */
export function leadsPage(
	state: SandboxState,
	vendor: VendorName,
	vendorPage: VendorPage,
	query: Record<string, string>,
	baseUrl: string,
): Html {
	const requests = state.requests.filter((record) => record.vendor === vendor);
	const credential = vendorPage.credential.map(
		([label, value]) => html`<li>${label}: <code>${value}</code></li>`,
	);
	return html`<section>
			<h2>Let something happen</h2>
			${vendorPage.forms(state, query)}
		</section>
		${leads(state, vendor, vendorPage, query)}
		<section>
			<h2>Where ${TITLES[vendor]} sends its webhooks</h2>
			${vendorPage.listeners(state)}
		</section>
		<section>
			<h2>Latest requests</h2>
			${requestTable(latest(requests, REQUESTS_SHOWN))}
			<p><a href="/requests?vendor=${vendor}">All requests to ${TITLES[vendor]}</a></p>
		</section>
		<section>
			<h2>Connect to it</h2>
			<p>Base URL: <code>${baseUrl}</code></p>
			<details>
				<summary>Keys of this sandbox, which work nowhere else</summary>
				<ul>
					${credential}
				</ul>
			</details>
		</section>`;
}
