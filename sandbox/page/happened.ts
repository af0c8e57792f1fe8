import type { Attempt, Delivery } from '../webhooks/deliveries';
import type { Happening } from './Happenings';
import { html, type Html } from './html';
import { TITLES } from './layout';
import { time } from './parts';

const ADVICE: Record<number, string> = {
	401: 'the trigger verifies a signature or a token, and its credential in n8n has another secret',
	403: 'the trigger verifies a signature or a token, and its credential in n8n has another secret',
	404: 'n8n has no published workflow at this address: publish it, or correct the address',
};

function meaningOf({ status, received }: Attempt): string {
	if (received) return 'accepted';
	if (status === undefined)
		return 'no answer: n8n does not run at this address, or needed too long';
	return ADVICE[status] ?? 'not accepted';
}

function answerOf({ attempts, state, job }: Delivery): Html {
	const last = attempts.at(-1);
	if (!last) return html`<span class="badge wait">on its way</span>`;
	const vendor = TITLES[job.vendor];
	const isRepeated = state === 'pending' ? `${vendor} tries again.` : `${vendor} gave up.`;
	const tone = last.received ? 'good' : 'bad';
	return html`${last.status !== undefined &&
		html`<span class="badge ${tone}">${last.status}</span>`}
		<span class="meaning ${tone}-text">${meaningOf(last)}.</span> ${!last.received && isRepeated}`;
}

/** A webhook: its event, where it went, and what the receiver answered. */
export function deliveryLine(delivery: Delivery): Html {
	const { event, url } = delivery.job;
	const address = url.replace(/([?&]token=)[^&]*/, '$1…');
	return html`<strong>${event}</strong> → <code>${address}</code> ${answerOf(delivery)}`;
}

/** What a button did: first its own effect, then each webhook with its answer. */
export function happened({ at, what, whySilent, isRefused, deliveries }: Happening): Html {
	const lines = deliveries.map((delivery) => html`<li>${deliveryLine(delivery)}</li>`);
	return html`<section class="happened${isRefused && ' failed'}" role="status" id="happened">
		<h2>${isRefused ? 'Not done' : 'What happened'}</h2>
		<p>${time(at)} ${what}</p>
		${whySilent !== undefined && html`<p>${whySilent}</p>`}
		${lines.length > 0 &&
		html`<ul>
			${lines}
		</ul>`}
	</section>`;
}
