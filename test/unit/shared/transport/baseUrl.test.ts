import { InvalidInputError } from '../../../../nodes/shared/errors/InvalidInputError';
import { readBaseUrl } from '../../../../nodes/shared/transport/baseUrl';

describe('readBaseUrl', () => {
	it.each([
		['https://api.vendor.example', 'https://api.vendor.example'],
		[' https://api.vendor.example/v1// ', 'https://api.vendor.example/v1'],
		['https://API.vendor.example:8443/v1', 'https://api.vendor.example:8443/v1'],
		['http://localhost:4000', 'http://localhost:4000'],
		['http://127.0.0.1:4000/v1', 'http://127.0.0.1:4000/v1'],
		['http://[::1]:4000', 'http://[::1]:4000'],
		['HTTPS://api.vendor.example:443/v1', 'https://api.vendor.example/v1'],
		['https://xn--bcher-kva.example', 'https://xn--bcher-kva.example'],
		[`https://api.vendor.example/${'/'.repeat(1000)}`, 'https://api.vendor.example'],
	])('accepts %j', (value, expected) => {
		expect(readBaseUrl(value)).toBe(expected);
	});

	it.each([
		undefined,
		'',
		'api.vendor.example',
		'http://api.vendor.example',
		'http://localhost.vendor.example',
		'http://127.0.0.1.vendor.example',
		'ftp://api.vendor.example',
		'https://user@api.vendor.example',
		'https://user:secret@api.vendor.example',
		'https://api.vendor.example/?a=1',
		'https://api.vendor.example/#a',
		'https://api.vendor.example?',
		'https://api.vendor.example#',
		'https://api.vendor.example\\@evil.example',
		'https:\\\\api.vendor.example',
		'https:api.vendor.example',
		'https:///api.vendor.example',
		'https://api.vendor.example.',
		'https://api.vendor.example:99999',
		'https://bücher.example',
		'https://аpi.vendor.example',
		'https://api.ven\tdor.example',
		'https://api.vendor.example/a b',
		'https://%61pi.vendor.example',
		'http://127.1',
		'http://localhost.',
		`https://api.vendor.example/${'a'.repeat(2000)}`,
	])('rejects %j', (value) => {
		expect(() => readBaseUrl(value)).toThrow(InvalidInputError);
	});
});
