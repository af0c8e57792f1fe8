import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { isBlank as isBlankCell } from '../../nodes/shared/values/json';
import { startSandbox } from '../../sandbox';
import type { Sandbox } from '../../sandbox';
import { isRecord } from '../../sandbox/lib/guards';
import { run } from '../support/engine';
import { asParameters, onError } from '../support/fixtures';
import { pairs } from '../support/results';
import { useVirtualClock } from '../support/virtualClock';
import { fuzz, fuzzSeeds, FUZZ_TIMEOUT_MS } from './fuzz';
import { messyRows, type Country, type MessyRow } from './messyRows';
import { messyWrites, type Effect, type MessyWrite } from './messyWrites';

useVirtualClock(1_000);
let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => await sandbox.close());

const ACCEPTED = new Set(['created', 'updated', 'disabled', 'deleted']);
const NOT_ACCEPTED = new Set(['notSent', 'refused']);
const DAY_MS = 86_400_000;

interface Scenario {
	/** The name of the write. */
	name: string;
	home: Country | undefined;
	phoneCheck: string;
	rows: MessyRow[];
	/** Replies of Close lack the fields that it has declared deprecated. */
	omitsDeprecatedFields: boolean;
}

/** What an item says: its outcome, and why. */
interface Told {
	outcome: string;
	error: string;
}

function toldBy({ outcome, error, details }: IDataObject): Told {
	const inner = isRecord(details) ? details : {};
	const reason = [error, inner.description, inner.vendorMessage].map((text) => String(text ?? ''));
	return { outcome: String(outcome ?? inner.outcome), error: reason.join(' ').trim() };
}

/** Throws where a vendor's data are not the row's. */
function expectOwnData({ data = {} }: Effect, row: MessyRow): void {
	const { day, ...texts } = data;
	for (const [name, value] of Object.entries(texts)) {
		const wanted = name === 'email' ? row.email : row.note;
		if (value !== wanted) throw new Error(`${row.name}: ${name} is ${JSON.stringify(value)}`);
	}
	if (!('day' in data)) return;
	if (!row.hasDate && day !== undefined) throw new Error(`${row.name}: a date, ${String(day)}`);
	if (!row.hasDate) return;
	const distanceMs = Math.abs(Date.parse(String(day)) - row.dayMs);
	// A day has no time of day, and no time zone.
	if (!(distanceMs <= 1.5 * DAY_MS)) throw new Error(`${row.name}: the date is ${String(day)}`);
}

/** Throws unless each lead at the vendor belongs to one row, as that row means it, and each item says so. */
function judge(
	write: MessyWrite,
	{ rows, phoneCheck }: Scenario,
	told: Told[],
	effects: Effect[],
): void {
	const targetOf = (row: MessyRow) => (write.targetIs === 'phone' ? row.phone : row.id);
	const targets = new Set<string>();
	for (const effect of effects) {
		const { target } = effect;
		const owners = rows.filter((row, index) =>
			effect.row === undefined ? targetOf(row) === target : index === effect.row,
		);
		const [owner] = owners;
		if (owner === undefined) throw new Error(`${target} belongs to no row`);
		if (target === undefined) {
			if (write.optional?.includes('phone') !== true || owner.clarity.phone !== 'blank') {
				throw new Error(`${owner.name} is held without its number`);
			}
		} else if (targetOf(owner) !== target) {
			throw new Error(`${owner.name} means ${targetOf(owner)}, and ${target} was taken`);
		} else if (!write.allowsTwo && targets.has(target)) throw new Error(`${target} is there twice`);
		else targets.add(target);
		expectOwnData(effect, owner);
	}
	for (const [index, row] of rows.entries()) {
		const { outcome, error } = told[index] ?? { outcome: 'none', error: '' };
		const own = effects.filter((effect) =>
			effect.row === undefined ? effect.target === targetOf(row) : effect.row === index,
		);
		const others = rows.filter((other, at) => targetOf(other) === targetOf(row) && at !== index);
		const clarity = write.reads.map((column) => row.clarity[column]);
		const isBlank = write.reads.some(
			(column) => row.clarity[column] === 'blank' && write.optional?.includes(column) !== true,
		);
		const problem = (text: string) => new Error(`${row.name}: ${outcome} (${error}), ${text}`);
		if (ACCEPTED.has(outcome)) {
			if (own.length !== 1) throw problem(`${own.length} held`);
			if (clarity.includes('unreadable')) throw problem('unreadable');
			if (isBlank) throw problem('blank');
		} else if (outcome === 'duplicate') {
			const isHeld = effects.some(({ target }) => target === targetOf(row));
			const isById = write.name.startsWith('SquadVoice create');
			if (!isHeld && !isById) throw problem('but nobody has this number');
		} else if (NOT_ACCEPTED.has(outcome)) {
			const isOthers = own.every((effect) => effect.row === undefined) && others.length > 0;
			if (own.length > 0 && !isOthers) throw problem('held nevertheless');
			if (error === '') throw problem('without a reason');
			const isTaken = write.takesForeign || row.isHome || write.targetIs === 'id';
			// A made-up number may not be in use.
			const isValid = phoneCheck === 'possible' || write.targetIs === 'id';
			if (isTaken && isValid && clarity.every((sure) => sure === 'clear'))
				throw problem('but it is clear');
		} else if (outcome === 'skipped') {
			if (!Object.values(row.item).every(isBlankCell)) throw problem('but it is not empty');
			if (own.some((effect) => effect.row === index)) throw problem('held nevertheless');
		} else throw problem('no such outcome');
	}
}

const writesBy = (target: MessyWrite['targetIs']) =>
	fc.constantFrom(...messyWrites.filter(({ targetIs }) => targetIs === target));

const scenarios: fc.Arbitrary<Scenario> = fc
	.oneof({ weight: 3, arbitrary: writesBy('phone') }, { weight: 1, arbitrary: writesBy('id') })
	.chain((write) => fc.tuple(fc.constant(write), fc.constantFrom(...write.homes)))
	.chain(([write, home]) =>
		fc.record({
			name: fc.constant(write.name),
			home: fc.constant(home),
			phoneCheck: fc.constantFrom('possible', 'valid'),
			rows: messyRows(home, write.idOf),
			omitsDeprecatedFields: fc.boolean(),
		}),
	);

async function expectRightPeople(scenario: Scenario): Promise<void> {
	const { name, home, phoneCheck, rows, omitsDeprecatedFields } = scenario;
	const write = messyWrites.find((candidate) => candidate.name === name);
	if (write === undefined) throw new Error(`No write is named ${name}`);
	sandbox.world.reset();
	write.prepare?.(sandbox.world);
	sandbox.world.close.omitsDeprecatedFields = omitsDeprecatedFields;
	const ownHome = write.hasOwnHome === true || home === undefined;
	const usesPhone = write.reads.includes('phone');
	const options = {
		...(ownHome ? {} : { defaultCountry: home }),
		...(usesPhone ? { phoneCheck } : {}),
	};
	const result = await run({
		node: write.node,
		credentials: write.credentials(sandbox.url),
		parameters: asParameters({ ...write.parameters, options }),
		items: rows.map(({ item }) => item),
		settings: onError.continue,
	});
	if (result.error !== undefined) throw new Error(`It failed: ${result.error.message}`);
	expect(pairs(result.items)).toEqual(rows.map((_, index) => index));
	const told = result.items.map(({ json }) => toldBy(json));
	judge(write, scenario, told, write.effects(sandbox.world));
}

it.each(fuzzSeeds)(
	'a messy list reaches the people whom its rows mean, with their own data %p',
	async (seeded) => await fuzz(seeded, scenarios, expectRightPeople),
	FUZZ_TIMEOUT_MS,
);
