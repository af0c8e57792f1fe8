import type { IDataObject } from 'n8n-workflow';
import { squadVoiceAccounts } from '../../../../../sandbox';
import { leads, phoneOf } from '../../../../support/fixtures';
import { errorText, outcomesOf } from '../../../../support/results';
import { useSandbox } from '../../../../support/sandbox';
import { affiliate, campaign } from '../../fixtures';

const scene = useSandbox();
const { affiliateId, partnerId } = squadVoiceAccounts.affiliate;

/** One lead of an affiliate, or several. */
const create = async (
	changes: IDataObject[],
	parameters: IDataObject = {},
	credentials: IDataObject = affiliate,
) =>
	await scene.squadVoice({
		items: leads(changes.length).map((lead, index) => ({ ...lead, ...changes[index] })),
		credentials,
		parameters: { ...campaign('AFF711'), leadId: '', ...parameters },
	});
const fromItem = { additionalFields: { affiliateId: '={{ $json.affiliate }}' } };
const bodies = () => scene.requests('squadVoice').map(({ body }) => body);

describe('SquadVoice: the Lead ID of an affiliate', () => {
	it.each([
		'(206) 200-0000',
		'+1 206-200-0000',
		'12062000000',
		2062000000,
		'206.200.0000 x12',
		'  ',
		null,
	])('may be %j, the number of the lead or nothing', async (id) => {
		const result = await create([{ id }], { leadId: '={{ $json.id }}' });
		expect(outcomesOf(result)).toEqual({ created: 1 });
		const number = phoneOf(0).slice(1);
		expect(bodies()).toMatchObject([{ lead_id: number, phone_number: number }]);
	});

	it.each(['L0', phoneOf(1), 10042, '206200000'])(
		'is refused if it is another one: %j',
		async (id) => {
			const result = await create([{ id }], { leadId: '={{ $json.id }}' });
			expect(errorText(result)).toMatch(/^Lead ID: ".*" is not the phone number of this lead/);
			expect(errorText(result)).toMatch(/Clear Lead ID/);
			expect(scene.world.requests).toHaveLength(0);
		},
	);

	it.each([
		[{ lead_id: 'L0' }, /column "lead_id".*"L0"/],
		[{ affiliate_id: 'OTHER' }, /column "affiliate_id".*"OTHER"/],
	])('is not replaced by a column that is mapped automatically: %j', async (columns, expected) => {
		const auto = { customFieldsMode: 'auto' };
		const refused = await create([columns], auto);
		expect(errorText(refused)).toMatch(expected);
		expect(scene.world.requests).toHaveLength(0);
		const excludedColumns = Object.keys(columns).join();
		const excluded = await create([columns], { ...auto, excludedColumns });
		expect(outcomesOf(excluded)).toEqual({ created: 1 });
	});

	it('lets columns pass that say the same', async () => {
		const columns = { lead_id: phoneOf(0), affiliate_id: affiliateId, color: 'red' };
		const result = await create([columns], { customFieldsMode: 'auto' });
		expect(outcomesOf(result)).toEqual({ created: 1 });
		expect(bodies()).toMatchObject([{ affiliate_id: affiliateId, color: 'red' }]);
	});
});

describe('SquadVoice: Affiliate ID', () => {
	it('comes from the item, before that of the credential', async () => {
		const result = await create([{ affiliate: partnerId }, { affiliate: affiliateId }], fromItem);
		expect(outcomesOf(result)).toEqual({ created: 2 });
		expect(bodies()).toEqual(
			expect.arrayContaining([
				expect.objectContaining({ affiliate_id: partnerId, phone_number: phoneOf(0).slice(1) }),
				expect.objectContaining({ affiliate_id: affiliateId, phone_number: phoneOf(1).slice(1) }),
			]),
		);
	});

	it('is not needed in the credential then', async () => {
		const credentials = { ...affiliate, affiliateId: '' };
		const result = await create([{ affiliate: partnerId }], fromItem, credentials);
		expect(outcomesOf(result)).toEqual({ created: 1 });
		expect(bodies()).toMatchObject([{ affiliate_id: partnerId }]);
	});

	it('is that of the credential where the field is empty', async () => {
		const result = await create([{}], { additionalFields: { affiliateId: '' } });
		expect(outcomesOf(result)).toEqual({ created: 1 });
		expect(bodies()).toMatchObject([{ affiliate_id: affiliateId }]);
	});

	it('is asked for where neither has it', async () => {
		const result = await create([{}], {}, { ...affiliate, affiliateId: '' });
		expect(errorText(result)).toMatch(/Affiliate ID is empty/);
		expect(errorText(result)).toMatch(/Additional Fields.*credential/);
		expect(scene.world.requests).toHaveLength(0);
	});

	it('is not replaced by that of the credential where an expression gives none', async () => {
		const result = await create([{ affiliate: partnerId }, { affiliate: '' }], fromItem);
		expect(errorText(result)).toMatch(/Affiliate ID: the expression gives no value/);
		expect(scene.world.requests).toHaveLength(0);
	});

	it('is refused for an account that is not an affiliate', async () => {
		const parameters = { ...campaign('0PT711'), leadId: '={{ $json.id }}', ...fromItem };
		const filled = await create([{ affiliate: partnerId }], parameters, {});
		expect(errorText(filled)).toMatch(/Affiliate ID is for affiliate accounts only/);
		expect(scene.world.requests).toHaveLength(0);
		const empty = await create([{ affiliate: '' }], parameters, {});
		expect(outcomesOf(empty)).toEqual({ created: 1 });
	});

	it('may have leading zeros and no characters that were lost', async () => {
		const result = await create([{ affiliate: '1.2E+15' }], fromItem);
		expect(errorText(result)).toMatch(/Affiliate ID: .*Excel has shortened/);
		expect(scene.world.requests).toHaveLength(0);
	});
});
