import { createHash } from 'node:crypto';

/** The only style of the page. */
export const style = `
:root { color-scheme: light dark; --ink: #1b1f24; --paper: #fff; --soft: #59636e; --line: #d1d9e0; --tint: #f6f8fa;
  --critical: #a40e26; --high: #bc4c00; --medium: #7d5b00; --low: #59636e; --fine: #1a7f37; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --paper: #0d1117; --soft: #9198a1; --line: #3d444d;
  --tint: #151b23; --critical: #ff7b72; --high: #ffa657; --medium: #e3b341; --low: #9198a1; --fine: #56d364; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 80rem; background: var(--paper); color: var(--ink);
  font: 16px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; margin: 0; } h2 { margin: 2.5rem 0 0.75rem; font-size: 1.25rem; }
h3 { margin: 0 0 0.25rem; font-size: 1rem; }
p { margin: 0.25rem 0; } .soft { color: var(--soft); }
code, pre { font: 0.875em/1.45 ui-monospace, monospace; } pre { white-space: pre-wrap; margin: 0.5rem 0 0; }
ul.figures { display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); gap: 0.75rem; padding: 0;
  list-style: none; margin: 1.5rem 0; }
ul.figures li { border: 1px solid var(--line); border-radius: 6px; padding: 0.6rem 0.8rem; background: var(--tint); }
ul.figures strong { display: block; font-size: 1.5rem; line-height: 1.2; }
article { border: 1px solid var(--line); border-left: 5px solid var(--low); border-radius: 6px; margin: 0.75rem 0;
  padding: 0.75rem 1rem; break-inside: avoid; }
article.critical { border-left-color: var(--critical); } article.high { border-left-color: var(--high); }
article.medium { border-left-color: var(--medium); }
.badge { font-size: 0.75rem; font-weight: 600; border: 1px solid currentcolor; border-radius: 1em;
  padding: 0.05rem 0.55rem; margin-right: 0.4rem; white-space: nowrap; }
.critical > .badge, .badge.critical, strong.critical { color: var(--critical); } .badge.high, strong.high { color: var(--high); }
.badge.medium, strong.medium { color: var(--medium); } .badge.low, strong.low { color: var(--low); } .fine { color: var(--fine); }
dl { display: grid; grid-template-columns: 7.5rem 1fr; gap: 0.15rem 0.75rem; margin: 0.6rem 0 0; }
dt { color: var(--soft); } dd { margin: 0; }
summary { cursor: pointer; color: var(--soft); }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 0.875rem; }
th, td { border: 1px solid var(--line); padding: 0.3rem 0.5rem; text-align: left; vertical-align: top;
  overflow-wrap: break-word; }
td code, td.text { overflow-wrap: anywhere; } td.text { min-width: 14rem; } td.place { white-space: nowrap; }
th { background: var(--tint); } td.number { text-align: right; white-space: nowrap; }
td.unread { background: color-mix(in srgb, var(--high) 18%, transparent); }
details { margin-top: 0.4rem; }
table.policy { margin: 0.4rem 0; table-layout: fixed; border: 1px solid var(--line); } table.policy td { border-block: 0; padding-block: 0; }
table.policy code { white-space: pre-wrap; } table.policy td.hidden { color: var(--soft); background: var(--tint);
  text-align: center; padding-block: 0.1rem; }
table.policy col.no { width: 3rem; } table.policy td.no { color: var(--soft); text-align: right; border-right: 0; }
table.policy td:not(.no, .hidden) { border-left: 0; } table.policy.both { min-width: 44rem; }
td.none { background: var(--tint); }
td.gone { background: color-mix(in srgb, var(--critical) 16%, transparent); }
td.come { background: color-mix(in srgb, var(--fine) 16%, transparent); }
td.told { box-shadow: inset 4px 0 0 var(--high); }
@media (max-width: 40rem) { ul.figures { grid-template-columns: repeat(2, minmax(0, 1fr)); } dl { grid-template-columns: 1fr; } dt { margin-top: 0.3rem; } }
@media print { body { max-width: none; padding: 0; font-size: 11px; } table { font-size: 8px; } details > * { display: block; } .wide { overflow: visible; } }
`;

/** No script, no picture, no address elsewhere: whatever the page holds, a browser runs and fetches nothing. */
export const contentSecurityPolicy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'`;
