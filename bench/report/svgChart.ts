const WIDTH = 760;
const LEFT = 230;
const RIGHT = 110;
const FONT = 'font-family="system-ui, sans-serif" font-size="13"';
const TEXT_COLOR = '#222';
const GRID_COLOR = '#ddd';
/** Ours first; the others differ in print, too. */
const COLORS = ['#0a7d4f', '#8a8a8a', '#c27a00', '#5566aa'];

const escaped = (text: string) =>
	text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function svg(height: number, title: string, content: string[]): string {
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" ${FONT} fill="${TEXT_COLOR}">`,
		`<title>${escaped(title)}</title>`,
		`<rect width="${WIDTH}" height="${height}" fill="#fff"/>`,
		`<text x="16" y="26" font-weight="600">${escaped(title)}</text>`,
		...content,
		'</svg>\n',
	].join('\n');
}

/** A bar of a chart. */
interface Bar {
	name: string;
	value: number;
	/** The text at its end. */
	label: string;
	ours: boolean;
}

/** Bars from zero, one below the other, in the order given. */
export function barChart(title: string, bars: readonly Bar[]): string {
	const step = 30;
	const top = 46;
	const longest = Math.max(...bars.map(({ value }) => value), Number.MIN_VALUE);
	const content = bars.flatMap(({ name, value, label, ours }, index) => {
		const y = top + index * step;
		const length = ((WIDTH - LEFT - RIGHT) * value) / longest;
		return [
			`<text x="${LEFT - 10}" y="${y + 15}" text-anchor="end">${escaped(name)}</text>`,
			`<rect x="${LEFT}" y="${y}" width="${length.toFixed(1)}" height="20" fill="${COLORS[ours ? 0 : 1]}"/>`,
			`<text x="${(LEFT + length + 8).toFixed(1)}" y="${y + 15}">${escaped(label)}</text>`,
		];
	});
	return svg(top + bars.length * step + 10, title, content);
}

/** A line of a chart. */
export interface Line {
	name: string;
	points: Array<{ x: number; y: number }>;
}

/** Lines over two logarithmic axes, with a grid line at each power of ten. */
export function growthChart(title: string, unit: string, lines: readonly Line[]): string {
	const height = 380;
	const box = { left: 90, top: 50, right: WIDTH - 190, bottom: height - 50 };
	const points = lines.flatMap((line) => line.points);
	const span = (values: number[]) => {
		const logs = values.map((value) => Math.log10(Math.max(value, 1e-9)));
		return { from: Math.floor(Math.min(...logs)), to: Math.ceil(Math.max(...logs)) };
	};
	const across = span(points.map(({ x }) => x));
	const up = span(points.map(({ y }) => y));
	const place = (value: number, { from, to }: { from: number; to: number }) =>
		(Math.log10(value) - from) / Math.max(1, to - from);
	const atX = (x: number) => box.left + place(x, across) * (box.right - box.left);
	const atY = (y: number) => box.bottom - place(y, up) * (box.bottom - box.top);
	const powers = ({ from, to }: { from: number; to: number }) =>
		Array.from({ length: to - from + 1 }, (_, index) => 10 ** (from + index));
	const grid = [
		...powers(across).flatMap((x) => [
			`<line x1="${atX(x)}" y1="${box.top}" x2="${atX(x)}" y2="${box.bottom}" stroke="${GRID_COLOR}"/>`,
			`<text x="${atX(x)}" y="${box.bottom + 20}" text-anchor="middle">${x.toLocaleString('en-US')}</text>`,
		]),
		...powers(up).flatMap((y) => [
			`<line x1="${box.left}" y1="${atY(y)}" x2="${box.right}" y2="${atY(y)}" stroke="${GRID_COLOR}"/>`,
			`<text x="${box.left - 8}" y="${atY(y) + 4}" text-anchor="end">${y.toLocaleString('en-US')} ${escaped(unit)}</text>`,
		]),
	];
	const drawn = lines.flatMap((line, index) => {
		const color = COLORS[index % COLORS.length];
		const path = line.points.map(({ x, y }) => `${atX(x).toFixed(1)},${atY(y).toFixed(1)}`);
		const last = line.points[line.points.length - 1];
		return [
			`<polyline points="${path.join(' ')}" fill="none" stroke="${color}" stroke-width="2.5"/>`,
			last === undefined
				? ''
				: `<text x="${(atX(last.x) + 8).toFixed(1)}" y="${(atY(last.y) + 4).toFixed(1)}" fill="${color}">${escaped(line.name)}</text>`,
		];
	});
	return svg(height, title, [...grid, ...drawn.filter((part) => part !== '')]);
}
