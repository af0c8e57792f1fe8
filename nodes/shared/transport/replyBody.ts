import { getOwn, isObject } from '../values/json';

/** Largest reply that is read, unpacked: far more than a page of any list. */
const MAX_REPLY_BYTES = 20_000_000;
/** Errors wrap each other. */
const MAX_LAYERS = 8;

function isStream(value: unknown): value is AsyncIterable<unknown> {
	return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}

function tooLarge(): Error {
	return Object.assign(new Error('The reply is too large'), { code: 'ERR_REPLY_TOO_LARGE' });
}

/**
 * The text of a body that n8n's helper returns as a stream, which it unpacks; another body as it is. Stops reading at
 * 20 MB: 0.4 MB of a packed reply can hold 450 MB.
 * @throws an error with the code ERR_REPLY_TOO_LARGE
 */
export async function readBody(body: unknown): Promise<unknown> {
	if (!isStream(body)) {
		if (typeof body === 'string' && body.length > MAX_REPLY_BYTES) throw tooLarge();
		return body;
	}
	const decoder = new TextDecoder();
	let text = '';
	let size = 0;
	for await (const chunk of body) {
		if (!(chunk instanceof Uint8Array)) continue;
		size += chunk.length;
		// Leaving the loop destroys the stream.
		if (size > MAX_REPLY_BYTES) throw tooLarge();
		text += decoder.decode(chunk, { stream: true });
	}
	return text + decoder.decode();
}

/** Puts the text in place of the streams of a failed call: its error holds the reply, such as a 401. */
export async function readErrorBodies(error: unknown): Promise<void> {
	let layer = error;
	for (let depth = 0; isObject(layer) && depth < MAX_LAYERS; depth++) {
		const response = getOwn(layer, 'response');
		if (isObject(response)) {
			response.data = await readBody(response.data).catch(() => undefined);
		}
		layer = layer.cause;
	}
}
