import { Waits } from '../../../../nodes/shared/transport/Waits';

describe('Waits', () => {
	it('counts requests that wait next to each other once, and each reason for itself', () => {
		const waits = new Waits();
		waits.add('rateLimit', 0, 1_000);
		waits.add('rateLimit', 500, 1_500);
		waits.add('rateLimit', 600, 900);
		waits.add('rateLimit', 4_000, 5_000);
		waits.add('unavailable', 0, 300);
		expect(waits.totalMs('rateLimit')).toBe(2_500);
		expect(waits.totalMs('unavailable')).toBe(300);
		expect(waits.totalMs('requestsPerMinute')).toBe(0);
	});
});
