import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { outageOf, setOutage } from '../admin/outages';
import { isRecord } from '../lib/guards';
import { foreignOrigin } from '../server/ownOrigin';
import type { SandboxState } from '../server/SandboxState';
import { isVendorName, type VendorName } from '../vendorNames';
import { happened } from './happened';
import { Happenings } from './Happenings';
import { html, type Content } from './html';
import { isPage, layout, leadsPath, PAGE_HEADERS, TITLES } from './layout';
import { leadsPage } from './leadsPage';
import { OUTAGE_TEXTS, overview } from './overview';
import { count } from './parts';
import { requestsPage } from './requestsPage';
import { addSamples } from './samples';
import type { Done, PageAction, VendorPage } from './vendorPage';
import { aktifyPage } from './vendors/aktify';
import { autocallsPage } from './vendors/autocalls';
import { closePage } from './vendors/close';
import { squadVoicePage } from './vendors/squadVoice';

const PAGES: Record<VendorName, VendorPage> = {
	squadVoice: squadVoicePage,
	aktify: aktifyPage,
	autocalls: autocallsPage,
	close: closePage,
};

/** The texts among the values of a query, of parameters or of a form. */
function texts(values: unknown): Record<string, string> {
	const entries = Object.entries(isRecord(values) ? values : {});
	return Object.fromEntries(
		entries.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
	);
}

function outage(state: SandboxState, vendor: VendorName, form: Record<string, string>): Done {
	setOutage(state, { vendor, outage: form.outage });
	const present = outageOf(state, vendor);
	const title = TITLES[vendor];
	const effect = present && OUTAGE_TEXTS[present].effect;
	return {
		what:
			effect === undefined ? `${title} works normally again.` : `From now on, ${title} ${effect}.`,
	};
}

function samples(state: SandboxState, vendor: VendorName): Done {
	return { what: `${TITLES[vendor]} has ${count(addSamples(state, vendor), 'new lead')}.` };
}

function actionOf(vendor: VendorName, name: string): PageAction | undefined {
	if (name === 'outage') return (state, form) => outage(state, vendor, form);
	if (name === 'samples') return (state) => samples(state, vendor);
	const { actions } = PAGES[vendor];
	return Object.hasOwn(actions, name) ? actions[name] : undefined;
}

/** The address of the page whose button was pressed, with the result's ID; any other counts as the first page. */
function backTo({ headers }: FastifyRequest, resultId: number): string {
	const { referer = '', host } = headers;
	const from = URL.canParse(referer) ? new URL(referer) : undefined;
	const isOwn = from?.host === host && isPage(from?.pathname ?? '');
	const query = new URLSearchParams(isOwn ? from?.search : '');
	// A merge is over after its button.
	query.delete('merge');
	query.set('did', String(resultId));
	return `${isOwn ? from?.pathname : '/'}?${query.toString()}#happened`;
}

/** The page for people: what each vendor holds, what arrived, and buttons for what happens at the vendors. */
export const pagePlugin: FastifyPluginAsync<{ state: SandboxState }> = async (scope, { state }) => {
	const happenings = new Happenings(state);

	scope.removeAllContentTypeParsers();
	scope.addContentTypeParser(
		'application/x-www-form-urlencoded',
		{ parseAs: 'string' },
		(_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
	);
	scope.addHook('onRequest', async (request, reply) => {
		const problem = foreignOrigin(request.method, request.headers);
		if (problem !== undefined) return await reply.code(403).type('text/plain').send(problem);
	});

	const show = async (
		reply: FastifyReply,
		path: string,
		query: Record<string, string>,
		content: Content,
	) => {
		const result = happenings.find(query.did);
		const refreshSeconds = query.reload === '3' ? 3 : undefined;
		const body = layout(path, [result && happened(result), content], { refreshSeconds });
		return await reply.headers(PAGE_HEADERS).send(body);
	};
	const notFound = async (reply: FastifyReply) => {
		const content = html`<section>
			<h2>Not found</h2>
			<p>The sandbox has no such page.</p>
		</section>`;
		return await reply.code(404).headers(PAGE_HEADERS).send(layout('', content));
	};

	scope.get('/', async (request, reply) =>
		show(reply, '/', texts(request.query), overview(state, happenings)),
	);
	scope.get('/requests', async (request, reply) => {
		const query = texts(request.query);
		return await show(reply, '/requests', query, requestsPage(state, query));
	});
	scope.get('/leads/:vendor', async (request, reply) => {
		const { vendor } = texts(request.params);
		if (!isVendorName(vendor)) return await notFound(reply);
		const query = texts(request.query);
		const baseUrl = `http://${request.headers.host ?? ''}/${vendor.toLowerCase()}`;
		return await show(
			reply,
			leadsPath(vendor),
			query,
			leadsPage(state, vendor, PAGES[vendor], query, baseUrl),
		);
	});
	scope.post('/do/all/reset', async (_request, reply) => {
		state.reset();
		const { id } = await happenings.run(() => ({ what: 'Everything was deleted.' }));
		return await reply.redirect(`/?did=${id}#happened`, 303);
	});
	scope.post('/do/:vendor/:action', async (request, reply) => {
		const { vendor, action = '' } = texts(request.params);
		const act = isVendorName(vendor) ? actionOf(vendor, action) : undefined;
		if (!act) return await notFound(reply);
		const form = texts(request.body);
		const { id } = await happenings.run(() => act(state, form));
		return await reply.redirect(backTo(request, id), 303);
	});
	scope.setNotFoundHandler(async (_request, reply) => await notFound(reply));
};
