import { RefusalPace } from '../../../../../nodes/shared/transport/rateLimit/RefusalPace';

/** Sends `count` requests at once, and one more that is refused with a wait. @returns when the wait is over */
function burst(
	pace: RefusalPace,
	{ at, count, waitMs }: { at: number; count: number; waitMs: number },
) {
	for (let sent = 0; sent < count; sent++) {
		pace.sent(at);
		pace.accepted(at);
	}
	pace.sent(at);
	pace.refused(at, at + waitMs);
	return at + waitMs;
}

/** The time between two requests from `now` on. */
function spacing(pace: RefusalPace, now: number): number {
	pace.sent(now);
	return pace.waitMs(now);
}

const AT = 1_800_000_000_000;

describe('RefusalPace', () => {
	it('delays nothing before a refusal', () => {
		const pace = new RefusalPace();
		for (let sent = 0; sent < 50; sent++) {
			pace.sent(AT);
			pace.accepted(AT);
		}
		expect(pace.waitMs(AT)).toBe(0);
	});

	it('spaces requests out to what was accepted in the time before', () => {
		const pace = new RefusalPace();
		const resumeAt = burst(pace, { at: AT, count: 20, waitMs: 10_000 });
		expect(pace.waitMs(resumeAt)).toBe(0);
		expect(spacing(pace, resumeAt)).toBeCloseTo(10_000 / 20 / 0.95, 0);
	});

	it('is not misled by few requests long before', () => {
		const pace = new RefusalPace();
		pace.sent(AT - 200_000);
		pace.accepted(AT - 200_000);
		const resumeAt = burst(pace, { at: AT, count: 20, waitMs: 10_000 });
		expect(spacing(pace, resumeAt)).toBeLessThan(600);
	});

	it('counts replies that come after the refusal, and no second refusal of the same burst', () => {
		const pace = new RefusalPace();
		const resumeAt = burst(pace, { at: AT, count: 10, waitMs: 10_000 });
		for (let late = 0; late < 10; late++) pace.accepted(AT);
		pace.refused(AT, resumeAt + 500_000);
		expect(spacing(pace, resumeAt)).toBeCloseTo(10_000 / 20 / 0.95, 0);
	});

	it('learns nothing from refusals after each few requests, as of a vendor that refuses at random', () => {
		const pace = new RefusalPace();
		let now = AT;
		for (let refusals = 0; refusals < 100; refusals++) {
			now = burst(pace, { at: now, count: 3, waitMs: 1_000 });
		}
		expect(spacing(pace, now)).toBe(0);
	});

	it('learns the slower of two limits', () => {
		const pace = new RefusalPace();
		let now = burst(pace, { at: AT, count: 20, waitMs: 10_000 });
		for (let sent = 0; sent < 80; sent++, now += 500) {
			pace.sent(now);
			pace.accepted(now);
		}
		pace.refused(now, AT + 60_000);
		expect(spacing(pace, AT + 60_000)).toBeGreaterThan(600);
	});

	it('grows while requests are accepted, and forgets the rate after a pause', () => {
		const pace = new RefusalPace();
		const resumeAt = burst(pace, { at: AT, count: 20, waitMs: 10_000 });
		for (let sent = 0; sent < 100; sent++) pace.accepted(resumeAt + 1);
		expect(spacing(pace, resumeAt + 1)).toBeLessThan(500);
		expect(spacing(pace, resumeAt + 400_000)).toBe(0);
	});

	it('learns nothing where nothing was accepted', () => {
		const pace = new RefusalPace();
		const resumeAt = burst(pace, { at: AT, count: 0, waitMs: 10_000 });
		expect(spacing(pace, resumeAt)).toBe(0);
	});
});
