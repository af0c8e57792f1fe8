/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions -- a test, which never runs inside n8n */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './support';

/** The files of the project: tracked by git, or new and not ignored. */
export const projectFiles: string[] = execFileSync(
	'git',
	['ls-files', '--cached', '--others', '--exclude-standard'],
	{ cwd: ROOT, encoding: 'utf8' },
)
	.split('\n')
	.filter((file) => file !== '' && existsSync(path.join(ROOT, file)));

export const pages: string[] = projectFiles.filter((file) => file.endsWith('.md'));

export function textOfPage(page: string): string {
	return readFileSync(path.join(ROOT, page), 'utf8');
}

/** Removes code fences: links and headings in them do not count. */
function withoutFences(text: string): string {
	return text.replace(/^(`{3,})[^\n]*\n[\s\S]*?^\1\s*$/gm, '');
}

/** The code fences of a page; the language is '' if there is none. */
export function fencesOf(text: string): Array<{ language: string; code: string }> {
	return [...text.matchAll(/^(`{3,})([^\n]*)\n([\s\S]*?)^\1\s*$/gm)].map(
		([, , language = '', code = '']) => ({ language: language.trim(), code }),
	);
}

/** Texts in backticks, outside of code fences. */
export function inlineCodeOf(text: string): string[] {
	return [...withoutFences(text).matchAll(/(?<!`)`([^`\n]+)`(?!`)/g)].map(([, code = '']) => code);
}

/** The section under a heading of the second level. */
export function sectionOf(text: string, heading: string): string {
	const [, section = ''] = text.split(`\n## ${heading}\n`);
	return section.split('\n## ')[0] ?? '';
}

/** The targets of the links and pictures of a page. */
export function linksOf(text: string): string[] {
	const plain = withoutFences(text).replace(/`[^`\n]*`/g, '');
	return [...plain.matchAll(/\]\(\s*<?([^)\s>]+)>?[^)]*\)/g)].map(([, target = '']) => target);
}

/** The anchors of a page as GitHub makes them: lower case, hyphens, numbered if repeated. */
export function anchorsOf(text: string): Set<string> {
	const anchors = new Set<string>();
	for (const [, heading = ''] of withoutFences(text).matchAll(/^#{1,6}\s+(.+?)\s*$/gm)) {
		const plain = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
		const slug = plain.replace(/[^\p{L}\p{N}\s_-]/gu, '').replace(/\s/g, '-');
		let anchor = slug;
		for (let n = 1; anchors.has(anchor); n++) anchor = `${slug}-${n}`;
		anchors.add(anchor);
	}
	return anchors;
}

/** The page or file that a relative link of a page names, and its anchor; undefined for the web. */
function targetOf(
	page: string,
	link: string,
): { file: string; anchor: string | undefined } | undefined {
	if (/^[a-z][a-z+.-]*:/i.test(link)) return undefined;
	const [where = '', anchor] = link.split('#');
	const file = where === '' ? page : path.posix.join(path.posix.dirname(page), where);
	return { file: decodeURIComponent(file).replace(/\/$/, ''), anchor };
}

/** What is wrong with a link; undefined for one that leads somewhere. */
export function brokenLink(page: string, link: string): string | undefined {
	const target = targetOf(page, link);
	if (target === undefined) return undefined;
	if (!exists(target.file)) return `${page}: ${link} leads nowhere`;
	if (target.anchor === undefined || !target.file.endsWith('.md')) return undefined;
	const known = anchorsOf(textOfPage(target.file)).has(target.anchor);
	return known ? undefined : `${page}: ${link} has no such heading`;
}

/** Pages that can be reached by links from a page, itself included. */
export function reachableFrom(start: string): Set<string> {
	const reached = new Set([start]);
	for (const page of reached) {
		for (const link of linksOf(textOfPage(page))) {
			const file = targetOf(page, link)?.file;
			if (file !== undefined && pages.includes(file)) reached.add(file);
		}
	}
	return reached;
}

/** `npm …` and `npx …`, one command an entry, from the code of a page. */
export function commandsIn(text: string): string[] {
	const shell = fencesOf(text)
		.filter(({ language }) => ['', 'sh', 'bash', 'shell', 'console'].includes(language))
		.flatMap(({ code }) => code.split('\n'));
	return [...shell, ...inlineCodeOf(text)]
		.flatMap((line) => line.split(/&&|\||;/))
		.map((command) => command.trim().replace(/^\$\s+/, ''))
		.filter((command) => /^(?:npm|npx)\s/.test(command));
}

const npmItself = ['ci', 'install', 'login', 'pack', 'publish', 'rebuild', 'version', 'view'];

/** The problem with a command; undefined if it exists. */
export function brokenCommand(command: string, scripts: readonly string[]): string | undefined {
	const [program, ...words] = command.split(/\s+/);
	const [first = '', second = ''] = words.filter((word) => !word.startsWith('-'));
	if (program === 'npx') {
		const isThere = existsSync(path.join(ROOT, 'node_modules', '.bin', first));
		return isThere ? undefined : `${command}: there is no ${first} in node_modules/.bin`;
	}
	const script = first === 'run' ? second : first;
	if (first !== 'run' && npmItself.includes(first)) return undefined;
	return scripts.includes(script) ? undefined : `${command}: package.json has no such script`;
}

const topLevel = new Set(projectFiles.map((file) => file.split('/')[0] ?? ''));

/** Whether a text in backticks is a path of the project: it starts with one of its folders. */
export function looksLikePath(code: string): boolean {
	if (!/^[\w.@*{},-]+(?:\/[\w.@*{},-]*)*$/.test(code)) return false;
	const [first = '', ...rest] = code.split('/');
	return rest.length > 0 ? topLevel.has(first) : topLevel.has(code);
}

/** Whether a path, or a pattern with `*`, matches a file of the project. */
export function exists(pattern: string): boolean {
	const wanted = pattern.replace(/\/$/, '');
	if (!wanted.includes('*')) {
		const prefix = `${wanted}/`;
		return projectFiles.some((file) => file === wanted || file.startsWith(prefix));
	}
	const source = wanted.replace(/[.{}]/g, '\\$&').replace(/\*+/g, '[^/]*');
	return projectFiles.some((file) => new RegExp(`^${source}(?:/|$)`).test(file));
}

/** The first column of the tables of messages. */
export function messagesIn(text: string): string[] {
	const tables = text.matchAll(/^\| (?:the message says|message) \|.*\n\|[-| ]+\n((?:\|.*\n?)+)/gm);
	return [...tables].flatMap(([, rows = '']) =>
		rows.split('\n').flatMap((row) => row.split('|')[1]?.trim() || []),
	);
}

/** The fixed parts of a message in the docs: without placeholders, numbers and vendors' names. */
export function fragmentsOf(message: string): string[] {
	return message
		.replace(/\([^)]*\)/g, '…')
		.split(/…|"|\d+|\b[NM]\b|\b(?:SquadVoice|Aktify|Autocalls|Close)\b|[,:] ?/)
		.map((part) => part.trim())
		.filter((part) => part.length > 5);
}

/** Absolute paths of one machine. */
export function machinePathsIn(text: string): string[] {
	return text.match(/(?<![\w.:/~-])\/(?:home|Users|work|root|tmp|private)\/[\w.-]*/g) ?? [];
}
