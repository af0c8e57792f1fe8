import type { Mutant } from '../mutant';

/** What the fuzzers of test/fuzz find by themselves. */
export const fuzzers: Mutant[] = [
	{
		what: 'in a messy list, a digit too many dials nobody abroad',
		file: 'nodes/shared/values/phone/phoneValidation.ts',
		find: '/^\\d+$/.test(text.number) && isTooLongForTypo(digits, country)',
		replace: 'true',
		tests: ['test/fuzz/messyLists.test.ts'],
		fuzzRuns: 4_000,
	},
	{
		what: 'in a messy list, a number of another country is not sent as one of this country',
		file: 'nodes/shared/values/phone/readPhone.ts',
		find: 'if (country && readsBackAs(e164, digits, validation, country)) return digits;',
		replace: 'if (country) return digits;',
		tests: ['test/fuzz/messyLists.test.ts'],
		fuzzRuns: 4_000,
	},
	{
		what: 'whatever goes wrong, a duplicate that is sent again has an outcome of its own',
		file: 'nodes/shared/actions/prepareItems.ts',
		find: 'return count === 0 ? key : `${key}|${count}`;',
		replace: 'return key;',
		tests: ['test/fuzz/faultyRuns.test.ts'],
		fuzzRuns: 3_000,
	},
	{
		what: 'after any replies, no wait is longer than the cap',
		file: 'nodes/shared/transport/rateLimit/headers.ts',
		find: 'waitMs <= MAX_STATED_MS',
		replace: 'true',
		tests: ['test/fuzz/rateLimits.test.ts'],
	},
	{
		what: 'after any replies, a pause lasts an hour at most',
		file: 'nodes/shared/transport/rateLimit/RateLimiter.ts',
		find: 'Math.min(ms, MAX_PAUSE_MS)',
		replace: 'ms',
		and: {
			file: 'nodes/shared/transport/rateLimit/RateLimiter.ts',
			find: 'Math.min(MAX_PAUSE_MS, this.pausedUntil - now)',
			replace: 'this.pausedUntil - now',
		},
		tests: ['test/fuzz/rateLimits.test.ts'],
	},
];
