import { html, type Content, type Html } from './html';

/** A time of day, with the date for the machine that reads the page. */
export function time(at: number): Html {
	const date = new Date(at);
	const shown = date.toLocaleString('en-US', {
		month: 'short',
		day: 'numeric',
		hour: '2-digit',
		minute: '2-digit',
		second: '2-digit',
		hourCycle: 'h23',
	});
	return html`<time datetime="${date.toISOString()}">${shown}</time>`;
}

/** `1 lead`, `1,200 leads`. */
export function count(number: number, one: string, many = `${one}s`): string {
	return `${number.toLocaleString('en-US')} ${number === 1 ? one : many}`;
}

/** A form of one action: its hidden fields, what the user can enter, and its button. */
export function actionForm(
	action: string,
	fields: Record<string, string | number>,
	button: string,
	more: { inputs?: Content; label?: string; isQuiet?: boolean } = {},
): Html {
	const hidden = Object.entries(fields).map(
		([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
	);
	const label = more.label === undefined ? '' : html` aria-label="${button}: ${more.label}"`;
	return html`<form method="post" action="${action}">
		${hidden}${more.inputs}
		<button${label}${more.isQuiet && html` class="quiet"`}>${button}</button>
	</form>`;
}

/** A text field with its label. */
export function field(
	label: string,
	name: string,
	more: { value?: string; placeholder?: string } = {},
): Html {
	return html`<label>
		<span>${label}</span>
		<input
			name="${name}"
			value="${more.value ?? ''}"
			placeholder="${more.placeholder ?? ''}"
			required
		/>
	</label>`;
}

/** A choice with its label; a hidden label is for screen readers only. */
export function choice(
	label: string,
	name: string,
	options: ReadonlyArray<readonly [value: string, label: string]>,
	more: { selected?: string; isLabelHidden?: boolean } = {},
): Html {
	const items = options.map(
		([value, text]) =>
			html`<option value="${value}" ${value === more.selected && 'selected'}>${text}</option>`,
	);
	const { isLabelHidden = false } = more;
	if (isLabelHidden)
		return html`<select name="${name}" aria-label="${label}">
			${items}
		</select>`;
	return html`<label
		><span>${label}</span
		><select name="${name}">
			${items}
		</select></label
	>`;
}

const MAX_JSON_CHARACTERS = 4000;

/** Any JSON value, folded. */
export function details(summary: string, value: unknown): Html {
	const text = JSON.stringify(value, null, 2) ?? '';
	const rest = text.length - MAX_JSON_CHARACTERS;
	const shown =
		rest > 0 ? `${text.slice(0, MAX_JSON_CHARACTERS)}\n… ${rest} more characters` : text;
	return html`<details>
		<summary>${summary}</summary>
		<pre>${shown}</pre>
	</details>`;
}

/** A table that becomes a list of cards on a narrow screen; each cell is labeled with its column. */
export function table(caption: string, columns: string[], rows: Content[][]): Html {
	const head = columns.map((column) => html`<th scope="col">${column}</th>`);
	const body = rows.map(
		(cells) =>
			html`<tr>
				${cells.map((cell, index) => html`<td data-label="${columns[index]}">${cell}</td>`)}
			</tr>`,
	);
	return html`<table>
		<caption class="hidden">
			${caption}
		</caption>
		<thead>
			<tr>
				${head}
			</tr>
		</thead>
		<tbody>
			${body}
		</tbody>
	</table>`;
}
