import { usedColumns } from '../../../../nodes/shared/parameters/usedColumns';

it.each([
	'$json.phone',
	'$json .phone',
	'$json?.phone',
	'$json["phone"]',
	"$json[ 'phone' ]",
	'$json[`phone`]',
	'$json?.["phone"]',
	'$json?.[`phone`]',
	'$json["ph\\u006fne"]',
	'$json["\\x70hone"]',
	'$json\n\t.phone',
	'$json.phone.trim()',
	'$json.phone?.toString().replace(/\\D/g, "")',
	'"+1" + $json.phone',
	'($json.phone || $json.mobile)',
	'$data.phone',
	'$input.item.json.phone',
	'$input.item.json?.phone',
	'$input.item?.json["phone"]',
	'$input.first().json.phone',
	'$input.last().json.phone',
	'$input.all()[0].json.phone',
	'$input.all().map(item => item.json.phone)[0]',
	'$input.all().map(({ json }) => json.phone)[0]',
	"$('Extract from File').item.json.phone",
	'$("Extract from File").first().json.phone',
	'$("A").itemMatching(0).json["phone"]',
	'$("A").all()[$itemIndex].json.phone',
	"$('A').item['json']['phone']",
	'$(\'A\').item["json"].phone',
	'$node["Extract from File"].json.phone',
	"$node['A'].json['phone']",
	'$node.A.json.phone',
	'$node["A"].data.phone',
	'$node.A.data["phone"]',
	'$items()[0].json.phone',
	'$items("A", 0)[0].json["phone"]',
	'$item(0).$node["A"].json.phone',
	'$jmespath($json, "phone")',
	"$jmespath($('A').item.json, 'phone')",
	'($json ?? {}).phone',
	'(({ phone }) => phone)($json)',
	'(() => { const { name, phone } = $json; return phone; })()',
	'Object.assign({}, $json).phone',
	'$json[("phone")]',
	'$if(true, $json.phone, "")',
])('{{ %s }} uses the column phone', (expression) => {
	for (const text of [`={{ ${expression} }}`, `=Call {{${expression}}} now`]) {
		expect(usedColumns({ options: { nested: [{ value: text }] } })).toContain('phone');
	}
});

it.each([
	['={{ $json.größe }}', 'größe'],
	['={{ $json["First Name"] }}', 'First Name'],
	['={{ $json["a\\"b"] }}', 'a"b'],
	["={{ $json['it\\'s'] }}", "it's"],
	['={{ $json["a]b"] }}', 'a]b'],
	['={{ $json[0] }}', '0'],
	['={{ $json.$id }}', '$id'],
	['={{ $json.a.b }}', 'a'],
])('%s uses %s', (expression, name) => {
	expect([...usedColumns(expression)]).toEqual([name]);
});

it.each([
	'{{ $json.phone }} without an equals sign',
	'=plain $json.phone',
	'={{ "phone" }}',
	'={{ $now.toISO() }}',
	'={{ $parameter["phone"] }}',
	'={{ $vars.phone }}',
	'={{ JSON.stringify($json) }}',
	'={{ $jsonphone.phone }}',
])('%s uses no column phone', (expression) => {
	expect(usedColumns([expression])).not.toContain('phone');
});

it('ends for long expressions', () => {
	const text = `={{ ${'$json["'.repeat(20_000)} ${'$node['.repeat(20_000)} ${'\\'.repeat(20_000)} }}`;
	expect(usedColumns([text])).toBeInstanceOf(Set);
});
