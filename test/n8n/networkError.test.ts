import { NodeApiError } from 'n8n-workflow';
import type { INode } from 'n8n-workflow';
import { classifyNetworkError } from '../../nodes/shared/transport/networkError';

/** What `networkError.ts` relies on: which messages n8n's `NodeApiError` leaves alone. */

const node: INode = {
	id: '1',
	name: 'Node',
	type: 'test',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};
const shown = (message: string) => new NodeApiError(node, {}, { message }).message;
const CODES = ['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'ETIMEDOUT', 'EHOSTUNREACH'];

it.each(CODES)('n8n replaces a message that contains %s', (code) => {
	expect(shown(`The vendor could not be reached (${code})`)).not.toContain('The vendor');
});

it.each(CODES)('n8n shows the message of the nodes for %s', (code) => {
	const { message = '' } = classifyNetworkError({ isAxiosError: true, code }, '', 30_000);
	expect(shown(`The vendor could not be reached (${message})`)).toContain(message);
});
