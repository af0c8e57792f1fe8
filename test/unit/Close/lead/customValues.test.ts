import { customValuesOf } from '../../../../nodes/Close/lead/customValues';

test.each<[string, object, object]>([
	['keys', { 'custom.cf_1': 'a', 'custom.lcf_2': 2 }, { cf_1: 'a', lcf_2: 2 }],
	['an object', { custom: { cf_1: 'a', Plan: 'gold' } }, { cf_1: 'a', Plan: 'gold' }],
	[
		'both, where names repeat what keys say',
		{ custom: { Plan: 'gold', lcf_2: 2 }, 'custom.cf_1': 'gold' },
		{ cf_1: 'gold', lcf_2: 2 },
	],
	['neither', { custom: null, name: 'x' }, {}],
])('custom fields of a lead as %s', (_shape, lead, values) => {
	expect(customValuesOf({ ...lead })).toEqual(values);
});
