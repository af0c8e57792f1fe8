import { columnTemplate } from '../../../../nodes/shared/parameters/expressionFastPath';

const columns = { name: 'Ada', size: 0, ok: false, 'First Name': 'A.', tags: ['x'], none: null };

const valueOf = (stored: unknown) => columnTemplate(stored)?.(columns);

test.each([
	['={{ $json.name }}', 'Ada'],
	['={{$json.size}}', 0],
	['={{ $json["ok"] }}', false],
	["={{ $json[ 'First Name' ] }}", 'A.'],
	['fixed', 'fixed'],
	[
		{ rows: [{ a: '={{ $json.name }}', b: 1 }], c: false },
		{ rows: [{ a: 'Ada', b: 1 }], c: false },
	],
])('fills in %j', (stored, value) => {
	expect(valueOf(stored)).toEqual(value);
});

test.each([
	['={{ $json.missing }}'],
	['={{ $json.tags }}'],
	['={{ $json.none }}'],
	['={{ $json.toString }}'],
	['={{ $json.__proto__ }}'],
	['={{ $json.name }} '],
	['= {{ $json.name }}'],
	['=Mx. {{ $json.name }}'],
	['={{ $json.name.trim() }}'],
	['={{ $json.name ?? "" }}'],
	['={{ $json["na\\u006de"] }}'],
	['={{ $json[`name`] }}'],
	['={{ $node.name }}'],
	[{ a: '={{ $json.name }}', b: '={{ 1 + 1 }}' }],
	[{ a: ['={{ $json.missing }}'] }],
	[{ mappingMode: 'defineBelow', value: { custom: '={{ $json.size }}' } }],
])('leaves %j to n8n', (stored) => {
	expect(valueOf(stored)).toBeUndefined();
});
