/* eslint-disable @n8n/community-nodes/no-restricted-globals -- tests run outside of n8n */
import fc from 'fast-check';

/** How many scenarios, such as 10000; left out, as many as fit into a few seconds. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 0);
/** The seed of one run, such as a failure has printed it. */
const SEED = process.env.FUZZ_SEED;
const TIME_LIMIT_MS = 2_500;
const LONGEST_MS = 3_600_000;

/** A fixed seed, so that cases which once failed are always tried, and a random one; or the one that FUZZ_SEED names. */
export const fuzzSeeds: Array<{ seed?: number }> =
	SEED === undefined ? [{ seed: 20_260_101 }, {}] : [{ seed: Number(SEED) }];

/** Time that Jest gives such a test. */
export const FUZZ_TIMEOUT_MS = RUNS > 0 ? LONGEST_MS : 60_000;

/** Checks a property with as many scenarios as there is time for. A failure prints the seed and the smallest case. */
export async function fuzz<Scenario>(
	seeded: { seed?: number },
	scenarios: fc.Arbitrary<Scenario>,
	check: (scenario: Scenario) => Promise<void>,
): Promise<void> {
	const size =
		RUNS > 0
			? { numRuns: Math.ceil(RUNS / fuzzSeeds.length) }
			: { numRuns: 100_000, interruptAfterTimeLimit: TIME_LIMIT_MS };
	let last: Promise<void> | undefined;
	const property = fc.asyncProperty(scenarios, async (scenario) => {
		last = check(scenario);
		await last;
	});
	try {
		await fc.assert(property, { ...seeded, ...size });
	} finally {
		// When time is up, fast-check leaves a scenario alone that still runs, in the sandbox of the next test.
		await last?.catch(() => {});
	}
}
