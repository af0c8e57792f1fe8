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

test('the collection is in alphabetical order, with own fields among them', () => {
	const own = {
		displayName: 'If Lead Exists',
		name: 'own',
		type: 'string',
		default: '',
	} as const;
	const { options } = optionsField([...WRITE_OPTIONS, 'simplify'], [own]);
	expect(asObjects(options).map(({ displayName }) => displayName)).toEqual([
		'If Lead Exists',
		'Include Input Fields',
		'Max Concurrent Requests',
		'Max Retry Time',
		'Preview Only',
		'Requests per Minute',
		'Simplify',
		'Timeout',
	]);
});

test('a preview is on as soon as it is added', () => {
	expect(optionsField(['previewOnly']).options).toEqual([
		expect.objectContaining({ name: 'previewOnly', default: true }),
	]);
});
