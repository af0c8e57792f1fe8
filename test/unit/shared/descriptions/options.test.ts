import {
	BATCH_WRITE_OPTIONS,
	CREATE_OPTIONS,
	LIST_OPTIONS,
	optionsField,
	PHONE_OPTIONS,
	READ_OPTIONS,
	WRITE_OPTIONS,
} from '../../../../nodes/shared/descriptions/options';
import { asObjects } from '../../../../nodes/shared/values/json';

const writes = { WRITE_OPTIONS, BATCH_WRITE_OPTIONS, CREATE_OPTIONS };
const reads = { LIST_OPTIONS, READ_OPTIONS };

test.each(Object.entries(writes))('%s can be previewed', (_name, preset) => {
	expect(preset).toContain('previewOnly');
});

test.each(Object.entries(reads))('%s can be simplified, and write nothing', (_name, preset) => {
	expect(preset).toContain('simplify');
	expect(preset).not.toContain('previewOnly');
});

test.each(Object.entries({ ...writes, ...reads, PHONE_OPTIONS }))(
	'%s names each option once',
	(_name, preset) => {
		expect(new Set(preset).size).toBe(preset.length);
	},
);

test('everyday options come first, tuning last, and the others by name, with own fields among them', () => {
	const own = { displayName: 'Same Person', name: 'own', type: 'string', default: '' } as const;
	const { options } = optionsField([...CREATE_OPTIONS, 'simplify', 'ifAlreadyThere'], [own]);
	expect(asObjects(options).map(({ displayName }) => displayName)).toEqual([
		'Remember Sent Leads',
		'Preview Only',
		'Default Country',
		'Phone Validation',
		'If Lead Exists',
		'Include Input Fields',
		'Same Person',
		'Simplify',
		'Max Concurrent Requests',
		'Requests per Minute',
		'Max Retry Time',
		'Timeout',
	]);
});

test('an operation may have defaults of its own', () => {
	expect(optionsField(['timeout'], [], { timeout: 5 }).options).toEqual([
		expect.objectContaining({ name: 'timeout', default: 5 }),
	]);
});

test('a preview is on as soon as it is added', () => {
	expect(optionsField(['previewOnly']).options).toEqual([
		expect.objectContaining({ name: 'previewOnly', default: true }),
	]);
});
