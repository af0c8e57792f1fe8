import { evaluateGoals } from '../../bench/report/goals';
import { barChart, growthChart } from '../../bench/report/svgChart';
import { summarize } from '../../bench/report/results';
import type { Measured, Result } from '../../bench/report/results';
import { median, shuffled, usedShare } from '../../bench/report/statistics';
import { markdown, textTable, withTables } from '../../bench/report/table';
import { seededRandom } from '../../sandbox/lib/random';

const measured = (more: Partial<Measured>): Measured => ({
	ms: 100,
	cpuMs: 50,
	peakRssMb: 150,
	out: 10,
	requests: 10,
	refused: 0,
	doubled: 0,
	lost: 0,
	memory: false,
	...more,
});

const head = { case: 'a', contestant: 'ours', items: 10 };
const result = (more: Partial<Result>): Result => ({ ...summarize(head, [measured({})]), ...more });

describe('statistics of the benchmark', () => {
	it('takes the median of values in any order', () => {
		expect(median([9, 1, 5])).toBe(5);
		expect(median([10, 1, 2, 4])).toBe(3);
	});

	it('shuffles without losing anything, and the same way for the same seed', () => {
		const list = Array.from({ length: 50 }, (_, index) => index);
		const once = shuffled(list, seededRandom(3));
		expect(once).not.toEqual(list);
		expect([...once].sort((one, other) => one - other)).toEqual(list);
		expect(shuffled(list, seededRandom(3))).toEqual(once);
	});

	it('computes the used share of a limit', () => {
		const limit = { requests: 2, windowMs: 1000 };
		expect(usedShare([0, 10, 1000, 1010], limit)).toBe(1);
		expect(usedShare([0, 1010, 2020], limit)).toBe(0.5);
		expect(usedShare([], limit)).toBe(0);
	});
});

describe('results of the benchmark', () => {
	it('has the medians of the runs, and the maximum of doubled and lost leads', () => {
		const runs = [
			measured({ ms: 300, lost: 0 }),
			measured({ ms: 100, lost: 2 }),
			measured({ ms: 200, doubled: 1 }),
			measured({ ms: 9_999, memory: true, liveMb: 12.34 }),
		];
		expect(summarize(head, runs)).toEqual({
			...head,
			ms: 200,
			requests: 10,
			refused: 0,
			doubled: 1,
			lost: 2,
			peakRssMb: 150,
			cpuMs: 50,
			runs: 3,
			fastest: 100,
			slowest: 300,
			liveMb: 12.3,
		});
	});

	it('includes why a run stopped', () => {
		expect(summarize(head, [measured({ stopped: 'too many' })]).stopped).toBe('too many');
	});
});

describe('goals of the benchmark', () => {
	it.each([
		[{ ms: 100 }, { ms: 800 }, true],
		[{ ms: 100 }, { ms: 799 }, false],
	])('compares ours %j with the peer %j', (ours, peer, met) => {
		const goals = evaluateGoals([
			result({ ...ours, contestant: 'ours, Create Anyway' }),
			result({ ...peer, contestant: 'crm-kraft' }),
		]);
		expect(goals.map((goal) => goal.met)).toEqual([met]);
	});

	it.each([
		[{ doubled: 0, lost: 0 }, true],
		[{ doubled: 1, lost: 0 }, false],
		[{ doubled: 0, lost: 1 }, false],
	])('requires that no lead is doubled or lost: %j', (counts, met) => {
		const [goal] = evaluateGoals([result({ ...counts, case: 'i' })]);
		expect(goal?.met).toBe(met);
	});

	it('leaves out goals of cases that did not run', () => {
		expect(evaluateGoals([])).toEqual([]);
	});
});

describe('charts of the benchmark', () => {
	it('draws bars as long as their values', () => {
		const bar = { label: '', ours: false };
		const svg = barChart('A <title>', [
			{ ...bar, name: 'one', value: 50 },
			{ ...bar, name: 'two', value: 100 },
		]);
		const [one = 0, two = 0] = [...svg.matchAll(/<rect x="\d+" y="\d+" width="([\d.]+)"/g)].map(
			([, width]) => Number(width),
		);
		expect(two).toBeCloseTo(2 * one, 0);
		expect(svg).toContain('A &lt;title&gt;');
	});

	it('draws tenfold growth as a straight line', () => {
		const points = [10, 100, 1000].map((x) => ({ x, y: x / 10 }));
		const svg = growthChart('Growth', 's', [{ name: 'ours', points }]);
		const drawn = /points="([^"]+)"/.exec(svg)?.[1] ?? '';
		const [first = [], second = [], third = []] = drawn
			.split(' ')
			.map((point) => point.split(',').map(Number));
		const steps = [
			[(second[0] ?? 0) - (first[0] ?? 0), (second[1] ?? 0) - (first[1] ?? 0)],
			[(third[0] ?? 0) - (second[0] ?? 0), (third[1] ?? 0) - (second[1] ?? 0)],
		];
		expect(steps[1]?.[0]).toBeCloseTo(steps[0]?.[0] ?? NaN, 0);
		expect(steps[1]?.[1]).toBeCloseTo(steps[0]?.[1] ?? NaN, 0);
	});
});

describe('tables of the benchmark', () => {
	const machine = {
		date: '2026-05-04T03:02:01.000Z',
		cpu: 'Some Processor',
		cores: 2,
		memoryGb: 8,
		system: 'Linux 6',
		node: '20.0.0',
		versions: { 'n8n-core': '1.2.3' },
		seed: 7,
	};
	const row = result({ ms: 1234, items: 1000, requests: 2000 });

	it('shows machine, goals and figures in Markdown', () => {
		const goal = { case: 'a', goal: 'fast', measured: '2 times', met: false };
		const text = markdown({ machine, cases: [row] }, [goal]);
		expect(text).toContain('Measured on 2026-05-04: 2 cores of Some Processor, 8 GB of memory');
		expect(text).toContain('| (a) fast | 2 times | **missed** |');
		expect(text).toContain('| ours | 1,000 | 1.23 s | 0.05 ms | 150 MB | 2,000 | 0 | 0 | 0 |');
	});

	it('shows the simulated minutes', () => {
		expect(textTable([result({ case: 'c', ms: 6_000 })])).toContain('10.0 min');
	});

	it('shows why a contestant stopped', () => {
		const text = textTable([result({ stopped: 'too many', lost: 4 })]);
		expect(text).toContain('ours stopped with "too many"; 4 of 10 leads missing.');
	});

	it('replaces the text between the markers of a page, repeatedly', () => {
		const page = 'Head\n<!-- bench: begins -->\nold\n<!-- bench: ends -->\nFoot\n';
		const once = withTables(page, 'new');
		expect(once).toBe('Head\n<!-- bench: begins -->\n\nnew\n\n<!-- bench: ends -->\nFoot\n');
		expect(withTables(once, 'new')).toBe(once);
		expect(() => withTables('a page', 'new')).toThrow('The page has no');
	});
});
