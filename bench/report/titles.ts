/** The title of each case, by its letter. */
export const titles: Record<string, string> = {
	a: '1,000 Close creates, 50 ms latency',
	b: 'the same with a limit of 20 requests/s and RateLimit headers',
	c: '10,000 SquadVoice creates, 50 ms latency, 100 requests/min',
	d: '10,000 Close creates, no latency',
	e: 'get many: 10,000 Close leads, 50 ms latency',
	f: '10,000 disables at Aktify, 50 ms latency',
	g: 'SquadVoice creates in batches of 100, no latency and no limit',
	h: 'loading the package, as n8n does at its start',
	i: '1,000 Close creates, 5 % of the responses lost',
};

/** The length of a minute in case c, in milliseconds; the latency is scaled alike. */
export const SIMULATED_MINUTE_MS = 600;
