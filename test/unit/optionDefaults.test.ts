import { Aktify } from '../../nodes/Aktify/Aktify.node';
import { aktify, phoneRules as aktifyPhones } from '../../nodes/Aktify/transport/vendor';
import { Autocalls } from '../../nodes/Autocalls/Autocalls.node';
import { autocalls, phoneRules as autocallsPhones } from '../../nodes/Autocalls/transport/vendor';
import { Close } from '../../nodes/Close/Close.node';
import { close, phoneRules as closePhones } from '../../nodes/Close/transport/vendor';
import { readRunSettings } from '../../nodes/shared/actions/settings';
import { asObjects, asText, getOwn } from '../../nodes/shared/values/json';
import {
	phoneRules as squadVoicePhones,
	squadVoice,
} from '../../nodes/SquadVoice/transport/vendor';
import { SquadVoice } from '../../nodes/SquadVoice/SquadVoice.node';
import { fakeItem } from '../support/fakes';

/** What a new credential has. */
const squadVoiceAccount = squadVoice.readAccount({
	baseUrl: 'https://vendor.example',
	accessToken: 'token-of-a-credential',
});

const nodes = [
	{ node: new SquadVoice(), vendor: squadVoice, phones: squadVoicePhones(squadVoiceAccount) },
	{ node: new Aktify(), vendor: aktify, phones: aktifyPhones },
	{ node: new Autocalls(), vendor: autocalls, phones: autocallsPhones },
	{ node: new Close(), vendor: close, phones: closePhones },
] as const;

/** Adding one of these turns it on, so what it has when it is added is not what applies without it. */
const TURNED_ON: ReadonlySet<string> = new Set([
	'checkLeadId',
	'previewOnly',
	'rememberSentLeads',
	'samePhoneNumber',
]);

/** The most leads in one request, where it is less than the default of all. */
const SMALL_BATCHES: Readonly<Record<string, number>> = { 'Aktify disable': 50 };

const rows = nodes.flatMap(({ node, vendor, phones }) =>
	node.description.properties
		.filter(({ name }) => name === 'options')
		.flatMap(({ displayOptions, options }) => {
			const resource = asText(displayOptions?.show?.resource?.[0]) ?? '';
			const operation = asText(displayOptions?.show?.operation?.[0]) ?? '';
			const settings = readRunSettings(fakeItem({}), vendor);
			const applied: Record<string, unknown> = {
				dateFormat: 'iso',
				// Where no country applies, adding the option means to name one.
				defaultCountry: phones.country ?? 'US',
				giveUpAfter: settings.giveUpAfterMs / 1000,
				ifAlreadyThere: 'duplicate',
				includeInputFields: settings.includeInput,
				leadsPerRequest: SMALL_BATCHES[`${vendor.name} ${operation}`] ?? settings.batchSize,
				phoneCheck: 'possible',
				phoneFormat: phones.format,
				requestsAtOnce: settings.maxConcurrentRequests,
				requestsPerMinute: settings.requestsPerMinute,
				samePerson: 'nameAgrees',
				simplify: fakeItem({}).simplify,
				sort: 'desc',
				timeout: settings.timeoutMs / 1000,
			};
			return asObjects(options)
				.map((option) => ({ name: asText(option.name) ?? '', shown: getOwn(option, 'default') }))
				.filter(({ name }) => !TURNED_ON.has(name))
				.map(({ name, shown }) => [vendor.name, resource, operation, name, shown, applied[name]]);
		}),
);

test('all operations are looked at', () => {
	expect(rows.length).toBeGreaterThan(100);
});

test.each(rows)('%s %s %s: %s is added with what applies without it', (...row) => {
	const [, , , , shown, applies] = row;
	expect(shown).toBe(applies);
});
