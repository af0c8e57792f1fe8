import { createHash } from 'crypto';
import { VENDOR_NAMES, type VendorName } from '../vendorNames';
import { Html, html, type Content } from './html';
import { STYLE } from './style';

/** The vendors' names as they write them. */
export const TITLES: Record<VendorName, string> = {
	squadVoice: 'SquadVoice',
	aktify: 'Aktify',
	autocalls: 'Autocalls',
	close: 'Close',
};

export const leadsPath = (vendor: VendorName) => `/leads/${vendor}`;

const PLACES: ReadonlyArray<readonly [path: string, title: string]> = [
	['/', 'Overview'],
	...VENDOR_NAMES.map((vendor) => [leadsPath(vendor), TITLES[vendor]] as const),
	['/requests', 'Requests'],
];

/** True for the path of a page. */
export const isPage = (path: string) => PLACES.some(([place]) => place === path);

/** Not part of a template, which may be formatted: the hash is that of the exact text. */
const STYLE_TAG = new Html(`<style>${STYLE}</style>`);
const styleHash = createHash('sha256').update(STYLE).digest('base64');

/** No script, nothing from elsewhere, and no frame around the page: a click is a click of its user. */
export const PAGE_HEADERS = {
	'content-type': 'text/html; charset=utf-8',
	'cache-control': 'no-store',
	'content-security-policy':
		`default-src 'none'; style-src 'sha256-${styleHash}'; img-src data:; form-action 'self'; ` +
		"frame-ancestors 'none'; base-uri 'none'",
	'referrer-policy': 'same-origin',
	'x-content-type-options': 'nosniff',
};

/** A complete page. `refreshSeconds` reloads it. */
export function layout(
	path: string,
	content: Content,
	more: { refreshSeconds?: number } = {},
): string {
	const title = PLACES.find(([place]) => place === path)?.[1] ?? 'Sandbox';
	const links = PLACES.map(
		([place, name]) =>
			html`<a href="${place}" ${place === path && html` aria-current="page"`}>${name}</a>`,
	);
	const refresh =
		more.refreshSeconds !== undefined &&
		html`<meta http-equiv="refresh" content="${more.refreshSeconds}" />`;
	return html`<!doctype html>
		<html lang="en">
			<head>
				<meta charset="utf-8" />
				<meta name="viewport" content="width=device-width, initial-scale=1" />
				${refresh}
				<title>${title} – vendor sandbox</title>
				<link rel="icon" href="data:," />
				${STYLE_TAG}
			</head>
			<body>
				<header>
					<h1>Vendor sandbox</h1>
					<p>
						Plays SquadVoice, Aktify, Autocalls and Close on this machine. No real vendor is
						involved.
					</p>
					<nav aria-label="Pages">${links}</nav>
				</header>
				<main>${content}</main>
			</body>
		</html>`.text;
}
