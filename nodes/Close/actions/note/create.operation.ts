import type { IDataObject } from 'n8n-workflow';
import { defineOperation } from '../../../shared/actions/router';
import { hasId } from '../../../shared/transport/responseValidators';
import { showFor } from '../../../shared/descriptions/displayOptions';
import { WRITE_OPTIONS, optionsField } from '../../../shared/descriptions/options';
import { readIdText } from '../../../shared/parameters/cells';
import type { ItemParameters } from '../../../shared/parameters/ItemParameters';
import { compact } from '../../../shared/values/compact';
import { getOwn, asText } from '../../../shared/values/json';
import { leadIdField } from '../../descriptions/common';
import { close, closeRequest, readId, readLeadId } from '../../transport/vendor';

export const description = showFor(
	'note',
	['create'],
	[
		leadIdField,
		{
			displayName: 'Format',
			name: 'format',
			type: 'options',
			default: 'text',
			options: [
				{ name: 'Plain Text', value: 'text' },
				{ name: 'Rich Text (HTML)', value: 'html' },
			],
		},
		{
			displayName: 'Note',
			name: 'note',
			type: 'string',
			typeOptions: { rows: 4 },
			required: true,
			default: '',
			placeholder: 'e.g. Dialer: reached, asked for a call back on Monday',
			description: 'What to write on the timeline of the lead',
			displayOptions: { show: { format: ['text'] } },
		},
		{
			displayName: 'Note (HTML)',
			name: 'noteHtml',
			type: 'string',
			typeOptions: { rows: 4 },
			required: true,
			default: '',
			placeholder: 'e.g. <p>Dialer: <b>reached</b></p>',
			description:
				'What to write on the timeline of the lead, in well-formed HTML. Close accepts headings, paragraphs, lists, links, images and text styles.',
			displayOptions: { show: { format: ['html'] } },
		},
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [
				{
					displayName: 'Contact ID',
					name: 'contactId',
					type: 'string',
					default: '',
					placeholder: 'e.g. cont_AnZ9FcnLdXfB0AkuXMbL',
					description: 'The contact of this lead that the note is about',
				},
				{
					displayName: 'Pinned',
					name: 'pinned',
					type: 'boolean',
					default: true,
					description: 'Whether the note stays at the top of the timeline',
				},
				{ displayName: 'Title', name: 'title', type: 'string', default: '' },
			],
		},
		optionsField(WRITE_OPTIONS),
	],
);

export const toolDescription =
	'Writes: puts a note on the timeline of one lead in the CRM Close, given by its lead ID (lead_...). Not harmless to repeat: each call writes one more note. The outcome is "created".';

/** The text of the note; HTML inside of `<body>`, as Close wants it (Close docs, rich text fields). */
function readNote(item: ItemParameters): IDataObject {
	if (item.text('format') !== 'html') return { note: item.requiredText('note', 'Note') };
	const html = item.requiredText('noteHtml', 'Note (HTML)');
	return { note_html: html.startsWith('<body>') ? html : `<body>${html}</body>` };
}

/** `POST /activity/note/` (Close docs, notes). Repeats are sent; after a lost response, unknown. */
export const operation = defineOperation(close, {
	safety: 'unsafe',
	parseItem(item) {
		const leadId = readLeadId(item);
		const contactId = readIdText(item.option('additionalFields', 'contactId'), 'Contact ID');
		const pinned = item.option('additionalFields', 'pinned');
		const body: IDataObject = {
			lead_id: leadId,
			...readNote(item),
			...compact({
				contact_id: contactId && readId(contactId, 'cont', 'Contact ID'),
				title: item.optionText('additionalFields', 'title', 'Title'),
				pinned: typeof pinned === 'boolean' ? pinned : undefined,
			}),
		};
		return { leadId, body };
	},
	async sendOne(client, { leadId, body: sent }) {
		const { body } = await client.request(
			closeRequest('activity/note', {
				method: 'POST',
				safety: 'unsafe',
				body: sent,
				validateBody: (reply) => hasId(reply) && getOwn(reply, 'lead_id') === leadId,
			}),
		);
		const data = {
			noteId: asText(getOwn(body, 'id')) ?? null,
			leadId,
			note: asText(sent.note) ?? asText(getOwn(body, 'note')) ?? null,
			createdAt: asText(getOwn(body, 'date_created')) ?? null,
			title: asText(getOwn(body, 'title')) ?? null,
			contactId: asText(getOwn(body, 'contact_id')) ?? null,
			pinned: getOwn(body, 'pinned') === true,
		};
		return { kind: 'created', data };
	},
});
