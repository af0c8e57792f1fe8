import { readId } from '../../../../nodes/Close/transport/vendor';

test.each(['cf_a1B2', 'lcf_a1B2'])('%s is the ID of a custom field', (id) => {
	expect(readId(id, 'cf', 'Field')).toBe(id);
});

test.each(['xcf_a1', 'cf_', 'cf_a-1', 'lead_a1', 'Plan'])('%s is none', (id) => {
	expect(() => readId(id, 'cf', 'Field')).toThrow('is not an ID');
});
