import fc from 'fast-check';
import { InvalidInputError } from '../../../../nodes/shared/errors/InvalidInputError';
import { buildUrl } from '../../../../nodes/shared/transport/request';

const baseUrl = 'https://api.vendor.example/v1';

describe('buildUrl', () => {
	it.each([
		[{ path: ['leads'] }, '/leads'],
		[{ path: ['leads', '42'], trailingSlash: true }, '/leads/42/'],
		[{ path: ['leads'], query: { page: 2, q: 'a b&c' } }, '/leads?page=2&q=a+b%26c'],
		[{ path: ['leads'], trailingSlash: true, query: { page: 1 } }, '/leads/?page=1'],
		[{ path: ['leads', 'a/b?c#d e'] }, '/leads/a%2Fb%3Fc%23d%20e'],
		[{ path: [] }, '/'],
	])('%j', (request, expected) => {
		expect(buildUrl(baseUrl, request)).toBe(`${baseUrl}${expected}`);
	});

	it.each(['', '.', '..', 'a\uD800'])('rejects a segment that cannot be an ID: %j', (segment) => {
		expect(() => buildUrl(baseUrl, { path: ['leads', segment] })).toThrow(InvalidInputError);
	});

	it('never leaves the endpoint, whatever the ID', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), (id) => {
				let url: URL;
				try {
					url = new URL(buildUrl(baseUrl, { path: ['leads', id] }));
				} catch (error) {
					return error instanceof InvalidInputError;
				}
				const [, version, endpoint, segment, ...rest] = url.pathname.split('/');
				return (
					version === 'v1' &&
					endpoint === 'leads' &&
					decodeURIComponent(segment ?? '') === id &&
					rest.length === 0 &&
					url.search === '' &&
					url.hash === ''
				);
			}),
		);
	});
});
