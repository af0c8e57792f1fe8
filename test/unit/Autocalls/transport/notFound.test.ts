import { missingPart } from '../../../../nodes/Autocalls/transport/notFound';

describe('missingPart', () => {
	it.each([
		[{ message: 'Lead not found' }, 'record'],
		[{ message: 'lead not found.' }, 'record'],
		[{ message: 'No query results for model [App\\Models\\Lead] 7' }, 'record'],
		[{ message: 'The route api/user/leads/7 could not be found.' }, 'route'],
		[{ message: '' }, 'route'],
		[undefined, 'route'],
		[{ message: 'Campaign not found' }, 'other'],
		[{ message: 'No query results for model [App\\Models\\Campaign] 7' }, 'other'],
		[{ message: 'Not Found' }, 'other'],
		[{ error: 'Lead not found' }, 'other'],
		[{}, 'other'],
		['Lead not found', 'other'],
		[[], 'other'],
	])('of %j: %s', (body, part) => {
		expect(missingPart(body, 'lead')).toBe(part);
	});
});
