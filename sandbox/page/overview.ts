import { OUTAGE_NAMES, otherFaults, outageOf, type Outage } from '../admin/outages';
import type { SandboxState } from '../server/SandboxState';
import { VENDOR_NAMES, type VendorName } from '../vendorNames';
import { deliveryLine } from './happened';
import type { Happenings } from './Happenings';
import { html, type Html } from './html';
import { leadsPath, TITLES } from './layout';
import { actionForm, count, time } from './parts';
import { latest, requestTable } from './requestsPage';
import { actionPath } from './vendorPage';

const REQUESTS_SHOWN = 10;
const WEBHOOKS_SHOWN = 10;

/** The button of an outage, and what it does. */
export const OUTAGE_TEXTS: Record<Outage, { button: string; effect: string }> = {
	down: { button: 'Down', effect: 'answers 503 to every request' },
	slow: { button: 'Slow', effect: 'answers every request after 5 seconds' },
	lostReplies: {
		button: 'Lost replies',
		effect: 'carries out every third request, but the connection breaks before its reply',
	},
};

function outages(state: SandboxState, vendor: VendorName): Html {
	const present = outageOf(state, vendor);
	const buttons = OUTAGE_NAMES.map((outage) => {
		const isOn = outage === present;
		return html`<form method="post" action="${actionPath(vendor, 'outage')}">
			<input type="hidden" name="outage" value="${isOn ? 'none' : outage}" />
			<button
				class="quiet"
				aria-pressed="${isOn ? 'true' : 'false'}"
				aria-label="${OUTAGE_TEXTS[outage].button}: ${TITLES[vendor]}"
			>
				${OUTAGE_TEXTS[outage].button}
			</button>
		</form>`;
	});
	return html`<div class="row">${buttons}</div>`;
}

function card(state: SandboxState, vendor: VendorName): Html {
	const { held, doubled, disabled } = state.ledger(vendor);
	const requests = state.requests.filter((record) => record.vendor === vendor).length;
	const outage = outageOf(state, vendor);
	return html`<section>
		<h2><a href="${leadsPath(vendor)}">${TITLES[vendor]}</a></h2>
		<p>
			<span class="number">${held.toLocaleString('en-US')}</span> ${held === 1 ? 'lead' : 'leads'}
		</p>
		<p class="soft">
			${disabled.toLocaleString('en-US')} stopped, ${doubled.toLocaleString('en-US')} there twice,
			${count(requests, 'request')}
		</p>
		${outage &&
		html`<p><span class="badge bad">${TITLES[vendor]} ${OUTAGE_TEXTS[outage].effect}</span></p>`}
		${outages(state, vendor)}
	</section>`;
}

function webhooks({ deliveries }: SandboxState): Html {
	const shown = deliveries.log.slice(-WEBHOOKS_SHOWN).reverse();
	if (shown.length === 0) {
		return html`<p class="soft">
			None yet. The vendors send webhooks to published workflows that start with a trigger; each
			vendor's page says how to set that up.
		</p>`;
	}
	return html`<ul>
		${shown.map(
			(delivery) => html`<li>${TITLES[delivery.job.vendor]}: ${deliveryLine(delivery)}</li>`,
		)}
	</ul>`;
}

/** The first page: all vendors, their outages, and what went on lately. */
export function overview(state: SandboxState, { newest }: Happenings): Html {
	const others = otherFaults(state);
	const happenings = newest
		.slice(0, WEBHOOKS_SHOWN)
		.map(
			({ at, what, isRefused }) => html`<li>${time(at)} ${isRefused && 'Not done: '}${what}</li>`,
		);
	return html`<div class="cards">${VENDOR_NAMES.map((vendor) => card(state, vendor))}</div>
		${others > 0 && html`<p>${count(others, 'other fault')} set by a script.</p>`}
		<section>
			<h2>Try a trigger</h2>
			<p>
				Publish a workflow with a trigger in n8n, open the vendor's page here, and press the button
				of a lead: Replies STOP (Aktify), Call ended (Autocalls), Lead processed (SquadVoice),
				Change status (Close). The page then says which webhook went where, and what n8n answered,
				or why none was sent.
			</p>
		</section>
		${happenings.length > 0 &&
		html`<section>
			<h2>Buttons pressed</h2>
			<ul>
				${happenings}
			</ul>
		</section>`}
		<section>
			<h2>Latest webhooks</h2>
			${webhooks(state)}
		</section>
		<section>
			<h2>Latest requests</h2>
			${requestTable(latest(state.requests, REQUESTS_SHOWN))}
			<p><a href="/requests">All requests</a></p>
		</section>
		<section>
			<details>
				<summary>Start over</summary>
				<p>
					Deletes all leads, calls, events and webhooks of all vendors. Then publish triggers again.
				</p>
				${actionForm(actionPath('all', 'reset'), {}, 'Delete everything')}
			</details>
		</section>`;
}
