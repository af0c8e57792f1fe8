import type { Sandbox } from '../../../sandbox';
import { send, type Reply } from '../helpers';

/** Text without its tags, and with a single space between words. */
export function textOf({ text }: Pick<Reply, 'text'>): string {
	const body = text.replace(/<style>.*<\/style>/s, '').replace(/<[^>]*>/g, ' ');
	const decoded = body
		.replace(/&#39;/g, "'")
		.replace(/&quot;/g, '"')
		.replace(/&lt;/g, '<')
		.replace(/&gt;/g, '>');
	return decoded.replace(/&amp;/g, '&').replace(/\s+/g, ' ');
}

/** Presses a button as a browser does, and returns the page that follows. */
export async function press(
	{ url }: Sandbox,
	from: string,
	action: string,
	form: Record<string, string> = {},
): Promise<Reply> {
	const headers = { origin: url, 'sec-fetch-site': 'same-origin', referer: `${url}${from}` };
	const reply = await send(`${url}/do/${action}`, { method: 'POST', form, headers });
	const { location } = Object.fromEntries(reply.headers);
	if (reply.status !== 303 || location === undefined)
		throw new Error(`${reply.status} ${reply.text}`);
	return await send(new URL(location, url).href.replace(/#.*/, ''));
}
