import { html, Html } from '../../../sandbox/page/html';
import { count, details, table } from '../../../sandbox/page/parts';

describe('html', () => {
	it('escapes values in text and in attributes, once', () => {
		const name = `<b title="x">'&'</b>`;
		const shown = '&lt;b title=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/b&gt;';
		expect(html`<i title="${name}">${name}</i>`.text).toBe(`<i title="${shown}">${shown}</i>`);
		expect(html`${html`<p>${name}</p>`}`.text).toBe(`<p>${shown}</p>`);
		expect(html`${[name, [html`<br />`]]}`.text).toBe(`${shown}<br />`);
	});

	it('shows numbers, and nothing for undefined and false', () => {
		expect(html`${0}|${undefined}|${false}|${''}`.text).toBe('0|||');
		expect(html`${new Html('<hr />')}`.text).toBe('<hr />');
	});
});

describe('the parts of a page', () => {
	it('escape what they show', () => {
		const value = { '</pre><script>': '<script>alert(1)</script>' };
		expect(details('<x>', value).text).not.toMatch(/<script>|<x>|<\/pre><script/);
		expect(table('<x>', ['<y>'], [['<z>']]).text).not.toMatch(/<[xyz]>/);
	});

	it('fold long JSON', () => {
		const { text } = details('Record', 'a'.repeat(10_000));
		expect(text.length).toBeLessThan(5000);
		expect(text).toContain('… 6002 more characters');
		expect(details('Record', undefined).text).toContain('<pre></pre>');
	});

	it('count with the right noun', () => {
		expect([count(0, 'lead'), count(1, 'lead'), count(1200, 'lead')]).toEqual([
			'0 leads',
			'1 lead',
			'1,200 leads',
		]);
	});
});
