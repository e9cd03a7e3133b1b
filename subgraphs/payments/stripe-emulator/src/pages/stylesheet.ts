import { html } from './html.js';

/** The look of all pages, embedded in each; its hash is what their policy allows. */
export const stylesheet = html`
:root{--ink:#1a1f36;--soft:#5b6478;--line:#d5dbe5;--accent:#4f46e5;--bad:#b42318;--ground:#f6f8fb;--card:#fff;color-scheme:light}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,-apple-system,Segoe UI,Roboto,sans-serif}
.banner{margin:0;padding:.55rem 1rem;background:#fff4d6;border-bottom:1px solid #f0d58a;text-align:center;font-size:.875rem;color:#5c4300}
.banner strong{margin-right:.5rem;padding:.1rem .45rem;border-radius:.3rem;background:#f5a524;color:#2b1d00;text-transform:uppercase;letter-spacing:.04em;font-size:.75rem}
main{max-width:60rem;margin:2.5rem auto;padding:0 1.25rem}
.columns{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:3rem;align-items:start}
.narrow,.message{max-width:32rem}
.message{text-align:center}
h1{margin:0 0 .35rem;font-size:1.35rem;line-height:1.3;overflow-wrap:anywhere}
h2{margin:0 0 1rem;font-size:1.05rem}
p{margin:0 0 1rem}
.soft{color:var(--soft);font-size:.9rem}
.total{margin:0 0 1.5rem;font-size:2.1rem;font-weight:650;letter-spacing:-.02em}
.total small{font-size:.95rem;font-weight:400;color:var(--soft);letter-spacing:0}
.lines{margin:0 0 1.5rem;padding:0;list-style:none}
.lines li{display:flex;gap:1rem;justify-content:space-between;padding:.75rem 0;border-top:1px solid var(--line)}
.lines li:last-child{border-bottom:1px solid var(--line)}
.lines div{min-width:0;overflow-wrap:anywhere}
.lines .soft{display:block}
.lines .amount{white-space:nowrap;font-variant-numeric:tabular-nums}
.panel{padding:1.75rem;background:var(--card);border:1px solid var(--line);border-radius:.9rem;box-shadow:0 1px 3px rgba(26,31,54,.06)}
.field{margin:0 0 1rem}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:1rem}
label{display:block;margin:0 0 .3rem;font-size:.875rem;font-weight:550}
input{width:100%;padding:.6rem .75rem;border:1px solid #b6bfce;border-radius:.5rem;background:#fff;color:inherit;font:inherit}
input[aria-invalid]{border-color:var(--bad)}
input:focus-visible,button:focus-visible,a:focus-visible,summary:focus-visible{outline:3px solid rgba(79,70,229,.45);outline-offset:1px}
.check{display:flex;gap:.6rem;align-items:flex-start;margin:0 0 1rem}
.check input{width:1.1rem;height:1.1rem;margin:.2rem 0 0;flex:none}
.check label{margin:0;font-weight:400}
.field-error{margin:.3rem 0 0;color:var(--bad);font-size:.875rem}
.check+.field-error{margin:-.7rem 0 1rem}
.alert{padding:.7rem .9rem;border:1px solid #f1b8b2;border-radius:.5rem;background:#fef3f2;color:var(--bad)}
button,.button{display:inline-block;width:100%;padding:.75rem 1rem;border:0;border-radius:.5rem;background:var(--accent);color:#fff;font:inherit;font-weight:600;text-align:center;text-decoration:none;cursor:pointer}
button:hover,.button:hover{background:#4338ca}
button.second{margin-top:.75rem;background:transparent;color:var(--ink);border:1px solid #b6bfce}
button.second:hover{background:#eef1f6}
a{color:var(--accent)}
.message .button{width:auto;padding-inline:2rem}
details{margin-top:1.25rem;font-size:.875rem}
summary{cursor:pointer;font-weight:550}
table{width:100%;margin-top:.5rem;border-collapse:collapse}
caption{text-align:left}
th,td{padding:.35rem 1rem .35rem 0;border-top:1px solid var(--line);text-align:left;vertical-align:top;font-weight:400}
code{font:.875rem/1.4 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;white-space:nowrap}
@media (max-width:48rem){main{margin-top:1.5rem}.columns{grid-template-columns:minmax(0,1fr);gap:1.75rem}.panel{padding:1.25rem}}
`;
