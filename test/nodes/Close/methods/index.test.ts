import { LoadOptionsContext } from 'n8n-core';
import { Workflow } from 'n8n-workflow';
import type { INode } from 'n8n-workflow';
import { closeAccounts, closeFields, closeStatuses } from '../../../../sandbox';
import { additionalData, nodeType } from '../../../support/engine';
import { searchDropDown } from '../../../support/engine/dropDown';
import { useClose } from '../fixtures';

const { sandbox } = useClose();

describe('Close drop-downs', () => {
	const credentials = (apiKey: string = closeAccounts.one.key) => ({
		leadDispatchCloseApi: { baseUrl: `${sandbox.url}/close`, apiKey },
	});

	/** What a method of the node gives the editor. */
	async function load(kind: 'loadOptions' | 'resourceMapping', name: string, apiKey?: string) {
		const type = await nodeType('close');
		const editing: INode = {
			id: 'a',
			name: 'Node',
			type: 'close',
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
			credentials: { leadDispatchCloseApi: { id: 'drop-down', name: 'Close' } },
		};
		const getByName = () => type;
		const workflow = new Workflow({
			nodes: [editing],
			connections: {},
			active: false,
			nodeTypes: { getByName, getByNameAndVersion: getByName, getKnownTypes: () => ({}) },
		});
		const data = additionalData(credentials(apiKey));
		const context = new LoadOptionsContext(workflow, editing, data, '');
		const method: unknown = type.methods?.[kind]?.[name];
		if (typeof method !== 'function') throw new Error(`There is no ${name}`);
		return await Reflect.apply(method, context, []);
	}

	it('list the lead statuses that match the filter', async () => {
		const { results } = await searchDropDown('close', 'searchStatuses', credentials(), {
			filter: 'bad',
		});
		expect(results).toEqual([{ name: 'Bad Fit', value: closeStatuses.badFit.id }]);
		const wrong = searchDropDown('close', 'searchStatuses', credentials('api_wrong'));
		await expect(wrong).rejects.toThrow(/did not accept the credential/);
	});

	it('list leads by the beginnings of words of their names, or of their contacts', async () => {
		const { close } = sandbox.world;
		const named = (name: string, contact: string) =>
			sandbox.close({
				items: [{}],
				parameters: {
					name,
					contacts: {
						contact: [{ name: contact, phones: { phone: [{ phone: '+12062000001' }] } }],
					},
					options: { ifAlreadyThere: 'create' },
				},
			});
		await named('Bluth Company', 'Nathan Smith');
		await named('Bluth Company', 'Tobias Lee');
		await named('Other', 'Ann Bluth');
		await named('Nobody', 'Jo');
		const all = [...close.leads.values()];
		const list = async (filter?: string) =>
			(await searchDropDown('close', 'searchLeadsByName', credentials(), { filter })).results;
		const found = await list('blu');
		expect(found).toHaveLength(3);
		expect(found).toContainEqual({
			name: 'Bluth Company · Tobias Lee · +12062000001 · Potential',
			value: all[1]?.id,
			url: `https://app.close.com/lead/${String(all[1]?.id)}/`,
		});
		expect(await list()).toHaveLength(4);
		expect(await list('???')).toHaveLength(4);
		expect(await list('xyz')).toEqual([]);
	});

	it('list the custom fields with their types and choices', async () => {
		const fields: unknown = Object(await load('resourceMapping', 'leadCustomFields')).fields;
		const choices = ['Website', 'Referral', 'Event'].map((value) => ({ name: value, value }));
		expect(fields).toEqual([
			expect.objectContaining({ id: closeFields.text.id, type: 'string' }),
			expect.objectContaining({ id: closeFields.number.id, type: 'number' }),
			expect.objectContaining({ type: 'string', displayName: 'Trial Due (YYYY-MM-DD)' }),
			expect.objectContaining({ id: closeFields.datetime.id, type: 'dateTime' }),
			expect.objectContaining({ type: 'options', options: choices }),
			expect.objectContaining({ id: closeFields.choices.id, type: 'array' }),
			expect.objectContaining({ id: closeFields.user.id, type: 'string' }),
			expect.objectContaining({ id: closeFields.users.id, type: 'array' }),
			expect.objectContaining({ id: closeFields.old.id, type: 'string' }),
			expect.objectContaining({ id: closeFields.sharedText.id, type: 'string' }),
			expect.objectContaining({ id: closeFields.sharedChoice.id, type: 'options' }),
			expect.objectContaining({ id: closeFields.contact.id, type: 'string' }),
			expect.objectContaining({ id: closeFields.hidden.id, type: 'string' }),
		]);
		await expect(load('resourceMapping', 'leadCustomFields', 'api_wrong')).rejects.toThrow(
			/did not accept the credential/,
		);
		expect(await load('loadOptions', 'clearableFields')).toHaveLength(16);
		const named = async (method: string) => await load('loadOptions', method);
		const { choices: industry, users, contact, hidden, sharedText, old } = closeFields;
		const option = ({ id, name }: { id: string; name: string }) => ({ name, value: id });
		expect(await named('multiValueFieldOptions')).toEqual([industry, users].map(option));
		const matchable = await named('matchableFieldOptions');
		expect(matchable).toEqual(expect.arrayContaining([sharedText, old].map(option)));
		expect(matchable).not.toContainEqual(option(contact));
		expect(matchable).not.toContainEqual(option(hidden));
	});
});
