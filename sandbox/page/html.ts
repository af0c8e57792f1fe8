/** HTML that is shown as it is; everything else is escaped. */
export class Html {
	constructor(readonly text: string) {}
}

/** What `html` accepts; nothing is shown for undefined and false. */
export type Content = Html | string | number | undefined | false | Content[];

const ENTITIES: Record<string, string> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

const escape = (text: string) => text.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? char);

function show(content: Content): string {
	if (content === undefined || content === false) return '';
	if (content instanceof Html) return content.text;
	return Array.isArray(content) ? content.map(show).join('') : escape(String(content));
}

/** A template for HTML: values are escaped, in text and in quoted attributes, unless they are `Html`. */
export function html(strings: TemplateStringsArray, ...values: Content[]): Html {
	return new Html(strings.map((text, index) => text + show(values[index])).join(''));
}
