/** The style of all pages: light and dark by the system's setting, from 320 pixels up. */
export const STYLE = `
:root {
	color-scheme: light dark;
	--back: #f6f7f9; --card: #fff; --text: #1c2430; --soft: #5a6675; --line: #d9dee5;
	--accent: #1f5fbf; --on-accent: #fff; --good: #19703d; --bad: #b3261e; --wait: #8a5a00;
	--good-back: #e5f4ea; --bad-back: #fdeceb; --wait-back: #fdf3dc;
}
@media (prefers-color-scheme: dark) {
	:root {
		--back: #14181e; --card: #1d232b; --text: #e6eaf0; --soft: #a0abb9; --line: #343d49;
		--accent: #7db0ff; --on-accent: #10151c; --good: #7fd3a0; --bad: #ff9d95; --wait: #f0c674;
		--good-back: #1b3325; --bad-back: #3d2322; --wait-back: #362d1a;
	}
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--text); font: 15px/1.45 system-ui, sans-serif; }
header, main, footer { max-width: 76rem; margin: 0 auto; padding: 0 1rem; }
header { padding-top: 1rem; }
header p { margin: 0; color: var(--soft); }
nav { display: flex; flex-wrap: wrap; gap: .25rem; margin: .75rem 0 1rem; border-bottom: 1px solid var(--line); }
nav a { padding: .45rem .8rem; color: var(--soft); text-decoration: none; border-bottom: 3px solid transparent; }
nav a:hover { color: var(--text); }
nav a[aria-current] { color: var(--text); border-color: var(--accent); font-weight: 600; }
h1 { font-size: 1.35rem; margin: 0; }
h2 { font-size: 1.1rem; margin: 0 0 .6rem; }
h3 { font-size: 1rem; margin: 0 0 .3rem; }
a { color: var(--accent); }
section { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 1rem; margin-bottom: 1rem; }
section > :last-child { margin-bottom: 0; }
p, ul { margin: 0 0 .6rem; }
ul { padding-left: 1.2rem; }
code, pre { font: 13px/1.4 ui-monospace, monospace; overflow-wrap: anywhere; }
pre { margin: .4rem 0 0; max-height: 24rem; overflow: auto; white-space: pre-wrap; background: var(--back); padding: .6rem; border-radius: 6px; }
summary { cursor: pointer; color: var(--soft); }
.soft { color: var(--soft); }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr)); gap: 1rem; margin-bottom: 1rem; }
.cards section { margin: 0; display: flex; flex-direction: column; gap: .5rem; }
.cards section > * { margin: 0; }
.cards section > :last-child { margin-top: auto; }
.number { font-size: 1.6rem; font-weight: 600; }
.row { display: flex; flex-wrap: wrap; gap: .4rem; align-items: end; }
.row + .row { margin-top: .6rem; }
.row.line { align-items: center; margin-bottom: .6rem; }
.meaning.bad-text { color: var(--bad); }
.meaning.good-text { color: var(--good); }
td[data-label="Request"] { width: 55%; }
section > form + p { margin-top: .6rem; }
form { display: flex; flex-wrap: wrap; gap: .4rem; align-items: end; margin: 0; }
label { display: flex; flex-direction: column; gap: .15rem; font-size: 13px; color: var(--soft); min-width: 0; max-width: 100%; }
label.grow { flex: 1 1 16rem; }
input, select, button { font: inherit; color: var(--text); background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: .35rem .6rem; min-height: 2.2rem; max-width: 100%; }
input { width: 16rem; }
label.grow input { width: 100%; }
button { background: var(--accent); border-color: var(--accent); color: var(--on-accent); font-weight: 600; cursor: pointer; }
button.quiet { background: var(--card); color: var(--accent); border-color: var(--line); }
button[aria-pressed="true"] { background: var(--bad-back); color: var(--bad); border-color: var(--bad); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
td form, td button, td select { font-size: 14px; }
td button, td select { min-height: 1.9rem; padding: .2rem .5rem; }
table + div, table + p { margin-top: .8rem; }
table { width: 100%; border-collapse: collapse; }
th, td { text-align: left; vertical-align: top; padding: .45rem .6rem .45rem 0; border-top: 1px solid var(--line); }
thead th { border-top: 0; font-size: 13px; color: var(--soft); font-weight: 600; }
td { overflow-wrap: anywhere; unicode-bidi: isolate; }
td[data-label="Phone"], td[data-label="Time"] { overflow-wrap: normal; white-space: nowrap; }
td[data-label="ID"] { font-size: 13px; max-width: 14rem; }
.badge { display: inline-block; padding: .05rem .5rem; border-radius: .7rem; font-size: 13px; background: var(--back); overflow-wrap: normal; }
.good { background: var(--good-back); color: var(--good); }
.bad { background: var(--bad-back); color: var(--bad); }
.wait { background: var(--wait-back); color: var(--wait); }
.happened { border-left: 5px solid var(--accent); }
.happened.failed { border-left-color: var(--bad); }
footer { color: var(--soft); font-size: 13px; padding-bottom: 2rem; }
@media (max-width: 46rem) {
	thead { display: block; position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
	tr { display: block; padding: .6rem 0; border-top: 1px solid var(--line); }
	tbody tr:first-child { border-top: 0; }
	td { display: grid; grid-template-columns: 6.5rem 1fr; gap: .5rem; border: 0; padding: .12rem 0; }
	td::before { content: attr(data-label); color: var(--soft); font-size: 13px; }
	td > * { min-width: 0; justify-self: start; }
	td, td[data-label] { white-space: normal; max-width: none; }
	td:empty { display: none; }
	section { padding: .8rem; }
	td .row, td form { justify-content: flex-start; }
	td[data-label="Request"] { width: auto; }
	input, select { width: 100%; }
	td select { width: auto; }
	label { flex: 1 1 100%; }
	td label { flex: 0 1 auto; }
}
`;
