import type { Mutant } from '../mutant';

export const aktifyTrigger: Mutant[] = [
	{
		what: 'Aktify Trigger: accepts only a valid signature or token',
		file: 'nodes/Aktify/trigger/verification.ts',
		find: 'isSigned(request, asText(clientSecret))',
		replace: 'true',
		tests: ['test/nodes/AktifyTrigger/forgery.test.ts'],
	},
	{
		what: 'Aktify Trigger: a version 2 signature covers its timestamp',
		file: 'nodes/Aktify/trigger/verification.ts',
		find: 'hmacSha256(secret, `${time}.`, body)',
		replace: 'hmacSha256(secret, `${time.slice(0, 9)}${Date.now().toString().slice(9)}.`, body)',
		tests: ['test/nodes/AktifyTrigger/forgery.test.ts'],
	},
	{
		what: 'Aktify Trigger: custom payloads require the token',
		file: 'nodes/Aktify/trigger/verification.ts',
		find: 'hasValidToken(request, readToken(context, webhookToken))',
		replace: 'true',
		tests: ['test/nodes/AktifyTrigger/customPayloads.test.ts'],
	},
	{
		what: 'Aktify Trigger: a signature does not replace the token',
		file: 'nodes/Aktify/trigger/verification.ts',
		find: 'hasValidToken(request, readToken(context, webhookToken))',
		replace:
			'hasValidToken(request, readToken(context, webhookToken)) || isSigned(request, asText(webhookToken))',
		tests: ['test/nodes/AktifyTrigger/customPayloads.test.ts'],
	},
	{
		what: 'Aktify Trigger: the same event starts the workflow once',
		file: 'nodes/Aktify/trigger/webhook.ts',
		find: 'id: isIdentifiable ?',
		replace: 'id: false ?',
		tests: ['test/nodes/AktifyTrigger/events.test.ts'],
	},
	{
		what: 'Aktify Trigger: emits every custom payload without a time',
		file: 'nodes/Aktify/trigger/webhook.ts',
		find: '!isCustom || event.time !== undefined',
		replace: 'true',
		tests: ['test/nodes/AktifyTrigger/customPayloads.test.ts'],
	},
	{
		what: 'Aktify Trigger: ignores events that are not selected',
		file: 'nodes/Aktify/trigger/webhook.ts',
		find: "!selected.has(event.name ?? '')",
		replace: 'false',
		tests: ['test/nodes/AktifyTrigger/events.test.ts'],
	},
	{
		what: 'Aktify Trigger: parses no body without a signature',
		file: 'nodes/Aktify/trigger/verification.ts',
		find: "if (![v1, v2].some((hash) => SIGNATURE.test(hash ?? ''))) return false;",
		replace: '',
		tests: ['test/nodes/AktifyTrigger/forgery.test.ts'],
	},
	{
		what: 'Aktify Trigger: custom payloads with Basic Auth require the user name and the password',
		file: 'nodes/shared/trigger/webhookSignature.ts',
		find: 'secretsEqual(given, `${user}:${password}`)',
		replace: 'given.endsWith(password)',
		tests: ['test/nodes/AktifyTrigger/customPayloads.test.ts'],
	},
	{
		what: 'Aktify Trigger: a secret that is shorter than Aktify accepts is refused',
		file: 'nodes/shared/trigger/webhookSignature.ts',
		find: "if ((asText(value) ?? '').length >= MIN_TOKEN_LENGTH) return;",
		replace: 'if (asText(value) !== undefined) return;',
		tests: ['test/nodes/AktifyTrigger/events.test.ts'],
	},
	{
		what: 'Aktify Trigger: outputs what a payload has beside its data',
		file: 'nodes/Aktify/trigger/events.ts',
		find: 'data === body ? [] : Object.entries(body)',
		replace: '[]',
		tests: ['test/nodes/AktifyTrigger/documentedFields.test.ts'],
	},
];
