/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a test, which never runs inside n8n */
import { rmSync } from 'node:fs';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type * as Engine from '../support/engine';
import { build, filesOfPage, lint, packageWithVendor, RingwellServer } from './addingAVendor';
import { temporaryFolder } from './support';

/** docs/adding-a-vendor.md, done as it says, in a copy of the package. */
describe('a fifth vendor, as the page adds it', () => {
	let folder = '';
	let files: string[] = [];
	let complaints = '';
	let vendor: RingwellServer;

	beforeAll(async () => {
		folder = temporaryFolder();
		files = packageWithVendor(folder);
		complaints = build(folder);
		vendor = await RingwellServer.start();
	}, 180_000);
	afterAll(async () => {
		await vendor.close();
		rmSync(folder, { recursive: true, force: true });
	});
	beforeEach(() => {
		for (const list of [vendor.taken, vendor.stopped, vendor.requests, vendor.faults]) {
			list.length = 0;
		}
	});

	/** Runs the new node in n8n's engine; the engine is loaded once the copy is built. */
	async function run(operation: string, items: IDataObject[]): Promise<Engine.RunResult> {
		process.env.LEAD_DISPATCH_PACKAGE = folder;
		const engine = jest.requireActual<typeof Engine>('../support/engine');
		const parameters: INodeParameters = {
			resource: 'lead',
			operation,
			phoneNumber: '={{ $json.phone }}',
			contactName: '={{ $json.name }}',
		};
		return await engine.run({
			node: 'ringwell',
			parameters,
			items,
			credentials: { leadDispatchRingwellApi: { apiKey: 'ring', baseUrl: vendor.url } },
			settings: { onError: 'continueErrorOutput' },
		});
	}

	it('is the whole of it: credential, icons, data, two operations, node', () => {
		expect([...filesOfPage().keys()].sort()).toEqual([
			'credentials/LeadDispatchRingwellApi.credentials.ts',
			'icons/ringwell.dark.svg',
			'icons/ringwell.svg',
			'nodes/Ringwell/Ringwell.node.json',
			'nodes/Ringwell/Ringwell.node.ts',
			'nodes/Ringwell/actions/index.ts',
			'nodes/Ringwell/actions/lead/create.operation.ts',
			'nodes/Ringwell/actions/lead/disable.operation.ts',
			'nodes/Ringwell/toolTexts.ts',
			'nodes/Ringwell/vendor.ts',
		]);
	});

	it('compiles in strict mode', () => {
		expect(complaints).toBe('');
	});

	it("passes n8n's linter without a warning", () => {
		const code = [...files.filter((file) => file.endsWith('.ts')), 'package.json'];
		expect(lint(folder, code)).toBe('');
	}, 180_000);

	it('waits out a limit, and makes no second contact after a lost reply', async () => {
		vendor.faults.push('tooMany', 'lostReply');
		const { items, errors } = await run('create', [
			{ phone: '(206) 200-0001', name: 'Ann' },
			{ phone: 'nobody', name: 'Ben' },
			{ phone: '206-200-0002', name: 'Cai' },
			{ phone: '+1 206 200 0001', name: 'Ann again' },
		]);
		expect(items.map(({ json }) => [json.phoneNumber, json.outcome])).toEqual([
			['+12062000001', 'created'],
			['+12062000002', 'created'],
			['+12062000001', 'duplicate'],
		]);
		expect(errors.map(({ json }) => json.error)).toEqual([expect.stringContaining('Phone Number')]);
		expect([...vendor.taken].sort()).toEqual(['+12062000001', '+12062000002']);
		expect(vendor.requests).toContain('GET /v1/contacts');
		expect(vendor.faults).toEqual([]);
	});

	it('tells what is there already from what is new', async () => {
		vendor.taken.push('+12062000001');
		const { items } = await run('create', [{ phone: '2062000001' }, { phone: '2062000002' }]);
		expect(items.map(({ json }) => json.outcome)).toEqual(['duplicate', 'created']);
	});

	it('puts numbers into lists of 20', async () => {
		const phones = Array.from({ length: 45 }, (_, n) => `+1206200${String(1000 + n)}`);
		vendor.taken.push(...phones.slice(0, 44));
		const { items } = await run(
			'disable',
			phones.map((phone) => ({ phone })),
		);
		expect(items.map(({ json }) => json.outcome)).toEqual([
			...phones.slice(0, 44).map(() => 'disabled'),
			'notFound',
		]);
		expect(vendor.requests).toEqual(['POST /v1/stop', 'POST /v1/stop', 'POST /v1/stop']);
		expect([...vendor.stopped].sort()).toEqual(phones.slice(0, 44));
	});
});
